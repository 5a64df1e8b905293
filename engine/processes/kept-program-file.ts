// The file that keeps a program in TypeScript as ts-node made it.
import { dirname, join } from "node:path";
import { makePrivateFolder, readPrivateFile, writePrivateFile } from "../../common";
import { hash, isUnchanged, type LookedAt } from "./looked-at";

/** What ts-node has made, and of what. */
export interface Kept {
    /** The files of the two tools, and TypeScript's version. */
    typescript: string;
    tsNode: string;
    version: string;
    /** What the SDK itself read of the program's `tsconfig.json`. */
    sdkOptions: unknown;
    /** What the SDK told ts-node, without whether types are checked. */
    options: string;
    /** The extensions of the files that ts-node compiles. */
    extensions: string[];
    /** By path: the hash of a source, and what it became. */
    compiled: Record<string, { source: string; js: string }>;
    /** The program's own files that ts-node left alone. */
    ignored: string[];
    /** In a program of ES modules: where each import of a file of its own leads, and the format of each file. */
    imports: Record<string, string>;
    formats: Record<string, string>;
    looked: LookedAt;
}

/** Is raised when {@link Kept} changes, so that an older file is not read. */
const FORMAT = 2;

/**
 * What was done with the types of a program: they were checked; they were not, as its `tsconfig.json` says; or they were not
 * because of the variable, which says it for one run.
 */
type Kind = "checked" | "as configured" | "transpiled";

const checks = (): string => process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] ?? "";

/** Whether the variable leaves it to the program whether its types are checked. */
export const mayCheck = (): boolean => checks() !== "true";

/** What a program is whose types were not checked in this process. */
export const unchecked = (): Kind => (checks() === "" ? "as configured" : "transpiled");

/** What may run in this process. */
function kinds(): Kind[] {
    switch (checks()) {
        case "true":
            return ["checked", "as configured", "transpiled"];
        case "":
            return ["checked", "as configured"];
        default:
            return ["checked"];
    }
}

/**
 * The file that keeps this program; undefined if nothing is to be kept. It stands beside the code that Node keeps, and is run as
 * that is. A folder to which others may write is not used.
 */
export function fileOf(kind: Kind): string | undefined {
    const { NODE_COMPILE_CACHE: folder, ...environment } = process.env;
    const settings = Object.entries(environment).filter(([name]) => /^(TS_NODE|PULUMI_NODEJS_TSCONFIG)_/.test(name));
    const name = hash(JSON.stringify([FORMAT, process.cwd(), settings.sort(), process.version, __filename]));
    return folder === undefined ? undefined : join(folder, `program-${name}-${kind.replace(" ", "-")}.json`);
}

/** What is kept of the program of this process, if nothing has changed since. */
export function read(): Kept | undefined {
    for (const kind of kinds()) {
        const file = fileOf(kind);
        try {
            if (file === undefined) {
                return undefined;
            }
            makePrivateFolder(dirname(file));
            const kept = JSON.parse(String(readPrivateFile(file))) as Kept;
            if (isUnchanged(kept.looked)) {
                return kept;
            }
        } catch {
            // Nothing is kept, or nothing that can be read.
        }
    }
    return undefined;
}

/** Keeps a program. If that fails, the next run makes it again. */
export function write(file: string, kept: Kept): void {
    try {
        makePrivateFolder(dirname(file));
        writePrivateFile(file, JSON.stringify(kept));
    } catch {
        // Then the next run checks and compiles the program again.
    }
}
