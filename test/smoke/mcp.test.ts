import assert from "node:assert/strict";
import type { HttpResponse } from "../../credentials";
import type { Attempt } from "../../smoke/attempt";
import type { Sent } from "../../smoke/probes/exchange";
import { knock, listTools } from "../../smoke/probes/mcp";

type Message = Record<string, unknown> & { id?: number; method: string };

/** How a server writes an answer to a message. */
const WRITERS: Record<string, (answer: object) => { type: string; body: string }> = {
    JSON: (answer) => ({ type: "application/json", body: JSON.stringify(answer) }),
    "a batch": (answer) => ({ type: "application/json", body: JSON.stringify([answer]) }),
    "an event": (answer) => ({
        type: "text/event-stream",
        body: `event: message\ndata: ${JSON.stringify(answer)}\n\n`,
    }),
    "an event after others": (answer) => ({
        type: "text/event-stream",
        body: `: hello\n\ndata: {"jsonrpc":"2.0","method":"notifications/message"}\n\nid: 7\ndata:${JSON.stringify(answer)}\n\n`,
    }),
    "an event in lines of its own, with CRLF": (answer) => ({
        type: "text/event-stream",
        body: `retry: 5\r\n\r\n${JSON.stringify(answer, null, 1).replaceAll(/^/gm, "data: ").replaceAll("\n", "\r\n")}\r\n\r\nda`,
    }),
};

interface Options {
    write: (answer: object) => { type: string; body: string };
    session?: string;
    pages?: string[][];
    version?: unknown;
    /** Answers in place of the server. */
    instead?: (message: Message) => Partial<HttpResponse> | Attempt | undefined;
}

/** A server of the protocol, which notes what it is sent. */
function serverOf({ write, session, pages = [["add"]], version = "2025-06-18", instead = () => undefined }: Options) {
    const seen: { method: string; headers: Record<string, string>; enough: boolean | undefined }[] = [];
    const exchange = ({ method = "GET", headers = {}, body, enough }: Sent): Promise<HttpResponse | Attempt> => {
        const message = (body === undefined ? { method } : JSON.parse(body)) as Message;
        const given = instead(message);
        const resultOf = (): object => {
            if (message.method === "initialize") {
                return { protocolVersion: version, capabilities: {}, serverInfo: { name: "s", version: "1" } };
            }
            const page = Number((message["params"] as { cursor?: string }).cursor ?? 0);
            const next = page + 1 < pages.length ? { nextCursor: String(page + 1) } : {};
            return { tools: pages[page]?.map((name) => ({ name })), ...next };
        };
        const { type, body: text } =
            message.id === undefined
                ? { type: "", body: "" }
                : write({ jsonrpc: "2.0", id: message.id, result: resultOf() });
        seen.push({ method: message.method, headers, enough: enough?.(text) });
        const ownHeaders = { "content-type": type, ...(session !== undefined && { "mcp-session-id": session }) };
        const usual = {
            status: message.id === undefined ? 202 : 200,
            headers: ownHeaders,
            body: text,
            milliseconds: 1,
        };
        return Promise.resolve(given !== undefined && "outcome" in given ? given : { ...usual, ...given });
    };
    return { seen, exchange };
}

describe("the check of an MCP server", () => {
    for (const [name, write] of Object.entries(WRITERS)) {
        for (const session of [undefined, "s-1"]) {
            for (const pages of [[[]], [["add"]], [["add", "b"], [], ["c"]]]) {
                it(`lists the tools where each answer is ${name}, ${session ? "with" : "without"} a session, on ${pages.length} pages`, async () => {
                    const { seen, exchange } = serverOf({ write, pages, ...(session !== undefined && { session }) });
                    const listed = await listTools(exchange, pages.flat());
                    assert.ok("status" in listed && listed.status === 200);
                    const { tools, protocolVersion } = JSON.parse(listed.body) as Record<string, unknown>;
                    assert.deepEqual([tools, protocolVersion], [pages.flat(), "2025-06-18"]);
                    assert.deepEqual(
                        seen.map(({ method }) => method),
                        [
                            ...["initialize", "notifications/initialized", ...pages.map(() => "tools/list")],
                            ...(session === undefined ? [] : ["DELETE"]),
                        ],
                    );
                    const [, ...later] = seen;
                    assert.ok(
                        later.every(
                            ({ headers }) =>
                                headers["mcp-session-id"] === session &&
                                headers["mcp-protocol-version"] === "2025-06-18",
                        ),
                    );
                    // What has come is enough, although the stream may stay open.
                    assert.ok(seen.every(({ enough, method }) => method === "DELETE" || enough === true));
                });
            }
        }

        it(`fails where a tool is missing, and each answer is ${name}`, async () => {
            const listed = await listTools(serverOf({ write }).exchange, ["add", "other"]);
            assert.ok("outcome" in listed && listed.outcome === "failed");
            assert.equal(listed.diagnosis?.cause, "the server lacks the tool other; it has add");
        });
    }

    const write = WRITERS["JSON"]!;
    const at = (method: string, answer: Partial<HttpResponse> | Attempt) => (message: Message) =>
        message.method === method ? answer : undefined;

    for (const method of ["initialize", "notifications/initialized", "tools/list"]) {
        for (const status of [401, 403, 404, 405, 307, 503]) {
            it(`hands on a ${status} to ${method}, which explains itself`, async () => {
                const listed = await listTools(serverOf({ write, instead: at(method, { status }) }).exchange, []);
                assert.ok("status" in listed && listed.status === status);
            });
        }

        it(`ends where no answer comes to ${method}`, async () => {
            const lost: Attempt = { outcome: "retry", got: "ECONNRESET" };
            assert.equal(await listTools(serverOf({ write, instead: at(method, lost) }).exchange, []), lost);
        });
    }

    const BROKEN: Record<string, Options> = {
        "no JSON": { write: () => ({ type: "text/html", body: "<html>hello</html>" }) },
        "an answer to another message": { write: () => write({ jsonrpc: "2.0", id: 99, result: {} }) },
        "an error": { write: () => write({ jsonrpc: "2.0", id: 1, error: { code: -32600, message: "no" } }) },
        "no version": { write, version: 7 },
        "no list of tools": { write, instead: at("tools/list", { body: '{"id": 2, "result": {"tools": 7}}' }) },
        "an event that is not whole": {
            write: (answer) => ({ type: "text/event-stream", body: `data: ${JSON.stringify(answer)}\n` }),
        },
        "pages without end": { write, pages: Array.from({ length: 200 }, () => ["x"]) },
    };
    for (const [name, options] of Object.entries(BROKEN)) {
        it(`fails at once, and says why, for ${name}`, async () => {
            const listed = await listTools(serverOf(options).exchange, []);
            assert.ok("outcome" in listed && listed.outcome === "failed" && listed.byCode === true);
            assert.match(listed.diagnosis?.cause ?? "", /^the server('s| answered| did not) /);
        });
    }

    it("sends one message only where it must be denied", async () => {
        const { seen, exchange } = serverOf({ write, instead: () => ({ status: 403 }) });
        const answer = await knock(exchange);
        assert.ok("status" in answer && answer.status === 403);
        assert.deepEqual(
            seen.map(({ method }) => method),
            ["initialize"],
        );
    });
});
