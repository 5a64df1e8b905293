import type { Place } from "./place";

/** What is written of an expression before a place in it. */
export interface ExpressionPlace {
    /** The dotted name, or the beginning of one, that ends at the place. */
    word: string;
    /** Where it begins. */
    start: number;
    /** The function whose first argument, a text, the place is in. */
    textFor?: string;
}

/** Whether a place is in `${…}`, and what is written there. */
export function expressionAt(place: Place): ExpressionPlace | undefined {
    const { typed } = place;
    const opening = typed.lastIndexOf("${");
    if (opening < 0) {
        return undefined;
    }
    const inside = typed.slice(opening + 2);
    const quoted = /(?:^|[^\w.])([\w.]+)\(\s*\\?["']([^"'\\]*)$/.exec(inside);
    const { isText, isClosed } = scan(inside);
    if (isClosed) {
        return undefined;
    }
    const [word = ""] = /[\w.]*$/.exec(inside) ?? [];
    if (!isText) {
        return { word, start: place.start + typed.length - word.length };
    }
    const [, name, text = ""] = quoted ?? [];
    return name === undefined
        ? undefined
        : { word: text, start: place.start + typed.length - text.length, textFor: name };
}

/** Whether the end of an expression is within a text, or behind the expression. */
function scan(inside: string): { isText: boolean; isClosed: boolean } {
    let isText = false;
    let depth = 0;
    for (let at = 0; at < inside.length; at++) {
        const character = inside[at];
        if (character === "\\") {
            // In YAML's double quotes, a quote of the expression is written \".
            at += inside[at + 1] === '"' ? 0 : 1;
        } else if (character === '"') {
            isText = !isText;
        } else if (!isText) {
            depth += character === "{" ? 1 : character === "}" ? -1 : 0;
            if (depth < 0) {
                return { isText, isClosed: true };
            }
        }
    }
    return { isText, isClosed: false };
}
