import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { crc32 } from "node:zlib";
import { SourceError } from "../base";

/** What is no source: installed again by the build, or nobody else's business. */
const LEFT_OUT = /^(node_modules|\.git|__pycache__|\.env(\..*)?)$/;
/** 1 January 1980, midnight: the earliest that a zip can say. */
const EPOCH = 0x0021;

/** One file of a folder. */
interface Entry {
    /** With slashes, from the folder. */
    name: string;
    content: Buffer;
}

/** A folder as a zip. */
export interface Archive {
    /** The zip, in the machine's temporary folder. */
    file: string;
    /** A short name for what is in it. */
    hash: string;
}

/**
 * The source in a folder as a zip that is the same, byte for byte, wherever and whenever it is made: sorted, without times,
 * not compressed. `node_modules`, `.git` and `.env` files stay behind.
 * @throws Error where there is no such folder, or nothing in it
 */
export function archive(folder: string): Archive {
    if (!existsSync(folder) || !statSync(folder).isDirectory()) {
        throw new SourceError(`there is no folder ${folder} in ${process.cwd()}`);
    }
    const entries = list(folder, "");
    if (entries.length === 0) {
        throw new SourceError(`the folder ${folder} has no files`);
    }
    const zip = zipOf(entries);
    const hash = createHash("sha256").update(zip).digest("hex").slice(0, 16);
    const own = path.join(tmpdir(), `gcp-invoke-sources-${process.getuid?.() ?? ""}`);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    if (statSync(own).uid !== (process.getuid?.() ?? statSync(own).uid)) {
        throw new SourceError(`${own} belongs to somebody else`, { fix: "set TMPDIR to a folder of your own" });
    }
    const file = path.join(own, `${hash}.zip`);
    // Several programs may do this at once: a file appears under its name when it is whole.
    writeFileSync(`${file}.${process.pid}`, zip, { mode: 0o600 });
    renameSync(`${file}.${process.pid}`, file);
    return { file, hash };
}

function list(folder: string, prefix: string): Entry[] {
    return readdirSync(folder, { withFileTypes: true })
        .filter(({ name }) => !LEFT_OUT.test(name))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((entry) => {
            const full = path.join(folder, entry.name);
            const name = `${prefix}${entry.name}`;
            if (entry.isDirectory()) {
                return list(full, `${name}/`);
            }
            if (entry.isFile()) {
                return [{ name, content: readFileSync(full) }];
            }
            throw new SourceError(`${full} is neither a file nor a folder`, {
                fix: "put a copy of what it points to in its place",
            });
        });
}

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16 */
function zipOf(entries: Entry[]): Buffer {
    const locals: Buffer[] = [];
    const directory: Buffer[] = [];
    let offset = 0;
    for (const { name, content } of entries) {
        const encoded = Buffer.from(name);
        const common = Buffer.alloc(26);
        common.writeUInt16LE(20, 0);
        // The name is in UTF-8.
        common.writeUInt16LE(0x0800, 2);
        common.writeUInt16LE(EPOCH, 8);
        common.writeUInt32LE(crc32(content), 10);
        common.writeUInt32LE(content.length, 14);
        common.writeUInt32LE(content.length, 18);
        common.writeUInt16LE(encoded.length, 22);
        const place = Buffer.alloc(14);
        // Made on Unix, a file that all may read.
        place.writeUInt32LE((0o100644 << 16) >>> 0, 6);
        place.writeUInt32LE(offset, 10);
        const local = Buffer.concat([signature(0x04034b50), common, encoded, content]);
        directory.push(signature(0x02014b50), Buffer.from([20, 3]), common, place, encoded);
        locals.push(local);
        offset += local.length;
    }
    const central = Buffer.concat(directory);
    const end = Buffer.alloc(18);
    end.writeUInt16LE(entries.length, 4);
    end.writeUInt16LE(entries.length, 6);
    end.writeUInt32LE(central.length, 8);
    end.writeUInt32LE(offset, 12);
    return Buffer.concat([...locals, central, signature(0x06054b50), end]);
}

function signature(value: number): Buffer {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
}
