import type { MappedRequest, RouteMatch } from "./url-map-types";

/** Whether a request is as a rule of a route wants it: its path, and each of the headers and parameters. */
export function matches(rule: RouteMatch, request: MappedRequest): boolean {
    const { fullPathMatch, prefixMatch, ignoreCase, headerMatches = [], queryParameterMatches = [] } = rule;
    const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
    const path = fold(request.path);
    const parameters = new URLSearchParams(request.query);
    return (
        (fullPathMatch === undefined || path === fold(fullPathMatch)) &&
        (prefixMatch === undefined || path.startsWith(fold(prefixMatch))) &&
        headerMatches.every(({ headerName = "", invertMatch = false, ...wanted }) => {
            const value = [request.headers[headerName.toLowerCase()]].flat().join(",");
            const isThere = request.headers[headerName.toLowerCase()] !== undefined;
            return takesValue(wanted, isThere ? value : undefined) !== invertMatch;
        }) &&
        queryParameterMatches.every(({ name = "", ...wanted }) => takesValue(wanted, parameters.get(name) ?? undefined))
    );
}

interface ValueMatch {
    exactMatch?: string;
    presentMatch?: boolean;
    prefixMatch?: string;
    suffixMatch?: string;
}

function takesValue({ exactMatch, prefixMatch, suffixMatch }: ValueMatch, value: string | undefined): boolean {
    return (
        value !== undefined &&
        (exactMatch === undefined || value === exactMatch) &&
        (prefixMatch === undefined || value.startsWith(prefixMatch)) &&
        (suffixMatch === undefined || value.endsWith(suffixMatch))
    );
}
