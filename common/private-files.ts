import { createHash, randomBytes } from "node:crypto";
import {
    closeSync,
    constants,
    fchmodSync,
    fstatSync,
    lstatSync,
    mkdirSync,
    openSync,
    readFileSync,
    renameSync,
    rmSync,
    type Stats,
    writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { AdvisedError, fileProblem, messageOf } from "../errors";

/** A file or folder that cannot be read or written, or not without harm. */
export class FileError extends AdvisedError {
    readonly code = "file";
}

/** Windows has neither: there a folder's own rights keep others out. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
const OTHERS_MAY_WRITE = 0o022;
const ALL_OF_OTHERS = 0o077;

/**
 * Makes a folder, and those between it and `within`, that only this user may write. Whoever else could write there could
 * put links in the place of files, and read or change what is kept.
 * @returns `path`
 * @throws FileError if one of them is there already and is a link, or others may write to it
 */
export function makePrivateFolder(path: string, within = path): string {
    const below = relative(within, path)
        .split(sep)
        .filter((name) => name !== "");
    mkdirSync(dirname(resolve(within)), { recursive: true });
    let each = resolve(within);
    for (const name of ["", ...below]) {
        each = join(each, name);
        try {
            mkdirSync(each, { mode: 0o700 });
        } catch (error) {
            if (codeOf(error) !== "EEXIST") {
                throw unusable(each, "made", error);
            }
        }
        checkFolder(each);
    }
    return path;
}

/** Makes a folder that the user has named, to which others may be allowed to write. */
export function makeFolder(path: string): void {
    try {
        mkdirSync(path, { recursive: true, mode: 0o700 });
    } catch (error) {
        throw unusable(path, "made", error);
    }
}

function checkFolder(path: string): void {
    const found = lstatSync(path);
    if (!found.isDirectory()) {
        throw new FileError(`${path} is ${kindOf(found)}, where a folder is expected`, {
            fix: "remove it, or name another folder",
        });
    }
    const own = process.getuid?.();
    if (own === undefined) {
        return;
    }
    if (found.uid !== own && found.uid !== 0) {
        throw new FileError(`${path} belongs to another user, who could change what is kept there`, {
            fix: "name a folder of your own",
        });
    }
    if ((found.mode & OTHERS_MAY_WRITE) !== 0) {
        throw new FileError(`others may write to ${path}, and could change what is kept there`, {
            fix: `run chmod go-w ${path}, or name another folder`,
        });
    }
}

/**
 * Writes a file that only this user may read, in the place of the one that is there: a new file of mode 0600 gets its
 * name when it is complete. A link is not followed.
 * @throws FileError if something else than a file has its name, or it cannot be written
 */
export function writePrivateFile(file: string, content: string | Uint8Array): void {
    const found = lstatSync(file, { throwIfNoEntry: false });
    if (found && !found.isFile()) {
        throw noFile(file, found);
    }
    const fresh = join(dirname(file), `${basename(file).slice(0, 150)}.${randomBytes(6).toString("hex")}.new`);
    try {
        const descriptor = openSync(
            fresh,
            constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | O_NOFOLLOW,
            0o600,
        );
        try {
            writeFileSync(descriptor, content);
        } finally {
            closeSync(descriptor);
        }
        renameSync(fresh, file);
    } catch (error) {
        rmSync(fresh, { force: true });
        throw unusable(file, "written", error);
    }
}

/**
 * Opens a file of this user alone, to read it and to append to it; makes it if there is none. It gets mode 0600.
 * @throws FileError if something else than a file of its own has its name
 */
export function openPrivateFile(file: string): number {
    const descriptor = opened(file, constants.O_RDWR | constants.O_CREAT);
    const found = fstatSync(descriptor);
    try {
        if (found.nlink > 1) {
            throw new FileError(`${file} has ${found.nlink} names, and would be written under each`, {
                fix: "replace it by a copy",
            });
        }
        if ((found.mode & ALL_OF_OTHERS) !== 0 && process.getuid?.() !== undefined) {
            fchmodSync(descriptor, 0o600);
        }
        return descriptor;
    } catch (error) {
        closeSync(descriptor);
        throw error;
    }
}

/** @returns the bytes of a file; undefined if there is none @throws FileError if it is no file, or cannot be read */
export function readPrivateFile(file: string): Buffer | undefined {
    let descriptor: number;
    try {
        descriptor = opened(file, constants.O_RDONLY);
    } catch (error) {
        if (error instanceof FileError && codeOf(error.cause) === "ENOENT") {
            return undefined;
        }
        throw error;
    }
    try {
        return readFileSync(descriptor);
    } catch (error) {
        throw unusable(file, "read", error);
    } finally {
        closeSync(descriptor);
    }
}

/**
 * @param fix what to do if the file is damaged
 * @returns what JSON a file holds; undefined if there is none
 * @throws FileError if it is no file, cannot be read, or is no JSON
 */
export function readPrivateJson(file: string, fix: string): unknown {
    const bytes = readPrivateFile(file);
    if (bytes === undefined) {
        return undefined;
    }
    try {
        return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown;
    } catch {
        // Node's own error quotes the file, which may hold a token.
        throw new FileError(`${file} is damaged: it is no JSON`, { fix });
    }
}

/** Opens what is a file, and nothing that would block, or lead elsewhere. */
function opened(file: string, flags: number): number {
    let descriptor: number;
    try {
        descriptor = openSync(file, flags | O_NOFOLLOW | O_NONBLOCK, 0o600);
    } catch (error) {
        const found = lstatSync(file, { throwIfNoEntry: false });
        throw found && !found.isFile() ? noFile(file, found) : unusable(file, "opened", error);
    }
    const found = fstatSync(descriptor);
    if (!found.isFile()) {
        closeSync(descriptor);
        throw noFile(file, found);
    }
    return descriptor;
}

/** Names that Windows gives to devices. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const LONGEST_NAME = 120;

/**
 * A name as the name of a file or folder: two names never make the same one, and none leads out of its folder, whatever it
 * holds. Letters, digits, `-`, `_` and dots within stay as they are.
 *
 * @example
 * fileNameOf("orders"); // "orders"
 * fileNameOf("../orders"); // "%2E.%2Forders"
 */
export function fileNameOf(name: string): string {
    const encode = (text: string): string =>
        [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
    const safe = name.replaceAll(/[^\w.-]/gu, encode).replace(/^\.|\.$/g, encode);
    const own = DEVICE.test(safe) || safe === "" ? `%${safe}` : safe;
    // No encoded byte begins with a hyphen, so that a name that was cut is like no other.
    return own.length <= LONGEST_NAME
        ? own
        : `${own.slice(0, LONGEST_NAME - 34)}%-${createHash("sha256").update(name).digest("hex").slice(0, 32)}`;
}

function unusable(path: string, done: string, cause: unknown): FileError {
    return new FileError(`${path} cannot be ${done} (${fileProblem(cause)?.wrong ?? messageOf(cause)})`, {
        fix: done === "read" ? "make it readable for you" : "make room, or name a folder in which you may write",
        cause,
    });
}

function noFile(file: string, found: Stats): FileError {
    return new FileError(`${file} is ${kindOf(found)}, where a file is expected`, { fix: "remove it" });
}

function kindOf(found: Stats): string {
    const kinds: [is: boolean, kind: string][] = [
        [found.isSymbolicLink(), "a symbolic link"],
        [found.isDirectory(), "a folder"],
        [found.isFIFO(), "a pipe"],
        [found.isSocket(), "a socket"],
        [found.isFile(), "a file"],
    ];
    return kinds.find(([is]) => is)?.[1] ?? "a device";
}

function codeOf(error: unknown): unknown {
    return (error as { code?: unknown } | undefined)?.code;
}
