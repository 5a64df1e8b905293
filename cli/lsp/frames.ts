import { Transform, type TransformCallback } from "node:stream";

/** The longest message that is read, in bytes. No file that an editor opens makes a longer one. */
export const LONGEST_MESSAGE = 64 * 1024 * 1024;
/** The longest header of a message, in bytes. */
const LONGEST_HEADER = 8192;

const END_OF_HEADER = /\r?\n\r?\n/;
const FIELD = /^[!#$%&'*+.^_`|~\w-]+:/;

/**
 * Passes on the messages of a stream whose headers are right, and tells what is wrong with the others. The library's own reader waits
 * for ever after a wrong header, or reads on at a wrong place. After a header that does not tell where its message ends, all is
 * dropped up to the next `Content-Length`.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#headerPart
 */
export class Frames extends Transform {
    private header = "";
    /** How many bytes of the message are still to come. */
    private missing = 0;
    /** Whether it looks for the next header, because one was wrong. */
    private lost = false;

    constructor(private readonly onWrong: (wrong: string) => void) {
        super();
    }

    override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
        let rest = chunk;
        while (rest.length > 0) {
            rest = this.missing > 0 ? this.passOn(rest) : this.readHeader(rest);
        }
        done();
    }

    private passOn(bytes: Buffer): Buffer {
        const body = bytes.subarray(0, this.missing);
        this.missing -= body.length;
        this.push(body);
        return bytes.subarray(body.length);
    }

    /** @returns the bytes behind the header */
    private readHeader(bytes: Buffer): Buffer {
        const before = this.header.length;
        const text = this.header + bytes.subarray(0, LONGEST_HEADER).toString("latin1");
        const end = END_OF_HEADER.exec(text);
        if (end === null) {
            // The end of the header, or a header after lost bytes, may be cut in two.
            const kept = text.length - before;
            this.header = text.slice(-LONGEST_HEADER);
            if (text.length > LONGEST_HEADER) {
                this.tellOnce(`a header is longer than ${LONGEST_HEADER} bytes`);
            }
            return bytes.subarray(kept);
        }
        this.header = "";
        const length = this.lengthIn(text.slice(0, end.index));
        if (length !== undefined) {
            this.lost = false;
            this.missing = length;
            this.push(`Content-Length: ${length}\r\n\r\n`);
        }
        return bytes.subarray(end.index + end[0].length - before);
    }

    /** The length of the message that follows; undefined if the header does not tell it. */
    private lengthIn(header: string): number | undefined {
        const lines = header.split(/\r?\n/);
        if (!lines.every((line) => FIELD.test(line))) {
            this.tellOnce("a line of a header is no field with a name, a colon and a value");
        }
        // Without one on a line of its own, the rest of a message whose length was wrong may stand before it.
        const own = lengthsIn(lines);
        const glued = header.slice(header.toLowerCase().lastIndexOf("content-length:"));
        const values = own.length > 0 ? own : lengthsIn(glued.split(/\r?\n/));
        if (own.length === 0) {
            this.tellOnce("a header has no Content-Length");
        }
        if (values.length === 0) {
            return undefined;
        }
        const [value = ""] = values;
        if (new Set(values).size > 1) {
            this.tell(`a header has more than one Content-Length: ${values.join(", ").slice(0, 100)}`);
            return undefined;
        }
        if (!/^\d+$/.test(value) || Number(value) > LONGEST_MESSAGE) {
            this.tell(`a Content-Length is ${value.slice(0, 100)}, which is no number from 0 to ${LONGEST_MESSAGE}`);
            return undefined;
        }
        return Number(value);
    }

    private tell(wrong: string): void {
        this.lost = true;
        this.onWrong(wrong);
    }

    /** Tells what may be the rest of a message whose header was wrong only if none was. */
    private tellOnce(wrong: string): void {
        if (!this.lost) {
            this.tell(wrong);
        }
    }
}

function lengthsIn(lines: readonly string[]): string[] {
    return lines.flatMap((line) => /^content-length:\s*(.*?)\s*$/i.exec(line)?.[1] ?? []);
}
