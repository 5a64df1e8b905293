import { inflateRawSync } from "node:zlib";
import { ArchiveError } from "../cloud";

/** The most bytes that an uploaded archive may unpack to. More looks like an attack. */
const LARGEST = 512 * 1024 * 1024;
const END = 0x06054b50;
const ENTRY = 0x02014b50;

/**
 * The files of a ZIP archive, by path. Folders are left out.
 * @throws Error if it is not an archive, is not packed by Deflate, or names a file outside of itself
 */
export function unzip(archive: Buffer): Map<string, Buffer> {
    const files = new Map<string, Buffer>();
    let end = archive.length - 22;
    while (end >= 0 && archive.readUInt32LE(end) !== END) {
        end--;
    }
    if (end < 0) {
        throw new ArchiveError("the archive is no ZIP file");
    }
    let at = archive.readUInt32LE(end + 16);
    let total = 0;
    for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
        if (archive.readUInt32LE(at) !== ENTRY) {
            throw new ArchiveError("the archive's directory is broken");
        }
        const packing = archive.readUInt16LE(at + 10);
        const packed = archive.readUInt32LE(at + 20);
        const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
        const path = archive.toString("utf8", at + 46, at + 46 + (name ?? 0));
        const local = archive.readUInt32LE(at + 42);
        const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
        at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
        if (path.endsWith("/")) {
            continue;
        }
        if (/^([/\\]|[a-z]:)|(^|[/\\])\.\.([/\\]|$)|\0/i.test(path)) {
            throw new ArchiveError(`the archive names ${path}, which is outside of it`);
        }
        if (packing !== 0 && packing !== 8) {
            throw new ArchiveError(`${path} is packed by method ${packing}, not by Deflate`);
        }
        const bytes = archive.subarray(start, start + packed);
        const content = packing === 0 ? bytes : inflateRawSync(bytes, { maxOutputLength: LARGEST - total });
        total += content.length;
        files.set(path, content);
    }
    return files;
}
