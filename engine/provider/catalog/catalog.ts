import { brotliDecompressSync } from "node:zlib";

import { catalogTable } from "./table";

/** What the catalogue says about a resource type: the words of its properties, as {@link resourceSchema} reads them. */
export interface CatalogEntry {
    /** The id of a resource, with the names of inputs in braces; empty if Google Cloud chooses it. */
    id: string;
    inputs: Record<string, string>;
    outputs: Record<string, string>;
}

/** The lines of the table, by the token of a type or the name of an object type (`#redis/InstanceNode`). */
let lines: Map<string, string> | undefined;

function table(): Map<string, string> {
    lines ??= new Map(
        brotliDecompressSync(Buffer.from(catalogTable, "base64"))
            .toString("utf8")
            .split("\n")
            .map((line): [string, string] => {
                const end = line.indexOf("\t");
                return [line.slice(0, end), line.slice(end + 1)];
            }),
    );
    return lines;
}

/** `name:word name:word` as an object. */
function words(list = ""): Record<string, string> {
    return Object.fromEntries(
        list
            .split(" ")
            .filter((pair) => pair !== "")
            .map((pair) => pair.split(":") as [string, string]),
    );
}

/** The entry of a resource type of `@pulumi/gcp` that has no exact schema; nothing for another type. */
export function catalogEntry(token: string): CatalogEntry | undefined {
    const [id = "", inputs, outputs] = table().get(token)?.split("\t") ?? [];
    return inputs === undefined ? undefined : { id, inputs: words(inputs), outputs: words(outputs) };
}

/** The words of the properties of an object type. */
export function catalogObject(name: string): Record<string, string> {
    return words(table().get(`#${name}`)?.split("\t")[0]);
}

/** The tokens of all resource types in the catalogue. */
export function catalogTokens(): string[] {
    return [...table().keys()].filter((name) => name.startsWith("gcp:"));
}
