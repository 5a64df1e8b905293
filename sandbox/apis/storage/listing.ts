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
        ({ name }) =>
            name.startsWith(prefix) &&
            name >= text("startOffset") &&
            (text("endOffset") === "" || name < text("endOffset")),
    );
    const prefixOf = ({ name }: Item): string | undefined => {
        const end = delimiter === "" ? -1 : name.indexOf(delimiter, prefix.length);
        return end === -1 ? undefined : name.slice(0, end + delimiter.length);
    };
    const entries = new Map<string, { prefix?: string; item?: Item }>();
    for (const item of found) {
        const shared = prefixOf(item);
        if (shared !== undefined) {
            entries.set(`${shared} `, { prefix: shared });
        }
        if (shared === undefined || (shared === item.name && query.get("includeTrailingDelimiter") === "true")) {
            entries.set(item.name, { item });
        }
    }
    const { entries: shown, nextPageToken } = pageOf("entries", [...entries.values()], query);
    const items = (shown as { item?: Item }[]).flatMap(({ item }) => item ?? []);
    const prefixes = (shown as { prefix?: string }[]).flatMap((entry) => entry.prefix ?? []);
    return {
        kind: "storage#objects",
        items,
        ...(prefixes.length > 0 && { prefixes }),
        ...(nextPageToken !== undefined && { nextPageToken }),
    };
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
