/** The entries of a map so far: its keys, with the text of each value that is one. */
export type Siblings = ReadonlyMap<string, string>;

/** A way into a value: by a key of a map, or to an item of a list. */
export type Within = { kind: "key"; key: string; siblings: Siblings } | { kind: "item"; index: number };

/** Where in a source something is written, by the text before it alone: the rest may be missing or wrong. */
export interface Place {
    /** The keys and items that the place is in, from the outermost. */
    path: readonly Within[];
    /** Whether the place is in a key, or in a value. What could become either counts as a key. */
    part: "key" | "value";
    /** The entries before it in the same map, if it is in a key. */
    siblings: Siblings;
    /** What of the key or the value is before the place. */
    typed: string;
    /** Where that begins. */
    start: number;
}
