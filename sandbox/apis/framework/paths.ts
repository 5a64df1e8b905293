/** A path of a request, taken apart by a template. */
export type PathMatch = Record<string, string>;

export interface PathTemplate {
    /** Ends in `:verb`. Such templates are tried first, because `*` would take the verb for part of a name. */
    readonly custom: boolean;
    /** The variables, decoded; undefined where the path is another. */
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
    // Without a custom verb a colon in the last segment is one that nobody knows, never part of a name.
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
