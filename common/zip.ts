import { crc32, deflateRawSync } from "node:zlib";

/** The first day of the format's calendar, so that equal files make equal archives. */
const FIRST_DAY = 0x0021;
const UTF8_NAMES = 0x0800;
const STORED = 0;
const DEFLATED = 8;
const MADE_ON_UNIX = 3;
/** The mode of a regular file that everybody may read. */
const MODE = (0o100644 << 16) >>> 0;

/**
 * A ZIP archive of files by path, in the order given: the same bytes wherever and whenever it is made.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (4.3.7, 4.3.12, 4.3.16)
 * @param options.compress whether files are packed by Deflate, whose bytes depend on the version of zlib, or stored
 */
export function zip(files: Iterable<readonly [path: string, content: Buffer]>, options: { compress: boolean }): Buffer {
    const bodies: Buffer[] = [];
    const headers: Buffer[] = [];
    let offset = 0;
    let count = 0;
    for (const [path, content] of files) {
        const name = Buffer.from(path);
        const packed = options.compress ? deflateRawSync(content) : content;
        const facts = [
            ...u16(20, UTF8_NAMES, options.compress ? DEFLATED : STORED, 0, FIRST_DAY),
            ...u32(crc32(content), packed.length, content.length),
            ...u16(name.length, 0),
        ];
        const body = Buffer.concat([Buffer.from([...u32(0x04034b50), ...facts]), name, packed]);
        const header = [...u32(0x02014b50), 20, MADE_ON_UNIX, ...facts, ...u16(0, 0, 0), ...u32(MODE, offset)];
        headers.push(Buffer.from(header), name);
        bodies.push(body);
        offset += body.length;
        count += 1;
    }
    const directory = Buffer.concat(headers);
    const end = [...u32(0x06054b50), ...u16(0, 0, count, count), ...u32(directory.length, offset), ...u16(0)];
    return Buffer.concat([...bodies, directory, Buffer.from(end)]);
}

function u16(...values: number[]): number[] {
    return values.flatMap((value) => [value & 0xff, value >>> 8]);
}

function u32(...values: number[]): number[] {
    return values.flatMap((value) => [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24]);
}
