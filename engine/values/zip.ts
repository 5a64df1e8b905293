import { crc32, deflateRawSync } from "node:zlib";

const UTF8_NAMES = 0x0800;
const DEFLATE = 8;
/** The first day of the format's calendar, so that equal files make equal archives. */
const FIRST_DAY = 0x21;

/**
 * A ZIP archive of files by path, in the order of their paths.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (4.3.7, 4.3.12, 4.3.16)
 */
export function zip(files: Map<string, Buffer>): Buffer {
    const bodies: Buffer[] = [];
    const headers: Buffer[] = [];
    let offset = 0;
    for (const [path, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const name = Buffer.from(path);
        const packed = deflateRawSync(content);
        const facts = [
            ...u16(20, UTF8_NAMES, DEFLATE, 0, FIRST_DAY),
            ...u32(crc32(content), packed.length, content.length),
            ...u16(name.length, 0),
        ];
        const body = Buffer.concat([Buffer.from([...u32(0x04034b50), ...facts]), name, packed]);
        const header = [...u32(0x02014b50), ...u16(20), ...facts, ...u16(0, 0, 0), ...u32(0, offset)];
        headers.push(Buffer.from(header), name);
        bodies.push(body);
        offset += body.length;
    }
    const directory = Buffer.concat(headers);
    const end = [...u32(0x06054b50), ...u16(0, 0, files.size, files.size), ...u32(directory.length, offset), ...u16(0)];
    return Buffer.concat([...bodies, directory, Buffer.from(end)]);
}

function u16(...values: number[]): number[] {
    return values.flatMap((value) => [value & 0xff, value >>> 8]);
}

function u32(...values: number[]): number[] {
    return values.flatMap((value) => [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24]);
}
