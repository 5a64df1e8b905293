/** What a row must give: a value, or an error with this tag. */
export type Gives = { value: unknown } | { error: string };

/** One sentence of a page, in our words, with an expression that shows it. */
export type Row = readonly [says: string, expression: string, gives: Gives];

/** A function with what its page says of it. */
export interface Documented {
    name: string;
    /** The address below https://cloud.google.com/workflows/docs/reference/ */
    page: string;
    rows: readonly Row[];
}

export const value = (expected: unknown): Gives => ({ value: expected });
export const TYPE: Gives = { error: "TypeError" };
export const VALUE: Gives = { error: "ValueError" };

export const PAGES = "https://cloud.google.com/workflows/docs/reference/";

/** The functions of one module, with the addresses of their pages. */
export function module(name: string, functions: Readonly<Record<string, readonly Row[]>>): Documented[] {
    return Object.entries(functions).map(([each, rows]) => ({
        name: `${name}.${each}`,
        page: `stdlib/${name}/${each}`,
        rows,
    }));
}
