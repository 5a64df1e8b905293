/**
 * Whether a pattern is for a whole text. All signs but `*` stand for themselves.
 * @param anyText What `*` stands for, as a regular expression. @default - any text, also none
 * @example matchesWildcards("*\/orders:*", "example/orders:1") // true
 */
export function matchesWildcards(pattern: string, text: string, anyText = ".*"): boolean {
    const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(anyText)}$`, "s").test(text);
}
