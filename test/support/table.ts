/**
 * A row of a report, by the mark and the name of its probe: the table breaks a long name at a space, beside its other cells.
 */
export const rowOf = (mark: string, name: string): RegExp =>
    new RegExp(`${mark} ${name.replaceAll(" ", "(?: |  +\\S.*\\n {4,6})")}(?= |\\n)`);
