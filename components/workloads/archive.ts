import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { zip, makePrivateFolder, writePrivateFile } from "../../common";
import { messageOf } from "../../errors";
import { SourceError } from "../base";

/** What is left out: the build installs it again, or it is not meant for others. */
const LEFT_OUT = /^(node_modules|\.git|__pycache__|\.env(\..*)?)$/;

/** The path of a file in the folder, with slashes, and its content. */
type Entry = [path: string, content: Buffer];

/** The zip of a folder. */
export interface Archive {
    /** Where the zip is, in the machine's temporary folder. */
    file: string;
    /** A hash of the zip's contents. */
    hash: string;
}

/**
 * Makes a zip of the source in a folder. The zip has the same bytes wherever and whenever it is made: its entries are sorted,
 * have no times, and are not compressed. `node_modules`, `.git` and `.env` files are left out.
 * @throws SourceError if there is no such folder, or it holds no file
 */
export function archive(folder: string): Archive {
    if (!existsSync(folder) || !statSync(folder).isDirectory()) {
        throw new SourceError(`there is no folder ${folder} in ${process.cwd()}`);
    }
    const entries = list(folder, "");
    if (entries.length === 0) {
        throw new SourceError(`the folder ${folder} has no files`);
    }
    const zipped = zip(entries, { compress: false });
    const hash = createHash("sha256").update(zipped).digest("hex").slice(0, 16);
    const own = path.join(tmpdir(), `gcp-invoke-sources-${process.getuid?.() ?? ""}`);
    try {
        makePrivateFolder(own);
    } catch (error) {
        throw new SourceError(messageOf(error), { fix: "set TMPDIR to a folder of your own", cause: error });
    }
    const file = path.join(own, `${hash}.zip`);
    writePrivateFile(file, zipped);
    return { file, hash };
}

function list(folder: string, prefix: string): Entry[] {
    return readdirSync(folder, { withFileTypes: true })
        .filter(({ name }) => !LEFT_OUT.test(name))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((entry): Entry[] => {
            const full = path.join(folder, entry.name);
            const name = `${prefix}${entry.name}`;
            if (entry.isDirectory()) {
                return list(full, `${name}/`);
            }
            if (entry.isFile()) {
                return [[name, readFileSync(full)]];
            }
            throw new SourceError(`${full} is neither a file nor a folder`, {
                fix: "put a copy of what it points to in its place",
            });
        });
}
