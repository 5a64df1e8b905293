/** Where the page is, by what stands behind the `#` of its address: `#/calls?stack=shop%2Fdev`. */
export interface Place {
    view: string;
    id?: string;
    /** The stack that was chosen. @default - the one that was deployed last */
    stack?: string;
}

export function placeOf(): Place {
    const [path = "", query = ""] = location.hash.replace(/^#\/?/, "").split("?");
    const [view, id] = path.split("/");
    const stack = new URLSearchParams(query).get("stack");
    return { view: view || "calls", ...(id !== undefined && { id }), ...(stack !== null && { stack }) };
}

/** The address of a view. The stack that was chosen stays chosen. */
export function addressOf(view: string, stack = placeOf().stack): string {
    return `#/${view}${stack === undefined ? "" : `?${String(new URLSearchParams({ stack }))}`}`;
}
