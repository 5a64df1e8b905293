/** The narrowest width of a column that still says something, in characters. */
const NARROWEST = 8;

const GAP = "  ";

/**
 * The lines of each row of a table. A cell that is wider than its column goes on in the next line, so nothing is lost.
 * @param width How many columns of text the table may take.
 */
export function tableRows(rows: readonly string[][], width: number): string[][] {
    const widths = widthsFor(rows, width);
    return rows.map((row) => {
        const cells = row.map((cell, column) => wrap(cell, widths[column] ?? 0));
        return Array.from({ length: heightOf(row, widths) }, (_, line) =>
            widths
                .map((columns, column) => (cells[column]?.[line] ?? "").padEnd(columns))
                .join(GAP)
                .trimEnd(),
        );
    });
}

/** Widths that fit. Each time that column is made narrower by which the table gets the fewest more lines. */
function widthsFor(rows: readonly string[][], width: number): number[] {
    const [first = []] = rows;
    let widths = first.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
    const available = width - GAP.length * (widths.length - 1);
    const lines = (tried: readonly number[]) => rows.reduce((sum, row) => sum + heightOf(row, tried), 0);
    for (let over = widths.reduce((sum, each) => sum + each, 0) - available; over > 0; over -= 1) {
        const [best] = widths
            .flatMap((columns, column) => (columns > NARROWEST ? [widths.with(column, columns - 1)] : []))
            .map((tried) => ({ tried, lines: lines(tried), widest: Math.max(...tried) }))
            .sort((one, other) => one.lines - other.lines || one.widest - other.widest);
        if (best === undefined) {
            break;
        }
        widths = best.tried;
    }
    return widths;
}

const heightOf = (row: readonly string[], widths: readonly number[]): number =>
    Math.max(...row.map((cell, column) => wrap(cell, widths[column] ?? 0).length));

/** A text in lines of at most this width. They end at a space where there is one, else after a sign, else anywhere. */
export function wrap(text: string, width: number): string[] {
    const lines: string[] = [];
    let rest = text;
    while (rest.length > width) {
        const space = rest.lastIndexOf(" ", width);
        const [afterSign = ""] = /^.*[-/.@:]/s.exec(rest.slice(0, width)) ?? [];
        const end = space > 0 ? space : afterSign.length || wholeCharacters(rest, width);
        lines.push(rest.slice(0, end));
        rest = rest.slice(end).trimStart();
    }
    return [...lines, rest];
}

/** Where a text can be cut without halving a character that takes two units. */
const wholeCharacters = (text: string, width: number): number =>
    width > 1 && (text.codePointAt(width - 1) ?? 0) > 0xffff ? width - 1 : width;
