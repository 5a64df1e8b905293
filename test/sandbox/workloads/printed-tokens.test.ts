import assert from "node:assert/strict";
import { createLogs, type LogLine } from "../../../sandbox/workloads/logs";

const TOKENS = [
    `eyJhbGciOiJSUzI1NiJ9.${"a".repeat(30)}.${"b".repeat(30)}`,
    `ya29.${"c".repeat(40)}`,
    `Bearer ${"d".repeat(40)}`,
    Buffer.from(`ya29.${"e".repeat(40)}`).toString("base64"),
    `1//${"f".repeat(40)}`,
    `AIza${"g".repeat(35)}`,
];
const BODY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";
const KEY = `-----BEGIN PRIVATE KEY-----\n${BODY}\n${BODY}\n-----END PRIVATE KEY-----`;

/** What is kept and what listeners get of what a workload prints in these pieces. */
function printed(...pieces: string[]): { kept: LogLine[]; heard: LogLine[] } {
    const logs = createLogs(() => 0);
    const heard: LogLine[] = [];
    logs.onLine((line) => heard.push(line));
    for (const stream of ["stdout", "stderr"] as const) {
        const print = logs.printers("orders")[stream];
        pieces.forEach((piece) => print(piece));
        print.end();
    }
    return { kept: logs.list(), heard };
}

describe("what a workload prints", () => {
    it("is kept and heard without tokens, also if a token comes in pieces or without the end of a line", () => {
        for (const token of TOKENS) {
            const [first, second] = [token.slice(0, 12), token.slice(12)];
            for (const pieces of [
                [`with ${token} in it\n`],
                [`with ${first}`, `${second} in it\n`],
                [`with ${token}`],
            ]) {
                const { kept, heard } = printed(...pieces);
                assert.deepEqual(kept, heard);
                assert.equal(kept.length, 2);
                for (const { text } of kept) {
                    assert.ok(text.startsWith("with ") && /\[(token|key)\]/.test(text), text);
                    assert.ok(!text.includes(token.slice(8, 40)), text);
                }
            }
        }
    });

    it("is kept without a private key that has many lines, and with what is before and after it", () => {
        for (const pieces of [
            [`a\n${KEY}\nb\n`],
            `a\n${KEY}\nb`.split(/(?<=\n)/),
            [`a\nkey: ${JSON.stringify(KEY)}\nb\n`],
        ]) {
            const texts = printed(...pieces).kept.map(({ text }) => text);
            assert.doesNotMatch(texts.join("\n"), /MIIEv/);
            assert.match(texts.join("\n"), /\[private key\]/);
            assert.deepEqual([texts[0], texts.at(-1)], ["a", "b"]);
        }
    });

    it("is kept as it is if it holds none", () => {
        const text = "order 5 of the bearer of news costs 1/2";
        assert.deepEqual(
            printed(`${text}\n`).kept.map((line) => line.text),
            [text, text],
        );
    });
});
