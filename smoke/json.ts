/** How deep the JSON of an answer may be nested. A reader of JSON calls itself for each level, so the stack could overflow. */
export const deepestJson = 500;

/** The value of a text that comes from a receiver. Undefined if the text is no JSON, or is nested too deep to be read. */
export function readJson(text: string): unknown {
    if (isTooDeep(text)) {
        return undefined;
    }
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** Whether the brackets of JSON are nested deeper than {@link deepestJson}. Brackets inside of texts do not count. */
export function isTooDeep(json: string): boolean {
    let depth = 0;
    let quoted = false;
    for (let at = 0; at < json.length && depth <= deepestJson; at += 1) {
        const character = json[at];
        if (quoted && character === "\\") {
            at += 1;
        } else if (character === '"') {
            quoted = !quoted;
        } else if (!quoted && (character === "[" || character === "{")) {
            depth += 1;
        } else if (!quoted && (character === "]" || character === "}")) {
            depth -= 1;
        }
    }
    return depth > deepestJson;
}
