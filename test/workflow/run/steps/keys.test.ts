import * as assert from "node:assert/strict";
import fc from "fast-check";
import { parseWorkflow, validateWorkflow } from "../../../../workflow";
import { run, World } from "../world";

/** A value as the source has it, and what it is in a run. */
interface Pair {
    source: unknown;
    value: unknown;
}

const VARIABLES = { a: "first", b: "second", c: "first" };
const key = fc.oneof(
    fc.constantFrom("a", "x", "Accept").map((text) => ({ source: text, value: text })),
    fc.constantFrom("a", "b", "c" as const).map((name) => ({ source: `\${${name}}`, value: VARIABLES[name] })),
    fc
        .constantFrom("a", "b")
        .map((name) => ({ source: ` \${${name} + "-" + ${name}} `, value: `${VARIABLES[name]}-${VARIABLES[name]}` })),
    // A call makes a run wait, so that this key and all of its map are computed another way.
    fc.constant({ source: '${same("called")}', value: "called" }),
);

const { pair } = fc.letrec<{ pair: Pair }>((tie) => ({
    pair: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(1, "text", true, null).map((each): Pair => ({ source: each, value: each })),
        fc.constant<Pair>({ source: "${same(b)}", value: "second" }),
        fc.array(tie("pair"), { maxLength: 3 }).map((items): Pair => ({
            source: items.map(({ source }) => source),
            value: items.map(({ value }) => value),
        })),
        fc
            .uniqueArray(fc.tuple(key, tie("pair")), { maxLength: 4, selector: ([{ source }]) => source })
            .map((entries): Pair => ({
                source: Object.fromEntries(entries.map(([name, { source }]) => [name.source, source])),
                value: Object.fromEntries(entries.map(([name, { value }]) => [name.value, value])),
            })),
    ),
}));

const same = { params: ["x"], steps: [{ back: { return: "${x}" } }] };
const program = (...steps: unknown[]): string =>
    JSON.stringify({
        main: {
            params: ["p"],
            steps: [
                { init: { assign: Object.entries(VARIABLES).map(([name, each]) => ({ [name]: each })) } },
                ...steps,
            ],
        },
        same,
    });

/** Each place where a value can be written, with what a run has there. */
const PLACES: Readonly<Record<string, (source: unknown) => Promise<unknown>>> = {
    return: async (source) => (await run(program({ r: { return: source } }))).result,
    assign: async (source) =>
        (await run(program({ s: { assign: [{ m: source }] } }, { r: { return: "${m}" } }))).result,
    raise: async (source) =>
        (
            await run(
                program({
                    t: {
                        try: { raise: { held: source } },
                        except: { as: "e", steps: [{ r: { return: "${e.held}" } }] },
                    },
                }),
            )
        ).result,
    body: async (source) => bodyOf("http.post", { url: "https://x.example/", body: { held: source } }),
    connector: async (source) =>
        bodyOf("googleapis.pubsub.v1.projects.topics.publish", {
            topic: "projects/p/topics/t",
            body: { held: source },
        }),
    "args of a subworkflow": async (source) =>
        (await run(program({ s: { call: "same", args: { x: source }, result: "r" } }, { r: { return: "${r}" } })))
            .result,
    "items of a loop": async (source) =>
        (await run(program({ l: { for: { value: "v", in: [source], steps: [{ r: { return: "${v}" } }] } } }))).result,
};

async function bodyOf(callee: string, args: unknown): Promise<unknown> {
    const world = new World();
    await run(program({ s: { call: callee, args } }), { world });
    return (JSON.parse(Buffer.from(world.calls[0]?.body ?? "").toString()) as { held: unknown }).held;
}

describe("keys of maps that are expressions", () => {
    for (const [place, found] of Object.entries(PLACES)) {
        it(`are computed wherever a map is written: ${place}`, async () => {
            await fc.assert(
                fc.asyncProperty(pair, async ({ source, value }) => {
                    assert.deepEqual(await found(source), value);
                }),
                { numRuns: 40 },
            );
        });
    }

    it("are computed in YAML, as the page of maps writes them, in blocks and in braces", async () => {
        const { result } = await run(
            [
                "- a:",
                "    assign:",
                "      - dynamicKey: MiddleName",
                "      - myMap:",
                "          FirstName: John",
                "          ${dynamicKey}: Apple",
                '          inner: {"${dynamicKey}": 1, \'${dynamicKey + "s"}\': 2}',
                "- b: {return: '${myMap}'}",
            ].join("\n"),
        );
        assert.deepEqual(result, { FirstName: "John", MiddleName: "Apple", inner: { MiddleName: 1, MiddleNames: 2 } });
    });

    it("are computed for headers and query parameters", async () => {
        const world = new World();
        const args = { url: "https://x.example/", headers: { '${"X-" + a}': "1" }, query: { "${a}": "2" } };
        await run(program({ s: { call: "http.get", args } }), { world });
        assert.deepEqual(
            [world.calls[0]?.headers["X-first"], world.calls[0]?.url],
            ["1", "https://x.example/?first=2"],
        );
    });

    it("may name the arguments of a call", async () => {
        const { result } = await run(
            program({ s: { call: "same", args: { '${"x"}': 5 }, result: "r" } }, { r: { return: "${r}" } }),
        );
        assert.equal(result, 5);
    });

    it("must be strings in a run; other texts with an expression inside stay as they are", async () => {
        const failed = await run(program({ r: { return: { "${1 + 1}": 1 } } }));
        assert.deepEqual((failed.payload as { tags: string[] }).tags, ["TypeError"]);
        assert.deepEqual((await run(program({ r: { return: { "a ${a}": 1 } } }))).result, { "a ${a}": 1 });
    });

    it("are checked as other expressions are", () => {
        const rules = (name: string): string[] =>
            validateWorkflow(parseWorkflow(program({ r: { return: { n: [{ [name]: 1 }] } } }), { file: "w.json" })).map(
                ({ rule }) => rule,
            );
        assert.deepEqual(rules("${a}"), []);
        assert.deepEqual(rules("${missing}"), ["undefined-variable"]);
        assert.deepEqual(rules("${a +}"), ["expression"]);
        assert.deepEqual(rules("${http.get(a)}"), ["blocking-call"]);
        assert.deepEqual(rules("x ${a}"), ["interpolation"]);
        assert.deepEqual(rules(`\${"${"x".repeat(400)}"}`), ["limit"]);
    });
});
