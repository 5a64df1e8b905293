import * as assert from "node:assert/strict";
import type { HttpAnswer } from "../../../../workflow";
import { json, run, World } from "../world";

/** Calls `http.post` (or another) with some arguments, and gives what was sent and what the step got or raised. */
async function send(args: string, answer: HttpAnswer = json({}), name = "http.post") {
    const world = new World(() => answer);
    const { result } = await run(
        `- a:\n    try: {call: ${name}, args: {url: 'https://x.example/p?q=1', ${args}}, result: r}\n    except: {as: e, steps: [{b: {return: '\${e}'}}]}\n- c: {return: '\${r}'}\n`,
        { world },
    );
    const [call] = world.calls;
    const body = call?.body && Buffer.from(call.body).toString();
    return { call, body, type: call?.headers["Content-Type"], result, tags: (result as { tags?: string[] }).tags };
}

const answerOf = (type: string, body: string | Uint8Array, status = 200): HttpAnswer => ({
    status,
    headers: { "content-type": type },
    body: Buffer.from(body),
});

describe("http requests", () => {
    /** https://cloud.google.com/workflows/docs/http-requests */
    const bodies: [args: string, type: string | undefined, body: string | undefined, tag?: string][] = [
        ["body: {a: 1}", "application/json; charset=utf-8", '{"a":1}'],
        ["body: text", "application/json; charset=utf-8", '"text"'],
        ["body: '${text.encode(\"hé\")}'", "application/octet-stream", "hé"],
        ["headers: {Content-Type: application/json}, body: {a: [1]}", "application/json", '{"a":[1]}'],
        ["headers: {Content-Type: application/x+json}, body: {a: 1}", "application/x+json", '{"a":1}'],
        ["headers: {Content-Type: text/plain}, body: hi", "text/plain", "hi"],
        [
            "headers: {Content-Type: application/x-www-form-urlencoded}, body: 'a=1&b=2'",
            "application/x-www-form-urlencoded",
            "a=1&b=2",
        ],
        ["timeout: 10", undefined, undefined],
        ["headers: {Content-Type: text/plain}, body: {a: 1}", undefined, undefined, "TypeError"],
        ["headers: {Content-Type: application/xml}, body: {a: 1}", undefined, undefined, "TypeError"],
    ];
    for (const [args, type, body, tag] of bodies) {
        it(`with ${args} ${tag === undefined ? "are sent as documented" : `raise ${tag}`}`, async () => {
            const sent = await send(args);
            assert.deepEqual([sent.type, sent.body, sent.tags], [type, body, tag === undefined ? undefined : [tag]]);
        });
    }

    it("add query parameters to those of the URL, lists repeated, and take nothing but scalars", async () => {
        const { call } = await send('query: {a: "x y&", b: [1, true], c: 1.5}');
        assert.equal(call?.url, "https://x.example/p?q=1&a=x%20y%26&b=1&b=true&c=1.5");
        for (const wrong of ["{a: null}", "{a: {b: 1}}", "{a: [[1]]}", "[1]"]) {
            assert.deepEqual((await send(`query: ${wrong}`)).tags, ["TypeError"], wrong);
        }
    });

    it("name Workflows as the user agent, after the step's own", async () => {
        const agent = "GoogleCloudWorkflows; (+https://cloud.google.com/workflows/docs)";
        assert.equal((await send("body: 1")).call?.headers["User-Agent"], agent);
        assert.equal((await send("headers: {user-agent: me}")).call?.headers["user-agent"], `me ${agent}`);
    });

    it("ask for the credential that auth names, by default for the URL itself and for cloud-platform", async () => {
        assert.deepEqual((await send("auth: {type: OIDC}")).call?.auth, {
            type: "OIDC",
            audience: "https://x.example/p?q=1",
        });
        assert.deepEqual((await send("auth: {type: OIDC, audience: a}")).call?.auth, { type: "OIDC", audience: "a" });
        assert.equal((await send("body: 1")).call?.auth, undefined);
        const own = "headers: {AUTHORIZATION: Bearer x, X-Serverless-Authorization: Bearer y}";
        const names = async (args: string) => Object.keys((await send(args)).call?.headers ?? {}).sort();
        assert.deepEqual(await names(own), ["AUTHORIZATION", "User-Agent", "X-Serverless-Authorization"]);
        assert.deepEqual(await names(`auth: {type: OIDC}, ${own}`), ["User-Agent", "X-Serverless-Authorization"]);
        for (const wrong of ["{type: OAuth2}", "{type: Basic}", "{type: OIDC, scopes: a}", "{audience: a}"]) {
            assert.deepEqual((await send(`auth: ${wrong}`)).tags, ["ValueError"], wrong);
        }
        const google = async (auth: string) => {
            const world = new World(() => json({}));
            await run(`- a: {call: http.get, args: {url: 'https://run.googleapis.com/', auth: ${auth}}}\n`, { world });
            return world.calls[0]?.auth;
        };
        const cloudPlatform = ["https://www.googleapis.com/auth/cloud-platform"];
        assert.deepEqual(await google("{type: OAuth2}"), { type: "OAuth2", scopes: cloudPlatform });
        assert.deepEqual(await google("{type: OAuth2, scope: a}"), { type: "OAuth2", scopes: ["a"] });
        assert.deepEqual(await google("{type: OAuth2, scopes: 'a, b c'}"), { type: "OAuth2", scopes: ["a", "b", "c"] });
        assert.equal(await google("{type: OAuth2, scope: a, scopes: b}"), undefined);
    });

    it("know the documented methods, in any case, and wait half an hour at most", async () => {
        assert.equal((await send("method: options", json({}), "http.request")).call?.method, "OPTIONS");
        assert.deepEqual((await send("method: FETCH", json({}), "http.request")).tags, ["ValueError"]);
        assert.equal((await send("timeout: 1800")).call?.timeoutSeconds, 1800);
        for (const wrong of ["1801", "0", "-1"]) {
            assert.deepEqual((await send(`timeout: ${wrong}`)).tags, ["ValueError"], wrong);
        }
    });
});

describe("answers to http requests", () => {
    const read: [what: string, answer: HttpAnswer, body: unknown][] = [
        [
            "JSON is decoded",
            answerOf("application/json; charset=utf-8", '{"n": 9007199254740993}'),
            { n: 9007199254740993n },
        ],
        ["JSON of a kind is decoded", answerOf("application/problem+json", "[1]"), [1]],
        ["nothing is null where JSON is announced", answerOf("application/json", ""), null],
        ["text stays text", answerOf("text/html", "<p>é</p>"), "<p>é</p>"],
        ["what has no type is text", { status: 200, headers: {}, body: Buffer.from("x") }, "x"],
        ["pictures are bytes", answerOf("image/png", new Uint8Array([1, 255])), new Uint8Array([1, 255])],
    ];
    for (const [what, answer, body] of read) {
        it(`are read by their type: ${what}`, async () => {
            const world = new World(() => answer);
            const name = body instanceof Uint8Array ? "${base64.encode(r.body)}" : "${r.body}";
            const { result } = await run(
                `- a: {call: http.get, args: {url: 'https://x.example/'}, result: r}\n- b: {return: '${name}'}\n`,
                { world },
            );
            assert.deepEqual(result, body instanceof Uint8Array ? Buffer.from(body).toString("base64") : body);
        });
    }

    it("raise HttpError from 400 on, with all that came, and not before", async () => {
        const { result } = await send("body: 1", answerOf("application/json", '{"why": "no"}', 404));
        assert.deepEqual(result, {
            body: { why: "no" },
            code: 404,
            headers: { "Content-Type": "application/json" },
            message: "HTTP server responded with error code 404",
            tags: ["HttpError"],
        });
        for (const status of [204, 302, 399]) {
            const { result: fine } = await send("body: 1", answerOf("text/plain", "x", status));
            assert.equal((fine as { code: number }).code, status);
        }
    });

    it("raise ResponseTypeError for what is no JSON, and end the execution beyond two megabytes", async () => {
        assert.deepEqual((await send("body: 1", answerOf("application/json", "{"))).tags, ["ResponseTypeError"]);
        const world = new World(() => answerOf("text/plain", "x".repeat(2 * 1024 * 1024 + 1)));
        const { payload } = await run("- a: {call: http.get, args: {url: 'https://x.example/'}}\n", { world });
        assert.match(JSON.stringify(payload), /more than the 2097152.*ResourceLimitError/);
    });
});
