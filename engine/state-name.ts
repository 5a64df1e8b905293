/**
 * The name of the file that keeps a stack's state. The names of a project and of a stack may both have periods: those
 * of the project are written otherwise, so that no two stacks have one file.
 */
export function stateName(project: string, stack: string): string {
    return `${project.replaceAll(".", "%2E")}.${stack}.json`;
}
