// What a compiler has looked at, and whether all of it is as it was.
import { createHash } from "node:crypto";
import { readdirSync, realpathSync, statSync } from "node:fs";

/** By kind and path: what was there. */
export type LookedAt = Record<keyof typeof KINDS, Record<string, string>>;

const KINDS = {
    /** Whether a file or a folder is there; of a file also when it was changed, and its size. */
    state: (path: string): string => {
        const found = statSync(path, { bigint: true, throwIfNoEntry: false });
        return found === undefined ? "-" : found.isDirectory() ? "folder" : `${found.mtimeNs}.${found.size}`;
    },
    /** The names in a folder. */
    names: (path: string): string => hash(readdirSync(path).sort().join("/")),
    /** Where a path with links leads. */
    target: (path: string): string => realpathSync.native(path),
};

type Look = (path: string, ...rest: unknown[]) => unknown;

/** The functions with which TypeScript looks at files. https://github.com/microsoft/TypeScript/blob/main/src/compiler/sys.ts */
export type System = Record<"readFile" | "fileExists" | "directoryExists" | "getDirectories" | "realpath", Look>;

export const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

export const nothingLookedAt = (): LookedAt => ({ state: {}, names: {}, target: {} });

/** Notes what is at a path, if it was not noted before. */
export function lookAt(looked: LookedAt, kind: keyof LookedAt, path: string): void {
    looked[kind][path] ??= now(kind, path);
}

export function isUnchanged(looked: LookedAt): boolean {
    const kinds = Object.keys(KINDS) as (keyof LookedAt)[];
    return kinds.every((kind) => Object.entries(looked[kind]).every(([path, then]) => now(kind, path) === then));
}

/** Notes from now on at what TypeScript looks, before it looks. */
export function watch(system: System, looked: LookedAt): void {
    const before = (name: keyof System, note: (path: string) => void): void => {
        const look = system[name].bind(system);
        system[name] = (path, ...rest) => {
            note(path);
            return look(path, ...rest);
        };
    };
    for (const name of ["readFile", "fileExists", "directoryExists"] as const) {
        before(name, (path) => lookAt(looked, "state", path));
    }
    before("getDirectories", (path) => lookAt(looked, "names", path));
    before("realpath", (path) => lookAt(looked, "target", path));
}

function now(kind: keyof LookedAt, path: string): string {
    try {
        return KINDS[kind](path);
    } catch {
        return "none";
    }
}
