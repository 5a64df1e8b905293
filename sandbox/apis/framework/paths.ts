/** The template of a path, which splits the path of a request into variables. */
export type PathMatch = Record<string, string>;

export interface PathTemplate {
    /** Whether the template ends in `:verb`. Such templates are tried first: `*` would match the verb as part of a name. */
    readonly custom: boolean;
    /** The decoded variables; undefined if the path does not match. */
    match(path: string): PathMatch | undefined;
}

/**
 * Compiles a path template of `google.api.http`: `/v2/{name=projects/*\/locations/*}:verb`. `*` is one segment, `**`
 * any number, a variable without a pattern is one segment.
 * https://github.com/googleapis/googleapis/blob/master/google/api/http.proto
 */
export function compilePath(template: string): PathTemplate {
    const variables: string[] = [];
    const custom = /:[A-Za-z]+$/.test(template);
    const source = template.replace(
        /\{([^}=]+)(?:=([^}]*))?\}|\*\*|\*|[^{*]+/g,
        (part, variable?: string, pattern = "*") => {
            if (variable === undefined) {
                return pieces(part, custom);
            }
            variables.push(variable);
            return `(${pieces(pattern as string, custom)})`;
        },
    );
    const expression = new RegExp(`^${source}$`);
    return {
        custom,
        match(path) {
            const found = expression.exec(path);
            return found
                ? Object.fromEntries(variables.map((name, i) => [name, decode(found[i + 1] ?? "")]))
                : undefined;
        },
    };
}

function pieces(pattern: string, custom: boolean): string {
    // Without a custom verb, a colon in the last segment begins an unknown verb. It is never part of a name.
    const segment = custom ? "[^/]+?" : "[^/:]+";
    return pattern
        .split(/(\*\*|\*)/)
        .map((piece) =>
            piece === "**" ? ".+?" : piece === "*" ? segment : piece.replace(/[.+?^${}()|[\]\\]/g, "\\$&"),
        )
        .join("");
}

function decode(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}
