import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, posix, relative, sep } from "node:path";

import { isKind, isObject, mapMembers, text, UNKNOWN, type Properties, type Value } from "./values";
import { zip } from "./zip";

/** Inputs with every asset's hash added and its path made absolute: assets are compared by what they hold. */
export function inputsForCheck(inputs: Properties, directory: string): Properties {
    const change = (value: Value): Value => {
        if (isKind(value, "asset") || isKind(value, "archive")) return resolved(value, directory);
        return value !== null && typeof value === "object" ? mapMembers(value, change) : value;
    };
    return mapMembers(inputs, change) as Properties;
}

function resolved(value: Properties, directory: string): Properties {
    const path = value["path"];
    if (typeof path === "string" && path !== UNKNOWN) {
        const absolute = isAbsolute(path) ? path : join(directory, path);
        return { ...value, path: absolute, hash: hashOf(absolute) };
    }
    if (isObject(value["assets"])) {
        const assets = inputsForCheck(value["assets"], directory);
        return { ...value, assets, hash: sha256(JSON.stringify(assets)) };
    }
    if (typeof value["text"] === "string") return { ...value, hash: sha256(value["text"]) };
    return { ...value, hash: sha256(JSON.stringify(value["uri"] ?? null)) };
}

/** The bytes of an asset; of an archive of many files, a ZIP file of them. Throws for what lies on another machine. */
export function contentOf(asset: Value): Buffer {
    if (isObject(asset)) {
        const { path, assets } = asset;
        if (typeof asset["text"] === "string") return Buffer.from(asset["text"]);
        if (typeof path === "string" && statSync(path).isFile()) return readFileSync(path);
        if (typeof path === "string" || isObject(assets)) return zip(filesOf(asset));
    }
    throw new Error("the sandbox's engine reads files and texts only; give an asset or archive of this machine");
}

/** The files of an archive by their paths in it. */
function filesOf(archive: Properties): Map<string, Buffer> {
    const { path, assets } = archive;
    if (isObject(assets)) {
        const nested = Object.entries(assets).flatMap(([name, asset]): [string, Buffer][] =>
            isKind(asset, "archive")
                ? [...filesOf(asset)].map(([inner, content]) => [posix.join(name, inner), content])
                : [[posix.normalize(name), contentOf(asset)]],
        );
        return new Map(nested);
    }
    if (typeof path !== "string" || !statSync(path).isDirectory()) {
        throw new Error(`${text(path)} is no folder; inside of an archive, give folders and files`);
    }
    const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return new Map(
        files.map((entry) => {
            const file = join(entry.parentPath, entry.name);
            return [relative(path, file).split(sep).join("/"), readFileSync(file)];
        }),
    );
}

function hashOf(path: string): string {
    if (statSync(path).isFile()) return sha256(readFileSync(path));
    const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    return sha256(JSON.stringify(entries.map((entry) => [entry.name, hashOf(join(path, entry.name))])));
}

function sha256(content: string | Buffer): string {
    return createHash("sha256").update(content).digest("hex");
}
