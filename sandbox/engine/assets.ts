import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";

import { isKind, isObject, mapMembers, UNKNOWN, type Properties, type Value } from "./values";

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

/** The bytes of an asset. Throws for archives of many files and for what lies on another machine. */
export function contentOf(asset: Value): Buffer {
    if (isObject(asset)) {
        if (typeof asset["text"] === "string") return Buffer.from(asset["text"]);
        if (typeof asset["path"] === "string" && statSync(asset["path"]).isFile()) return readFileSync(asset["path"]);
    }
    throw new Error(
        "the sandbox's engine uploads files and texts only; give a FileAsset, a StringAsset or a FileArchive of a file",
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
