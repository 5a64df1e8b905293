import assert from "node:assert/strict";
import fc from "fast-check";
import { Frames, LONGEST_MESSAGE } from "../../../cli/lsp/frames";

/** What is passed on of bytes, as the bodies of messages, and what was told about the rest. */
async function read(chunks: readonly Buffer[]): Promise<{ bodies: string[]; wrong: string[] }> {
    const wrong: string[] = [];
    const frames = new Frames((what) => wrong.push(what));
    const passed: Buffer[] = [];
    frames.on("data", (chunk: Buffer) => passed.push(chunk));
    for (const chunk of chunks) {
        frames.write(chunk);
    }
    frames.end();
    await new Promise((resolve) => frames.once("end", resolve));
    const all = Buffer.concat(passed);
    const bodies: string[] = [];
    for (let at = 0; at < all.length;) {
        const end = all.indexOf("\r\n\r\n", at);
        const [, length = ""] = /^Content-Length: (\d+)$/.exec(all.subarray(at, end).toString()) ?? assert.fail();
        bodies.push(all.subarray(end + 4, end + 4 + Number(length)).toString("latin1"));
        at = end + 4 + Number(length);
    }
    return { bodies, wrong };
}

const frame = (body: Buffer | string): Buffer =>
    Buffer.concat([Buffer.from(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`), Buffer.from(body)]);
const GOOD = '{"id":1}';

/** Wrong headers, what is told about each, and whether the body behind it can be found. */
const WRONG: [header: string, says: RegExp, found: boolean][] = [
    ["Content-Length: -5", /is -5, which is no number from 0 to/, false],
    [`Content-Length: ${LONGEST_MESSAGE + 1}`, /no number from 0 to/, false],
    ["Content-Length: 99999999999999999999999", /no number/, false],
    ["Content-Length: ", /no number/, false],
    ["Content-Length: 0x8", /is 0x8/, false],
    ["Content-Length: 8.0", /is 8\.0/, false],
    ["Content-Length: 8 8", /is 8 8/, false],
    ["Content-Length: NaN", /is NaN/, false],
    ["Content-Length: 8\r\nContent-Length: 7", /more than one Content-Length: 8, 7/, false],
    ["Content-Length 8", /no field with a name, a colon/, false],
    ["Content-Length : 8", /no field/, false],
    ["Content-Type: text/plain", /no Content-Length/, false],
    ["", /no field/, false],
    ["\0\xff\xfe", /no field/, false],
    ["x".repeat(20_000), /longer than 8192 bytes/, false],
    [`X-Long: ${"y".repeat(20_000)}`, /longer than 8192 bytes/, false],
    ["nonsense\r\nContent-Length: 8", /no field/, true],
    ["nonsenseContent-Length: 8", /no field|no Content-Length/, true],
];

const RIGHT = [
    "Content-Length: 8",
    "content-length:8",
    "CONTENT-LENGTH:   8  ",
    "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 8",
    "Content-Length: 8\r\nContent-Length: 8",
    "Content-Length: 00008",
];

describe("the frames of gcp-invoke lsp", () => {
    for (const header of RIGHT) {
        for (const end of ["\r\n", "\n"]) {
            it(`are read with ${JSON.stringify(header + end)}`, async () => {
                const bytes = Buffer.from(`${header.replaceAll("\r\n", end)}${end}${end}${GOOD}`);
                assert.deepEqual(await read([bytes, frame("next")]), { bodies: [GOOD, "next"], wrong: [] });
            });
        }
    }

    for (const [header, says, found] of WRONG) {
        it(`tell what is wrong, and go on with the next: ${JSON.stringify(header.slice(0, 60))}`, async () => {
            const bytes = Buffer.concat([Buffer.from(`${header}\r\n\r\n${GOOD}`, "latin1"), frame("next")]);
            for (const chunks of [[bytes], [...bytes].map((byte) => Buffer.from([byte]))]) {
                const { bodies, wrong } = await read(chunks);
                assert.deepEqual(bodies, found ? [GOOD, "next"] : ["next"]);
                assert.equal(wrong.length, 1, wrong.join("; "));
                assert.match(wrong[0] ?? "", says);
            }
        });
    }

    it("are the same, wherever the bytes are cut, with any bodies and any rubbish between them", async () => {
        const rubbish = fc
            .tuple(
                fc.uint8Array({ maxLength: 40 }),
                fc.constantFrom("", "\r\n", "\r\n\r\n", "a: b\r\n\r\n", "Content-Length: -1\r\n\r\n"),
            )
            .map(([bytes, end]) => Buffer.concat([Buffer.from(bytes), Buffer.from(end)]))
            // It would be a header with a length that is right.
            .filter((bytes) => !/content-length:\s*\d/i.test(bytes.toString("latin1")));
        const part = fc.tuple(rubbish, fc.uint8Array({ maxLength: 60 }));
        await fc.assert(
            fc.asyncProperty(
                fc.array(part, { maxLength: 6 }),
                fc.array(fc.nat(), { maxLength: 20 }),
                async (parts, cuts) => {
                    const bytes = Buffer.concat(
                        parts.flatMap(([between, body]) => [between, frame(Buffer.from(body))]),
                    );
                    const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
                    const ends = [...places, bytes.length];
                    const chunks = ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
                    const whole = await read([bytes]);
                    assert.deepEqual(await read(chunks), whole);
                    assert.deepEqual(
                        whole.bodies,
                        parts.map(([, body]) => Buffer.from(body).toString("latin1")),
                    );
                    const dirty = parts.some(([between]) => between.length > 0);
                    assert.equal(whole.wrong.length > 0, dirty);
                },
            ),
            { numRuns: 300 },
        );
    });

    it("keep little of a message that is too long", () => {
        const frames = new Frames(() => undefined);
        frames.write(`Content-Length: ${LONGEST_MESSAGE * 10}\r\n\r\n`);
        for (let count = 0; count < 200; count++) {
            frames.write(Buffer.alloc(100_000, "x"));
        }
        assert.ok(JSON.stringify(Reflect.get(frames, "header")).length < 20_000);
        assert.equal(frames.readableLength, 0);
    });
});
