import assert from "node:assert/strict";
import fc from "fast-check";
import type { HttpResponse } from "../../credentials";
import type { AgentRequest } from "../../smoke";
import type { Attempt } from "../../smoke/attempt";
import { askAgent } from "../../smoke/probes/agent";
import type { Sent } from "../../smoke/probes/exchange";

const ROOT = "https://buyer-abc-ew.a.run.app";
const OTHER = "https://buyer-123456789012.europe-west1.run.app";
const roots = [ROOT, OTHER];
const skills = [{ id: "buy" }, { id: "sell" }];

/** How each version of the protocol writes URLs into a card. */
const CARDS: Record<string, (...urls: string[]) => object> = {
    "0.2": (url) => ({ url, skills }),
    "0.3": (url, ...more) => ({
        ...{ protocolVersion: "0.3.0", url, preferredTransport: "JSONRPC", skills },
        additionalInterfaces: more.map((each) => ({ url: each, transport: "HTTP+JSON" })),
    }),
    "1.0": (...urls) => ({
        supportedInterfaces: urls.map((url) => ({ url, protocolBinding: "JSONRPC", protocolVersion: "1.0" })),
        skills,
    }),
    "1.0 that older clients read too": (url, ...more) => ({
        ...{ url, skills, protocolVersion: "0.3.0" },
        supportedInterfaces: more.map((each) => ({ url: each, protocolBinding: "GRPC", protocolVersion: "1.0" })),
    }),
};

interface Message {
    method: string;
    params: { message: { messageId: string; role: string; parts: object[] } };
}

/** An agent that notes what it is sent. */
function agentOf(card: unknown, answer: Partial<HttpResponse> | Attempt = {}) {
    const sent: Sent[] = [];
    const whole = { status: 200, headers: {}, milliseconds: 1 };
    const exchange = (request: Sent): Promise<HttpResponse | Attempt> => {
        sent.push(request);
        if (request.body === undefined) {
            return Promise.resolve({ ...whole, body: typeof card === "string" ? card : JSON.stringify(card) });
        }
        const result = { kind: "task", id: "t", status: { state: "completed" } };
        const body = JSON.stringify({ jsonrpc: "2.0", id: 1, result });
        return Promise.resolve("outcome" in answer ? answer : { ...whole, body, ...answer });
    };
    const ask = (request: Partial<AgentRequest> = {}) => askAgent(exchange, { roots, skills: [], ...request });
    return { sent, ask };
}

function failure(answer: HttpResponse | Attempt): { code: string; cause: string } {
    assert.ok("outcome" in answer && answer.outcome === "failed" && answer.byCode === true, JSON.stringify(answer));
    return { code: answer.diagnosis?.code ?? "", cause: answer.diagnosis?.cause ?? "" };
}

describe("the check of an agent", () => {
    const own = fc.constantFrom(
        ROOT,
        `${ROOT}/a2a`,
        `${OTHER}/`,
        `${OTHER}/v1?x=1`,
        "https://next---buyer-abc-ew.a.run.app/",
    );
    const foreign = fc.constantFrom(
        ...["https://evil.example.com/", "http://buyer-abc-ew.a.run.app/", "https://buyer-abc-ew.a.run.app.evil.com"],
        ...["https://buyer-abc-ew.a.run.app@evil.com/", "https://buyer-abc-ew.a.run.app:8443/", "/a2a", "", "//x"],
        ...[
            "https://stock-abc-ew.a.run.app",
            "https://xbuyer-abc-ew.a.run.app",
            "javascript:1",
            "http://localhost:9999/",
        ],
    );

    for (const [version, cardOf] of Object.entries(CARDS)) {
        it(`takes a card of version ${version} with URLs of the service alone, and sends the message to one of them`, async () => {
            await fc.assert(
                fc.asyncProperty(fc.array(own, { minLength: 1, maxLength: 3 }), async (urls) => {
                    const { ask, sent } = agentOf(cardOf(...urls));
                    const answer = await ask({ skills: ["sell"], message: "hello" });
                    assert.ok("status" in answer && answer.status === 200, JSON.stringify(answer));
                    assert.deepEqual([sent.length, sent[1]?.url], [2, urls[0]]);
                    const { method, params } = JSON.parse(sent[1]?.body ?? "") as Message;
                    const { role, parts, messageId } = params.message;
                    const old = { method: "message/send", role: "user", parts: [{ kind: "text", text: "hello" }] };
                    const now = { method: "SendMessage", role: "ROLE_USER", parts: [{ text: "hello" }] };
                    assert.deepEqual({ method, role, parts }, version === "1.0" ? now : old);
                    assert.match(messageId, /^[0-9a-f-]{36}$/);
                }),
                { numRuns: 30 },
            );
        });

        it(`refuses a card of version ${version} with one other URL among its own, and sends nothing anywhere`, async () => {
            const urls = fc.tuple(fc.array(own, { maxLength: version === "0.2" ? 0 : 2 }), foreign);
            await fc.assert(
                fc.asyncProperty(urls, async ([good, bad]) => {
                    const { ask, sent } = agentOf(cardOf(...good, bad));
                    const { code, cause } = failure(await ask({ message: "hello" }));
                    assert.equal(code, "agent-card");
                    assert.match(cause, /sends callers, and their tokens, to .*which is not the service's own URL/);
                    assert.ok(cause.includes(bad), cause);
                    assert.equal(sent.length, 1);
                }),
                { numRuns: 40 },
            );
        });
    }

    const good = CARDS["0.3"]!(ROOT);
    const WRONG: [what: string, card: unknown, request: Partial<AgentRequest>, cause: RegExp][] = [
        ["a page", "<html>hello</html>", {}, /no agent card/],
        ["a list", "[]", {}, /no agent card/],
        ["a card without a URL", { skills }, {}, /names no URL/],
        ["a card whose URL is a number", { url: 7 }, {}, /to 7, which/],
        ["a card whose interface is a text", { additionalInterfaces: ["https://evil.example.com"] }, {}, /evil/],
        ["a card without the skill", good, { skills: ["fly"] }, /lacks the skill fly; it has buy, sell/],
        [
            "a card without JSON-RPC, where a message is sent",
            { url: ROOT, preferredTransport: "GRPC" },
            { message: "hello" },
            /no interface for JSONRPC/,
        ],
    ];
    for (const [what, card, request, cause] of WRONG) {
        it(`fails at once for ${what}`, async () => {
            const found = failure(await agentOf(card).ask(request));
            assert.equal(found.code, "agent-card");
            assert.match(found.cause, cause);
        });
    }

    it("reads the card alone if there is no message", async () => {
        const { ask, sent } = agentOf(good);
        assert.ok("status" in (await ask()));
        assert.deepEqual([sent.length, sent[0]?.body, sent[0]?.url], [1, undefined, undefined]);
    });

    const STATES: [result: object, passes: boolean][] = [
        [{ kind: "message", role: "agent", parts: [] }, true],
        [{ message: { role: "ROLE_AGENT", parts: [] } }, true],
        ...[
            "completed",
            "working",
            "submitted",
            "input-required",
            "auth-required",
            "failed",
            "rejected",
            "canceled",
        ].flatMap((state): [object, boolean][] => {
            const passes = !/failed|rejected|canceled/.test(state);
            const newer = `TASK_STATE_${state.toUpperCase().replace("-", "_")}`;
            return [
                [{ kind: "task", id: "t", status: { state } }, passes],
                [{ task: { id: "t", status: { state: newer } } }, passes],
            ];
        }),
    ];
    for (const [result, passes] of STATES) {
        it(`${passes ? "passes" : "fails"} where the agent answers ${JSON.stringify(result)}`, async () => {
            const body = JSON.stringify({ jsonrpc: "2.0", id: 1, result });
            const answer = await agentOf(good, { body }).ask({ message: "hello" });
            if (passes) {
                assert.ok("status" in answer && answer.body === JSON.stringify(result));
            } else {
                assert.equal(failure(answer).code, "agent-message");
            }
        });
    }

    it("fails where the agent answers with an error, or not as the protocol says", async () => {
        for (const [body, cause] of [
            ['{"jsonrpc": "2.0", "id": 1, "error": {"code": -32601, "message": "no"}}', /the error -32601: no/],
            ['{"jsonrpc": "2.0", "id": 1}', /has no result/],
            ["hello", /has no result/],
        ] as const) {
            const { code, cause: found } = failure(await agentOf(good, { body }).ask({ message: "hello" }));
            assert.equal(code, "agent-message");
            assert.match(found, cause);
        }
    });

    it("hands on what refuses the message, and how a request was lost", async () => {
        for (const status of [401, 403, 404, 500, 503]) {
            const answer = await agentOf(good, { status, body: "" }).ask({ message: "hello" });
            assert.ok("status" in answer && answer.status === status);
        }
        const lost: Attempt = { outcome: "retry", got: "ECONNRESET" };
        assert.equal(await agentOf(good, lost).ask({ message: "hello" }), lost);
    });
});
