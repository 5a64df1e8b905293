import { ProgramError } from "../errors";

/** A reference in a text: `${orders.target.url}` is `orders` and the path `target`, `url`. A key of the configuration may have its namespace before it: `${gcp:region}`. */
export interface Reference {
    name: string;
    path: (string | number)[];
}

/** The pieces of a text: texts as they are, and references. */
export type Piece = string | Reference;

const NAMESPACED = /^[A-Za-z_$][\w$-]*:[A-Za-z_$][\w$-]*/;
const SEGMENT = /^(?:\.?([A-Za-z_$][\w$-]*)|\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\])/;

/**
 * Reads a text with references. `$${` stands for `${` itself.
 * @throws ProgramError if a reference is not closed or not well formed
 */
export function parseText(text: string, place: string): Piece[] {
    const pieces: Piece[] = [];
    let rest = text;
    for (;;) {
        const at = rest.indexOf("${");
        if (at < 0) {
            return [...pieces, rest];
        }
        if (rest[at - 1] === "$") {
            pieces.push(`${rest.slice(0, at - 1)}\${`);
            rest = rest.slice(at + 2);
            continue;
        }
        const end = closing(rest, at + 2);
        if (end < 0) {
            throw new ProgramError(`${place}: "${text}" has a \${ that is not closed`, {
                fix: "close it with }, or write $${",
            });
        }
        pieces.push(rest.slice(0, at), parseReference(rest.slice(at + 2, end).trim(), place));
        rest = rest.slice(end + 1);
    }
}

/** Where the brace closes that was opened before `from`; braces within quotes do not count. */
function closing(text: string, from: number): number {
    const [found] = /^(?:"(?:[^"\\]|\\.)*"|[^"}])*\}/.exec(text.slice(from)) ?? [];
    return found === undefined ? -1 : from + found.length - 1;
}

function parseReference(text: string, place: string): Reference {
    const [key = ""] = NAMESPACED.exec(text) ?? [];
    const segments: (string | number)[] = key === "" ? [] : [key];
    let rest = text.slice(key.length);
    while (rest !== "") {
        const found = SEGMENT.exec(rest);
        if (found === null) {
            throw new ProgramError(`${place}: \${${text}} is no reference`, {
                fix: 'write one as ${name}, ${name.property}, ${name.list[0]} or ${name["key"]}',
            });
        }
        const [whole, name, quoted, index] = found;
        segments.push(name ?? (index === undefined ? (JSON.parse(`"${quoted ?? ""}"`) as string) : Number(index)));
        rest = rest.slice(whole.length);
    }
    const [name = "", ...path] = segments;
    return { name: String(name), path };
}
