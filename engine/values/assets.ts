import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, posix, relative, sep } from "node:path";

import { ProgramError } from "../errors";
import { tar } from "./tar";
import { asText, isKind, isObject, mapMembers, type Properties, SIGNATURE, UNKNOWN, type Value } from "./values";
import { zip } from "../../common";

/** Inputs in which every asset has its hash and an absolute path. Assets are compared by their hashes. */
export function inputsForCheck(inputs: Properties, directory: string): Properties {
    const change = (value: Value): Value => {
        if (isKind(value, "asset") || isKind(value, "archive")) {
            return resolved(value, directory);
        }
        return value !== null && typeof value === "object" ? mapMembers(value, change) : value;
    };
    return mapMembers(inputs, change) as Properties;
}

function resolved({ [SIGNATURE]: signature = null, ...value }: Properties, directory: string): Properties {
    const { path, assets, uri = null } = value;
    if (typeof path === "string" && path !== UNKNOWN) {
        const absolute = isAbsolute(path) ? path : join(directory, path);
        return { [SIGNATURE]: signature, path: absolute, hash: hashOf({ path: absolute }) };
    }
    if (isObject(assets)) {
        const inner = inputsForCheck(assets, directory);
        return { [SIGNATURE]: signature, assets: inner, hash: hashOf({ assets: inner }) };
    }
    if (typeof value["text"] === "string") {
        return { [SIGNATURE]: signature, text: value["text"], hash: sha256(value["text"]) };
    }
    return {
        [SIGNATURE]: signature,
        ...("path" in value ? { path: path ?? null } : { uri }),
        hash: sha256(JSON.stringify(uri)),
    };
}

/** The bytes of an asset. An archive of files becomes a ZIP file. Throws for an asset on another machine. */
export function contentOf(asset: Value): Buffer {
    if (isObject(asset)) {
        const { path, assets } = asset;
        if (typeof asset["text"] === "string") {
            return Buffer.from(asset["text"]);
        }
        if (typeof path === "string" && statSync(path).isFile()) {
            return readFileSync(path);
        }
        if (typeof path === "string" || isObject(assets)) {
            return zip(byPath(filesOf(asset)), { compress: true });
        }
    }
    throw new ProgramError("the sandbox's engine reads files and texts only", {
        fix: "give an asset or archive of this machine",
    });
}

/** The files of an archive, by their paths in it. */
function filesOf(archive: Properties): Map<string, Buffer> {
    const { path, assets } = archive;
    if (isObject(assets)) {
        const sorted = Object.entries(assets).sort(([a], [b]) => (a < b ? -1 : 1));
        const nested = sorted.flatMap(([name, asset]): [string, Buffer][] =>
            isKind(asset, "archive")
                ? [...filesOf(asset)].map(([inner, content]) => [posix.join(name, inner), content])
                : [[posix.normalize(name), contentOf(asset)]],
        );
        return new Map(nested);
    }
    if (typeof path !== "string" || !statSync(path).isDirectory()) {
        throw new ProgramError(`${asText(path)} is no folder`, { fix: "inside of an archive, give folders and files" });
    }
    return new Map(filesBelow(path).map((file) => [relative(path, file).split(sep).join("/"), readFileSync(file)]));
}

function byPath(files: Map<string, Buffer>): [path: string, content: Buffer][] {
    return [...files].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The files below a folder in Pulumi's order: folder by folder, and by name in each. */
function filesBelow(folder: string): string[] {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    return entries.flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
            return filesBelow(path);
        }
        return entry.isFile() ? [path] : [];
    });
}

/** The hash by which Pulumi's engine compares assets. With it, Pulumi finds no change in a state of this engine. */
function hashOf(asset: Properties): string {
    const { path } = asset;
    if (typeof path === "string" && statSync(path).isFile()) {
        return sha256(readFileSync(path));
    }
    return sha256(holdsUnread(asset) ? JSON.stringify(asset) : tar(filesOf(asset)));
}

/** Whether an archive holds an asset on another machine, or one that is not known yet. */
function holdsUnread({ assets }: Properties): boolean {
    if (!isObject(assets)) {
        return false;
    }
    return Object.values(assets).some(
        (each) => isObject(each) && (holdsUnread(each) || "uri" in each || each["path"] === UNKNOWN),
    );
}

function sha256(content: string | Buffer): string {
    return createHash("sha256").update(content).digest("hex");
}
