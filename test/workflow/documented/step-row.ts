/** What a definition gives: a result, the tag of the error that ends it, or a part of the message of a refused deploy. */
export type Outcome = { result: unknown } | { raises: string } | { refused: RegExp };

/** One sentence of a page, in our words, with a definition that shows it. */
export interface StepRow {
    says: string;
    source: string;
    gives: Outcome;
}

export const row = (says: string, source: string, gives: Outcome): StepRow => ({ says, source, gives });
export const gives = (result: unknown): Outcome => ({ result });
export const raises = (tag: string): Outcome => ({ raises: tag });
export const refused = (message: RegExp): Outcome => ({ refused: message });

/** So many lines, each with its number for `#`. */
export const many = (count: number, line: string): string =>
    Array.from({ length: count }, (_, at) => line.replaceAll("#", String(at))).join("\n");
