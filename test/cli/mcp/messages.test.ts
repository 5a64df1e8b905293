import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { serve } from "../../../cli/mcp";

interface Answer {
    jsonrpc: string;
    id: number | string | null;
    result?: Record<string, unknown>;
    error?: { code: number; message: string };
}

/** What the server answers to lines, in whatever order. */
async function answers(...lines: unknown[]): Promise<Answer[]> {
    let text = "";
    const input = Readable.from(lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`));
    await serve(input, { write: (more) => (text += more) }, "1.2.3");
    return text
        .trim()
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Answer);
}

const request = (id: unknown, method: unknown, params?: unknown) => ({ jsonrpc: "2.0", id, method, params });
const hello = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "x", version: "1" } };

describe("the messages of gcp-invoke mcp", () => {
    it("that are requests are answered by their id", async () => {
        const [first, second, third] = await answers(
            request(1, "initialize", hello),
            request("two", "ping"),
            request(3, "tools/list", {}),
        );
        assert.equal(first?.result?.["protocolVersion"], "2025-06-18");
        assert.deepEqual(second, { jsonrpc: "2.0", id: "two", result: {} });
        assert.ok(Array.isArray(third?.result?.["tools"]));
    });

    it("of another version of the protocol get the newest that this server speaks", async () => {
        for (const protocolVersion of ["1999-01-01", ""]) {
            const [answer] = await answers(request(1, "initialize", { ...hello, protocolVersion }));
            assert.equal(answer?.result?.["protocolVersion"], "2025-11-25");
        }
    });

    const refused: [what: unknown, id: number | string | null, code: number][] = [
        ["{", null, -32700],
        ["{}x", null, -32700],
        ["null", null, -32600],
        [7, null, -32600],
        ['"text"', null, -32600],
        [[], null, -32600],
        [{}, null, -32600],
        [{ id: 1, method: "ping" }, 1, -32600],
        [{ jsonrpc: "1.0", id: 1, method: "ping" }, 1, -32600],
        [{ jsonrpc: "2.0", id: 1 }, 1, -32600],
        [request(1, 7), 1, -32600],
        [request(null, "ping"), null, -32600],
        [request({}, "ping"), null, -32600],
        [request(true, "ping"), null, -32600],
        [request(1, "no/such"), 1, -32601],
        [request(1, "constructor"), 1, -32601],
        [request(1, "ping", [1]), 1, -32602],
        [request(1, "tools/list", "x"), 1, -32602],
        [request(1, "tools/list", { cursor: "x" }), 1, -32602],
        [request(1, "initialize"), 1, -32602],
        [request(1, "initialize", { protocolVersion: 7 }), 1, -32602],
        [request(1, "tools/call"), 1, -32602],
        [request(1, "tools/call", { name: "toString" }), 1, -32602],
        [request(1, "tools/call", { name: "audit", arguments: [] }), 1, -32602],
    ];
    for (const [message, id, code] of refused) {
        it(`are refused with ${code}, and the next is answered: ${typeof message === "string" ? message : JSON.stringify(message)}`, async () => {
            const got = await answers(message, request("next", "ping"));
            // Calls take their time, so that the answers come in any order.
            const [next] = got.filter((each) => each.id === "next");
            const [answer, ...others] = got.filter((each) => each.id !== "next");
            assert.deepEqual([answer?.jsonrpc, answer?.id, answer?.error?.code], ["2.0", id, code]);
            assert.notEqual(answer?.error?.message, "");
            assert.deepEqual([next, others], [{ jsonrpc: "2.0", id: "next", result: {} }, []]);
        });
    }

    it("that want no answer get none", async () => {
        const quiet = [
            { jsonrpc: "2.0", method: "notifications/initialized" },
            { jsonrpc: "2.0", method: "no/such" },
            { jsonrpc: "2.0", method: "notifications/cancelled" },
            { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 9 } },
            { jsonrpc: "2.0", id: 4, result: {} },
            { jsonrpc: "2.0", id: 4, error: { code: 1, message: "no" } },
            "",
            "   ",
        ];
        assert.deepEqual(await answers(...quiet), []);
    });

    it("that come in a batch are answered each", async () => {
        const got = await answers([request(1, "ping"), { jsonrpc: "2.0", method: "x" }, 7, request(2, "no/such")]);
        assert.deepEqual(
            got.map(({ id, error }) => [id, error?.code]),
            [
                [null, -32600],
                [1, undefined],
                [2, -32601],
            ],
        );
    });
});
