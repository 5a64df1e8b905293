import assert from "node:assert/strict";
import fc from "fast-check";
import { auditFile, injectFile } from "../../../../workflow/auth";

const run = "https://a-abcdefghij-uc.a.run.app";
const oidc = `auth: {type: OIDC, audience: ${run}}`;

/** A workflow that calls Cloud Run with these headers, after these steps. */
function workflow(headers: string, steps: string[], auth: boolean, more = ""): string {
    const args = [`url: ${run}/x`, ...(auth ? [oidc] : []), `headers: ${headers}`];
    const call = `- ask:\n      call: http.get\n      args:\n${args.map((each) => `        ${each}\n`).join("")}`;
    const lines = [...steps, call].map((step) => `  ${step}\n`).join("");
    return `main:\n  params: [args]\n  steps:\n${lines}${more}`;
}

const assign = (...entries: string[]): string => `- set: {assign: [${entries.map((each) => `{${each}}`).join(", ")}]}`;

/** The ways in which a header of a name comes into a call: the headers, the steps before, and subworkflows. */
const ways: Record<string, (name: string) => [headers: string, steps: string[], more?: string]> = {
    "in the call": (name) => [`{${name}: "\${args.t}"}`, []],
    "in quotes": (name) => [`{X-A: b, "${name}": "\${args.t}"}`, []],
    "in an expression": (name) => [`'\${{"${name}": args.t}}'`, []],
    "in a variable": (name) => ["${h}", [assign(`h: {${name}: "\${args.t}"}`)]],
    "by a field, in quotes": (name) => ["${h}", [assign("h: {}", `'h["${name}"]': "\${args.t}"`)]],
    "by a key in a variable": (name) => ["${h}", [assign("h: {}", `k: ${name}`, `'h[k]': "\${args.t}"`)]],
    "by a key that is put together": (name) => [
        "${h}",
        [assign("h: {}", `'h["${name.slice(0, 2)}" + "${name.slice(2)}"]': "\${args.t}"`)],
    ],
    "by map.merge": (name) => [`'\${map.merge({"X-A": "b"}, {"${name}": args.t})}'`, []],
    "under what map.merge adds": (name) => [`'\${map.merge({"${name}": args.t}, {"X-A": "b"})}'`, []],
    "by <<": (name) => ["{<<: *h, X-A: b}", [assign(`base: &h {${name}: "\${args.t}"}`)]],
    "by an alias": (name) => ["*h", [assign(`base: &h {${name}: "\${args.t}"}`)]],
    "by what a subworkflow returns": (name) => [
        "${h}",
        ["- make: {call: make, args: {t: '${args.t}'}, result: h}"],
        `make:\n  params: [t]\n  steps:\n  - done: {return: {${name}: "\${t}"}}\n`,
    ],
    "by a subworkflow within an expression": (name) => [
        "${make(args.t)}",
        [],
        `make:\n  params: [t]\n  steps:\n  - done: {return: {${name}: "\${t}"}}\n`,
    ],
    "by a part of a map": (name) => ["${c.headers}", [assign(`c: {headers: {${name}: "\${args.t}"}}`)]],
    "on one of two ways": (name) => [
        "${h}",
        [
            assign("h: {X-A: b}"),
            `- which: {switch: [{condition: "\${args.c}", steps: [{add: {assign: [{'h["${name}"]': "\${args.t}"}]}}]}]}`,
        ],
    ],
};

const dynamic: Record<string, [headers: string, steps: string[]]> = {
    "of the caller": ["${args.headers}", []],
    "with a key of the caller": ["${h}", [assign("h: {}", "'h[args.k]': \"${args.t}\"")]],
    "with a key that begins with X-": ["${h}", [assign("h: {}", '\'h["X-" + args.k]\': "${args.t}"')]],
    "merged with the caller's": ['\'${map.merge({"X-A": "b"}, args.headers)}\'', []],
    "merged deeply": ['\'${map.merge_nested({"X-A": "b"}, {"Authorization": args.t})}\'', []],
    "from an answer": ["${r.body}", ["- r: {call: http.get, args: {url: https://b.example}, result: r}"]],
};

/** A name in some mixture of cases. */
const spelled = (name: string): fc.Arbitrary<string> =>
    fc
        .array(fc.boolean(), { minLength: name.length, maxLength: name.length })
        .map((upper) =>
            name.replaceAll(/./g, (letter, i: number) => (upper[i] ? letter.toUpperCase() : letter.toLowerCase())),
        );

function causesIn(source: string): string[] {
    const { findings, diagnostics } = auditFile(source, "w.yaml");
    assert.deepEqual(
        diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
        [],
        source,
    );
    return findings.map(({ cause }) => cause);
}

describe("a credential in a header", () => {
    for (const [way, make] of Object.entries(ways)) {
        it(`is seen ${way}, in any case, alone and beside auth`, () => {
            const names = fc.constantFrom("Authorization", "X-Serverless-Authorization").chain(spelled);
            fc.assert(
                fc.property(names, (name) => {
                    const beside = /^x/i.test(name) ? "double-auth/serverless" : "double-auth/run";
                    const [headers, steps, more] = make(name);
                    assert.deepEqual(causesIn(workflow(headers, steps, true, more)), [beside], name);
                    const alone = workflow(headers, steps, false, more);
                    assert.ok(causesIn(alone).includes("manual-bearer/caller"), alone);
                    assert.equal(injectFile(alone, "w.yaml").text, alone);
                    const other = make("X-Other");
                    assert.deepEqual(causesIn(workflow(other[0], other[1], true, other[2])), []);
                    assert.deepEqual(causesIn(workflow(other[0], other[1], false, other[2])), ["missing-auth/token"]);
                }),
                { numRuns: 10 },
            );
        });
    }

    for (const [way, [headers, steps]] of Object.entries(dynamic)) {
        it(`is not ruled out where headers are ${way}`, () => {
            assert.deepEqual(causesIn(workflow(headers, steps, true)), ["double-auth/open"]);
            const alone = workflow(headers, steps, false);
            assert.deepEqual(causesIn(alone), ["missing-auth/headers"]);
            assert.equal(injectFile(alone, "w.yaml").text, alone);
        });
    }

    /** What each way to the call does with `h`, the map of the headers, where it sets the header and where it does not. */
    const settings: [set: string, unset: string][] = [
        ["{'h.Authorization': \"${args.t}\"}", "{'h[\"X-B\"]': c}"],
        ['{h: {X-A: b, Authorization: "${args.t}"}}', "{h: {X-A: b}}"],
        ["{h: '${map.merge(h, {\"Authorization\": args.t})}'}", "{h: '${map.delete(h, \"Authorization\")}'}"],
    ];

    it("counts as sent only where every way to the call sets it, and as missing only where none does", () => {
        const each = fc.record({ isSet: fc.boolean(), setting: fc.constantFrom(...settings) });
        fc.assert(
            fc.property(each, fc.array(each, { maxLength: 3 }), (otherwise, cases) => {
                const make = ({ isSet: sets, setting: [set, unset] }: typeof otherwise): string =>
                    `assign: [{h: {X-A: b}}, ${sets ? set : unset}]`;
                const branches = cases.map(
                    (branch, index) => `{condition: "\${args.c == ${index}}", steps: [{s${index}: {${make(branch)}}}]}`,
                );
                const choice = branches.length === 0 ? [] : [`- which: {switch: [${branches.join(", ")}]}`];
                const source = workflow("${h}", [`- first: {${make(otherwise)}}`, ...choice], false);
                const missing = causesIn(source).filter((cause) => cause.startsWith("missing-auth/"));
                const isSet = new Set([otherwise, ...cases].map((way) => way.isSet));
                const expected = !isSet.has(true)
                    ? "missing-auth/token"
                    : isSet.has(false)
                      ? "missing-auth/sometimes"
                      : undefined;
                const isInjected = injectFile(source, "w.yaml").text !== source;
                assert.deepEqual(missing, expected === undefined ? [] : [expected], source);
                assert.equal(isInjected, expected === "missing-auth/token", source);
            }),
            { numRuns: 100 },
        );
    });

    it("is one for those who read that header only", () => {
        const read: Record<string, string[]> = {
            [run]: ["Authorization", "X-Serverless-Authorization", "Proxy-Authorization"],
            "https://us-central1-p.cloudfunctions.net/fn": ["Authorization", "X-Serverless-Authorization"],
            "https://storage.googleapis.com": ["Authorization", "X-Goog-Api-Key"],
            "https://console.example": ["Authorization", "Proxy-Authorization"],
        };
        const all = [...new Set(Object.values(read).flat())];
        const targets = [{ name: "c", kind: "iap" as const, url: "https://console.example", audience: "1-a" }];
        for (const [root, readers] of Object.entries(read)) {
            for (const name of all) {
                const source = `main: {params: [args], steps: [{ask: {call: http.get, args: {url: ${root}/x, headers: {${name}: "\${args.t}"}}}}]}\n`;
                const rules = auditFile(source, "w.yaml", { targets }).findings.map(({ rule }) => rule);
                assert.equal(rules.includes("missing-auth"), !readers.includes(name), `${name} to ${root}`);
            }
        }
    });
});
