import * as assert from "node:assert/strict";
import fc from "fast-check";
import { compileWorkflow, execute, fromPlain, parseWorkflow, validateWorkflow } from "../../../workflow";
import { World } from "../run/world";

const errors = (source: string) =>
    validateWorkflow(parseWorkflow(source, { file: "w.yaml" })).filter(({ severity }) => severity === "error");

/** A read that no path assigns before, beside its nearest neighbour in which some path does. */
const pairs: [what: string, wrong: string, place: string, right: string][] = [
    [
        "a read before the assignment",
        "- a: {return: '${x}'}\n- b: {assign: [x: 1]}\n",
        "1:18",
        "- a: {next: c}\n- b: {return: '${x}'}\n- c: {assign: [x: 1], next: b}\n",
    ],
    [
        "a variable that is made of itself",
        "- a: {assign: [x: '${x + 1}']}\n",
        "1:22",
        "- a: {assign: [x: 1, x: '${x + 1}']}\n",
    ],
    [
        "a part of a variable that was never set",
        "- a: {assign: [m.k: 1]}\n",
        "1:16",
        "- a: {assign: [m: {}, m.k: 1]}\n",
    ],
    [
        "a result read by its own call",
        "- a: {call: len, args: ['${r}'], result: r}\n",
        "1:28",
        "- a: {call: len, args: [[]], result: r}\n- b: {call: string, args: ['${r}'], result: r}\n",
    ],
    [
        "a read in the other case of a switch",
        "- a:\n    switch:\n      - condition: '${sys.now() > 0}'\n        assign: [x: 1]\n      - condition: true\n        return: '${x}'\n",
        "6:20",
        "- a:\n    switch:\n      - condition: '${sys.now() > 0}'\n        assign: [x: 1]\n- b: {return: '${x}'}\n",
    ],
    [
        "a read before a loop whose later turn assigns",
        "- a: {assign: [y: '${x}']}\n- b: {for: {value: v, in: [1], steps: [{c: {return: 1}}]}}\n- d: {assign: [x: 1]}\n",
        "1:22",
        "- b:\n    for:\n      value: v\n      in: [1, 2]\n      steps:\n        - c: {switch: [{condition: '${v > 1}', return: '${x}'}]}\n        - d: {assign: [x: 1]}\n",
    ],
    [
        "a read in except of what only comes after",
        "- a:\n    try: {call: sys.now}\n    except: {steps: [{b: {return: '${r}'}}]}\n- c: {assign: [r: 1]}\n",
        "3:38",
        "- a:\n    try: {steps: [{s: {assign: [r: 1]}}, {t: {call: sys.now}}]}\n    except: {steps: [{b: {return: '${r}'}}]}\n",
    ],
    [
        "a shared variable that is assigned only after the parallel step",
        "- p: {parallel: {shared: [x], branches: [{b: {assign: [x: 2]}}]}}\n- i: {assign: [x: 1]}\n",
        "1:27",
        "- i: {assign: [x: 1]}\n- p: {parallel: {shared: [x], branches: [{b: {assign: [x: 2]}}, {c: {return: '${x}'}}]}}\n",
    ],
    [
        "a read after a loop whose turns never come to the assignment",
        "- l: {for: {value: v, in: [1], steps: [{b: {next: continue}}, {c: {assign: [x: 1]}}]}}\n- d: {return: '${x}'}\n- e: {assign: [x: 2]}\n",
        "2:18",
        "- l: {for: {value: v, in: [1], steps: [{b: {assign: [x: 1], next: continue}}]}}\n- d: {return: '${x}'}\n- e: {assign: [x: 2]}\n",
    ],
    [
        "a read in the brackets of what is assigned",
        "- a: {assign: [m: {}, 'm[k]': 1]}\n- b: {assign: [k: a]}\n",
        "1:23",
        "- a: {assign: [m: {}, k: a, 'm[k]': 1]}\n",
    ],
    [
        "a read in the numbers of retry",
        "- a:\n    try: {call: sys.now}\n    retry: {predicate: '${retry.always}', max_retries: '${n}'}\n- b: {assign: [n: 1]}\n",
        "3:59",
        "- a:\n    try: {steps: [{s: {assign: [n: 1]}}, {t: {call: sys.now}}]}\n    retry: {predicate: '${retry.always}', max_retries: '${n}'}\n",
    ],
    [
        "a default of a parameter that reads a variable",
        "main: {steps: [{a: {call: s}}]}\ns: {params: [p: '${q}'], steps: [{a: {assign: [q: 1]}}, {b: {return: '${p + q}'}}]}\n",
        "2:20",
        "main: {steps: [{a: {call: s}}]}\ns: {params: [p: '${1 + 1}'], steps: [{b: {return: '${p}'}}]}\n",
    ],
];

describe("variables that no path assigns", () => {
    for (const [what, wrong, place, right] of pairs) {
        it(`are refused: ${what}; and taken where a path does`, () => {
            const places = errors(wrong).map(({ rule, span }) => `${span.start.line}:${span.start.column} ${rule}`);
            assert.deepEqual(places, [`${place} undefined-variable`]);
            assert.deepEqual(errors(right), []);
        });
    }

    it("are told once, however often they are read", () => {
        assert.equal(errors("- a: {assign: [y: '${x + x}', z: '${x}']}\n- b: {assign: [x: 1]}\n").length, 1);
    });

    it("are not looked for in steps that nothing leads to", () => {
        assert.deepEqual(errors("- a: {return: 1}\n- b: {return: '${x}'}\n- c: {assign: [x: 1]}\n"), []);
    });

    it("are never refused in a step that runs well", async () => {
        const variable = fc.constantFrom("x", "y", "z");
        const target = fc.constantFrom("s0", "s1", "s2", "s3", "s4", "end");
        const { step } = fc.letrec<{ step: object; set: object }>((tie) => ({
            set: fc.oneof(
                variable.map((name) => ({ assign: [{ [name]: 1 }] })),
                fc.tuple(variable, variable).map(([to, from]) => ({ assign: [{ [to]: `\${${from}}` }] })),
            ),
            step: fc.oneof(
                { depthSize: "small" },
                tie("set"),
                fc.record({ assign: variable.map((name) => [{ [name]: 1 }]), next: target }),
                fc.record({
                    switch: fc
                        .tuple(fc.constantFrom(2, 3, 5), target)
                        .map(([n, next]) => [{ condition: `\${sys.now() % ${n} < 1}`, next }]),
                }),
                tie("step").map((inner) => ({ for: { value: "v", in: [1, 2], steps: [{ f: inner }] } })),
                fc
                    .tuple(tie("step"), tie("step"))
                    .map(([a, b]) => ({ try: { steps: [{ t: a }] }, except: { as: "e", steps: [{ c: b }] } })),
                fc.tuple(tie("step"), tie("step")).map(([a, b]) => ({
                    steps: [{ n: a }, { w: { call: "sys.sleep", args: { seconds: 1 } } }, { m: b }],
                })),
            ),
        }));
        await fc.assert(
            fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 5 }), async (steps) => {
                const named = steps.map((each, index) => ({ [`s${index}`]: each }));
                const source = JSON.stringify([...named, { last: { assign: [{ x: 1 }, { y: 1 }, { z: 1 }] } }]);
                const parsed = parseWorkflow(source, { file: "w.json" });
                const refused = validateWorkflow(parsed).filter(({ message }) => /has no value here/.test(message));
                if (parsed.program === undefined || refused.length === 0) {
                    return;
                }
                const well = new Set<number>();
                await execute(compileWorkflow(parsed.program), {
                    argument: fromPlain(null),
                    host: new World(),
                    limits: { steps: 200 },
                    onStep: ({ phase, step: { position, kind } }) =>
                        phase === "end" && kind === "assign" && well.add(position.offset),
                });
                const names = [...source.matchAll(/"\w+":\{"assign"/g)].map(({ index }) => index);
                for (const { span } of refused) {
                    const owner = names.filter((at) => at < span.start.offset).at(-1) ?? -1;
                    assert.ok(!well.has(owner), `${source}\n${span.start.offset}`);
                }
            }),
            { numRuns: Number(process.env.PROPERTY_RUNS ?? 2000) },
        );
    });
});
