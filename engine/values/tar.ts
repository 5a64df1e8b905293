const BLOCK = 512;

/**
 * A tar file as Pulumi's engine writes one to compare archives: in the ustar format, with the mode 0600, and without times
 * and owners. A name that this format cannot hold (long, or not ASCII) is cut, whereas Pulumi writes a longer form.
 *
 * @param files - contents by paths, in the order in which they are written
 */
export function tar(files: ReadonlyMap<string, Buffer>): Buffer {
    const parts = [...files].flatMap(([path, content]) => [
        header(path, content.length),
        content,
        Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK),
    ]);
    return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

/** https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06 */
function header(path: string, size: number): Buffer {
    const block = Buffer.alloc(BLOCK);
    const [prefix, name] = split(path);
    const fields: [offset: number, text: string][] = [
        [0, name.slice(0, 100)],
        [100, octal(0o600, 7)],
        [108, octal(0, 7)],
        [116, octal(0, 7)],
        [124, octal(size, 11)],
        [136, octal(0, 11)],
        // The checksum is computed over a header in which its own field is blank.
        [148, " ".repeat(8)],
        [156, "0"],
        [257, "ustar\0" + "00"],
        [329, octal(0, 7)],
        [337, octal(0, 7)],
        [345, prefix],
    ];
    for (const [offset, text] of fields) {
        block.write(text, offset);
    }
    const sum = block.reduce((total, byte) => total + byte, 0);
    block.write(`${octal(sum, 6)}\0 `, 148);
    return block;
}

function octal(value: number, digits: number): string {
    return value.toString(8).padStart(digits, "0");
}

/** Splits a long path into a prefix, which has as many folders as fit, and the rest. */
function split(path: string): [prefix: string, name: string] {
    const at = path.length <= 100 ? -1 : path.slice(0, 156).lastIndexOf("/");
    return at <= 0 || path.length - at - 1 > 100 ? ["", path] : [path.slice(0, at), path.slice(at + 1)];
}
