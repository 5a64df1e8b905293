import { invalidArgument, page, type Json } from "../framework";

/** What the parameters of a list of objects can be, beside what changes nothing. */
export const LISTING = [
    "prefix",
    "delimiter",
    "startOffset",
    "endOffset",
    "includeTrailingDelimiter",
    "maxResults",
    "pageToken",
    // Buckets have neither managed folders nor older versions of objects, so that the list is the same with them.
    "includeFoldersAsPrefixes",
    "versions",
];

/**
 * A page of a bucket's objects, by name. With a delimiter, objects that have it behind the prefix are one prefix of the
 * answer together. https://cloud.google.com/storage/docs/json_api/v1/objects/list
 */
export function listed<Item extends Json & { name: string }>(all: readonly Item[], query: URLSearchParams): Json {
    const text = (name: string): string => query.get(name) ?? "";
    const [prefix, delimiter] = [text("prefix"), text("delimiter")];
    const found = all.filter(
        ({ name }) => name >= text("startOffset") && (text("endOffset") === "" || name < text("endOffset")),
    );
    const trailing = query.get("includeTrailingDelimiter") === "true";
    const { entries, nextPageToken } = pageOf("entries", entriesOf(found, { prefix, delimiter, trailing }), query);
    const shown = entries as ListEntry<Item>[];
    const items = shown.flatMap(({ item }) => item ?? []);
    const prefixes = shown.flatMap((entry) => entry.prefix ?? []);
    return {
        kind: "storage#objects",
        items,
        ...(prefixes.length > 0 && { prefixes }),
        ...(nextPageToken !== undefined && { nextPageToken }),
    };
}

/** What a list has: an object, or what the names of several begin with. */
export interface ListEntry<Item> {
    [key: string]: unknown;
    prefix?: string;
    item?: Item;
}

/** What a name has in common with all that are one prefix in a list together with it. */
export function sharedPrefix(name: string, prefix: string, delimiter: string): string | undefined {
    const end = delimiter === "" ? -1 : name.indexOf(delimiter, prefix.length);
    return end === -1 ? undefined : name.slice(0, end + delimiter.length);
}

/**
 * The entries of a list in the order of their names.
 * @param trailing whether an object is listed beside the prefix that is its whole name
 */
export function entriesOf<Item extends { name: string }>(
    all: readonly Item[],
    { prefix, delimiter, trailing = false }: { prefix: string; delimiter: string; trailing?: boolean },
): ListEntry<Item>[] {
    const entries = new Map<string, ListEntry<Item>>();
    for (const item of all.filter(({ name }) => name.startsWith(prefix))) {
        const shared = sharedPrefix(item.name, prefix, delimiter);
        if (shared !== undefined) {
            entries.set(`${shared} `, { prefix: shared });
        }
        if (shared === undefined || (shared === item.name && trailing)) {
            entries.set(item.name, { item });
        }
    }
    return [...entries.values()];
}

/** A page by the parameters of Cloud Storage. @throws ApiError INVALID_ARGUMENT */
export function pageOf(key: string, all: Json[], query: URLSearchParams): Json {
    const pageSize = Number(query.get("maxResults") ?? 0);
    if (!Number.isInteger(pageSize)) {
        throw invalidArgument(
            `maxResults is ${query.get("maxResults") ?? ""}; it must be a whole number`,
            "maxResults",
        );
    }
    const pageToken = query.get("pageToken");
    return page(key, all, { pageSize, ...(pageToken !== null && { pageToken }) });
}
