import { strict as assert } from "node:assert";
import { injectAuth, parseWorkflow, runWorkflow, validateWorkflow } from "../../../workflow";

/** `line:column rule` of everything there is to tell. */
const problems = (source: string, maxBytes?: number): string[] =>
    validateWorkflow(parseWorkflow(source, { file: "w.yaml", ...(maxBytes !== undefined && { maxBytes }) })).map(
        ({ span, rule }) => `${span.start.line}:${span.start.column} ${rule}`,
    );
const resultOf = async (source: string): Promise<unknown> => (await runWorkflow(source)).result;
const returning = (value: string): string => `- r:\n    return: ${value}\n`;

describe("YAML that is rarely written", () => {
    it("may begin with a byte order mark, and places stay", async () => {
        assert.equal(await resultOf(`\ufeff${returning("1")}`), 1);
        assert.deepEqual(problems("\ufeff- r: {return: 1}\n- s: {return: '${x}'}\n"), ["2:18 undefined-variable"]);
    });

    it("may have lines that end in CRLF", async () => {
        assert.equal(await resultOf("- r:\r\n    return: |\r\n      a\r\n      b\r\n"), "a\nb\n");
    });

    it("may not hold a second document", () => {
        assert.deepEqual(problems(`---\n${returning("1")}...\n`), []);
        assert.deepEqual(problems(`${returning("1")}---\n${returning("2")}`), ["3:1 syntax"]);
    });

    it("may be indented by tabs only where it is JSON", async () => {
        assert.equal(await resultOf('{\n\t"main": {\n\t\t"steps": [\n\t\t\t{"r": {"return": 1}}\n\t\t]\n\t}\n}'), 1);
        assert.equal(problems("- r:\n\treturn: 1\n")[0], "2:1 syntax");
    });

    it("may name a key once only", () => {
        assert.deepEqual(problems("- r:\n    return: 1\n    return: 2\n"), ["3:5 duplicate-key"]);
    });

    it("reads words and numbers of YAML 1.1 as YAML 1.2 does, and says so", async () => {
        for (const [text, value] of [
            ["yes", "yes"],
            ["Off", "Off"],
            ["017", 17],
            ["1_000", "1_000"],
            ["12:30:45", "12:30:45"],
            ["2001-01-01", "2001-01-01"],
        ] as const) {
            assert.equal(await resultOf(returning(text)), value, text);
            assert.deepEqual(problems(returning(text)), ["2:13 ambiguous-scalar"], text);
            assert.deepEqual(problems(returning(`"${text}"`)), [], text);
        }
        for (const text of ["True", "FALSE", "~", "0x1F", "0o17", "-1", "1e3", "10", "0", "no way"]) {
            assert.deepEqual(problems(returning(text)), [], text);
        }
    });

    it("has the tags of JSON's types, and refuses others", async () => {
        assert.deepEqual(await resultOf(returning('[!!str 1, !!int "3", !!float "1.5", !!bool "true", !!null ""]')), [
            "1",
            3,
            1.5,
            true,
            null,
        ]);
        for (const text of ["!local 1", "!!set {a, b}", "!!omap [a: 1]", "!!pairs [a: 1]"]) {
            assert.deepEqual(problems(returning(text)).slice(0, 1).join().split(" ").at(-1), "shape", text);
        }
    });

    it("merges maps by <<, what stands in the map itself first", async () => {
        const shared = "- a:\n    assign:\n      - x: &m {k: 1, l: 2}\n";
        assert.deepEqual(await resultOf(`${shared}- r:\n    return: {<<: *m, l: 3}\n`), { k: 1, l: 3 });
        assert.deepEqual(await resultOf(`${shared}- r:\n    return: {l: 3, <<: [*m, {n: 4}]}\n`), { k: 1, l: 3, n: 4 });
        assert.deepEqual(await resultOf(returning('{"<<": 1}')), { "<<": 1 });
        assert.deepEqual(problems(returning("{<<: 1}")), ["2:14 shape"]);
    });

    it("takes an alias for the last anchor of its name before it, wherever a value, a name or a key may stand", async () => {
        const source = `
- set: {assign: [a: &x [1], b: &y {k: *x}, c: &x {w: *y}, d: *x, &key e: &name f]}
- f: {assign: [*name : 5, *key : 6]}
- g: &body {call: &callee sys.log, args: {text: *name}}
- h: *body
- i: {call: *callee, args: [*key]}
- r: {return: ["\${d}", "\${e + f}"]}
`;
        assert.deepEqual(problems(source), []);
        const { result, logs } = await runWorkflow(source);
        assert.deepEqual(result, [{ w: { k: [1] } }, 11]);
        assert.deepEqual(
            logs.map(({ payload }) => payload),
            [{ text: "f" }, { text: "f" }, { text: "e" }],
        );
    });

    it("is refused where an alias has no anchor before it, which is no null", () => {
        assert.deepEqual(problems(returning("*nope")), ["2:13 syntax"]);
        assert.deepEqual(problems("- r: {return: [*late, &late 1]}\n"), ["1:16 syntax"]);
    });

    it("gets generated auth once where steps share their call by an anchor", () => {
        const url = "https://orders-abc.a.run.app";
        const source = `- a: &call\n    call: http.get\n    args:\n      url: ${url}/x\n- b:\n    <<: *call\n    result: r\n`;
        const injected = injectAuth(parseWorkflow(source, { file: "w.yaml" }), {
            targets: [{ name: "orders", kind: "run", url }],
        });
        assert.equal(injected.source.split("type: OIDC").length - 1, 1);
        assert.deepEqual(problems(injected.source), []);
    });

    for (const [what, source] of [
        ["lists", returning(`${"[".repeat(900)}${"]".repeat(900)}`)],
        ["lists within the YAML reader's reach", returning(`${"[".repeat(300)}${"]".repeat(300)}`)],
        [
            "steps",
            Array.from({ length: 300 }, (_, i) => `${"    ".repeat(i)}- a:\n${"    ".repeat(i)}    steps:\n`).join(""),
        ],
        ["parentheses", returning(`'\${${"(".repeat(5000)}1${")".repeat(5000)}}'`)],
        ["signs", returning(`'\${${"-".repeat(50_000)}1}'`)],
        ["operators", returning(`'\${${"1+".repeat(50_000)}1}'`)],
        ["members", returning(`'\${a${".b".repeat(50_000)}}'`)],
        ["calls", returning(`'\${${"len(".repeat(5000)}1${")".repeat(5000)}}'`)],
    ] as const) {
        it(`is refused, not fallen over, where ${what} are nested too deep`, () => {
            assert.match(problems(source, Infinity).join(), /syntax|expression/);
        });
    }

    it("takes a program as large as a deploy takes, and refuses a larger one", () => {
        const step = (index: number): string => `- step${index}:\n    assign:\n      - x${index}: \${${index} + 1}\n`;
        const large = (bytes: number): string => {
            let text = "";
            for (let index = 0; text.length < bytes; index++) {
                text += step(index);
            }
            return text;
        };
        assert.deepEqual(problems(large(128 * 1024 - 100)), []);
        assert.deepEqual(problems(large(128 * 1024 + 1)), ["1:1 limit"]);
    });
});
