import * as assert from "node:assert/strict";
import fc from "fast-check";
import {
    compileWorkflow,
    execute,
    fromJson,
    parseExpression,
    parseWorkflow,
    printExpression,
    toJson,
    validateWorkflow,
    type Expression,
} from "../../workflow";
import { evaluate, World } from "./run/world";

/** How many cases each property is tried with; a nightly run sets 100,000. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 2000);
const NAMES = fc.constantFrom("a", "b_1", "Xyz", "And", "nots");
const place = { start: 0, end: 0 };

const { expression } = fc.letrec<{ expression: Expression; primary: Expression }>((tie) => ({
    primary: fc.oneof(
        fc
            .oneof(fc.string(), fc.boolean(), fc.constant(null))
            .map((value): Expression => ({ kind: "literal", value, ...place })),
        fc
            .bigInt({ min: 0n, max: 2n ** 63n - 1n })
            .map((value): Expression => ({ kind: "number", text: String(value), integer: true, ...place })),
        fc
            .constantFrom("1.5", "0.25", "1e3")
            .map((text): Expression => ({ kind: "number", text, integer: false, ...place })),
        NAMES.map((name): Expression => ({ kind: "variable", name, ...place })),
    ),
    expression: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        tie("primary"),
        fc.record({
            kind: fc.constant("member" as const),
            object: tie("expression"),
            name: NAMES,
            start: fc.constant(0),
            end: fc.constant(0),
        }),
        fc.record({
            kind: fc.constant("index" as const),
            object: tie("expression"),
            index: tie("expression"),
            start: fc.constant(0),
            end: fc.constant(0),
        }),
        fc.record({
            kind: fc.constant("call" as const),
            callee: fc.constantFrom("f", "text.g"),
            args: fc.array(tie("expression"), { maxLength: 3 }),
            start: fc.constant(0),
            end: fc.constant(0),
        }),
        fc.record({
            kind: fc.constant("unary" as const),
            operator: fc.constantFrom("not" as const, "-" as const, "+" as const),
            operand: tie("expression"),
            start: fc.constant(0),
            end: fc.constant(0),
        }),
        fc.record({
            kind: fc.constant("binary" as const),
            operator: fc.constantFrom(
                "*",
                "/",
                "//",
                "%",
                "+",
                "-",
                "<",
                "<=",
                ">",
                ">=",
                "==",
                "!=",
                "in",
                "and",
                "or",
            ),
            left: tie("expression"),
            right: tie("expression"),
            start: fc.constant(0),
            end: fc.constant(0),
        }) as fc.Arbitrary<Expression>,
        fc.record({
            kind: fc.constant("list" as const),
            items: fc.array(tie("expression"), { maxLength: 3 }),
            start: fc.constant(0),
            end: fc.constant(0),
        }),
        fc.record({
            kind: fc.constant("map" as const),
            entries: fc.array(fc.record({ key: tie("expression"), value: tie("expression") }), { maxLength: 2 }),
            start: fc.constant(0),
            end: fc.constant(0),
        }),
    ),
}));

const shape = (value: Expression): unknown =>
    JSON.parse(JSON.stringify(value, (key, each: unknown) => (key === "start" || key === "end" ? undefined : each)));

describe("properties of the language", () => {
    it("printing an expression and reading it again keeps its meaning", () => {
        fc.assert(
            fc.property(expression, (each) => {
                assert.deepEqual(shape(parseExpression(printExpression(each))), shape(each));
            }),
            { numRuns },
        );
    });

    it("the parser throws nothing, whatever it is given, and places lie in the source", () => {
        const pieces = fc.constantFrom(
            "- ",
            "a",
            ": ",
            "\n",
            "  ",
            "${",
            "}",
            '"',
            "'",
            "[",
            "]",
            "{",
            "&x ",
            "*x",
            "call",
            "assign",
            "steps",
            "for",
            "1",
            "|",
            ">-",
            "#",
            "\t",
            "é",
            "\\",
        );
        const sources = fc.oneof(
            fc.string(),
            fc.array(pieces, { maxLength: 40 }).map((each) => each.join("")),
        );
        fc.assert(
            fc.property(sources, (source) => {
                for (const { span } of validateWorkflow(parseWorkflow(source, { file: "w.yaml" }))) {
                    assert.ok(
                        span.start.offset >= 0 &&
                            span.start.offset <= span.end.offset &&
                            span.end.offset <= source.length,
                    );
                }
            }),
            { numRuns },
        );
    });

    it("integer arithmetic agrees with BigInt, and overflows instead of rounding", async () => {
        const integers = fc.oneof(
            fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
            fc.bigInt({ min: -20n, max: 20n }),
            fc.bigInt({ min: 2n ** 53n - 5n, max: 2n ** 53n + 5n }),
        );
        const floor = (a: bigint, b: bigint): bigint => a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n);
        const operations: Record<string, (a: bigint, b: bigint) => bigint> = {
            "+": (a, b) => a + b,
            "-": (a, b) => a - b,
            "*": (a, b) => a * b,
            "//": floor,
            "%": (a, b) => a - floor(a, b) * b,
        };
        await fc.assert(
            fc.asyncProperty(
                integers,
                integers,
                fc.constantFrom(...Object.keys(operations)),
                async (a, b, operator) => {
                    const found = await evaluate(`(${a}) ${operator} (${b})`);
                    if (b === 0n && (operator === "//" || operator === "%")) {
                        assert.deepEqual(found, { error: "ZeroDivisionError" });
                        return;
                    }
                    const exact = operations[operator]!(a, b);
                    const fits = BigInt.asIntN(64, exact) === exact;
                    assert.deepEqual(
                        typeof found === "number" ? BigInt(found) : found,
                        fits ? exact : { error: "ValueError" },
                    );
                },
            ),
            { numRuns },
        );
    });

    it("JSON that is written is read back as it was", () => {
        fc.assert(
            fc.property(fc.jsonValue(), (value) => {
                const text = JSON.stringify(value);
                const again = toJson(fromJson(text));
                assert.deepEqual(JSON.parse(again), JSON.parse(text));
                assert.equal(toJson(fromJson(again)), again);
            }),
            { numRuns },
        );
    });

    it("no program under the step limit hangs, wherever it jumps", async () => {
        const names = fc.constantFrom("s0", "s1", "s2", "s3", "end");
        const step = fc.oneof(
            names.map((next) => ({ next })),
            names.map((next) => ({ assign: [{ x: "${x + 1}" }], next })),
            fc
                .tuple(names, names)
                .map(([yes, no]) => ({ switch: [{ condition: "${x % 3 == 0}", next: yes }], next: no })),
            names.map((next) => ({
                for: { value: "v", range: [1, 3], steps: [{ t: { assign: [{ x: "${x + v}" }] } }] },
                next,
            })),
            names.map((next) => ({ try: { raise: "no" }, except: { as: "e", steps: [{ u: { next } }] } })),
        );
        await fc.assert(
            fc.asyncProperty(fc.tuple(step, step, step, step), async (steps) => {
                const source = JSON.stringify([
                    { i: { assign: [{ x: 0 }] } },
                    ...steps.map((each, index) => ({ [`s${index}`]: each })),
                ]);
                const { program } = parseWorkflow(source, { file: "w.json" });
                const { state } = await execute(compileWorkflow(program!), {
                    host: new World(),
                    limits: { steps: 200 },
                });
                assert.ok(state === "SUCCEEDED" || state === "FAILED");
            }),
            { numRuns },
        );
    });

    it("parallel branches lose no update of a shared variable", async () => {
        await fc.assert(
            fc.asyncProperty(
                fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 8 }),
                async (waits) => {
                    const source = JSON.stringify([
                        { i: { assign: [{ t: 0 }, { seen: [] }] } },
                        {
                            p: {
                                parallel: {
                                    shared: ["t", "seen"],
                                    for: {
                                        value: "w",
                                        in: waits,
                                        steps: [
                                            { a: { assign: [{ t: "${t + 1}" }] } },
                                            { s: { call: "sys.sleep", args: { seconds: "${w}" } } },
                                            { b: { assign: [{ t: "${t + 1}" }, { seen: "${list.concat(seen, w)}" }] } },
                                        ],
                                    },
                                },
                            },
                        },
                        { r: { return: ["${t}", "${len(seen)}"] } },
                    ]);
                    const { program } = parseWorkflow(source, { file: "w.json" });
                    const outcome = await execute(compileWorkflow(program!), { host: new World() });
                    assert.deepEqual(outcome, { state: "SUCCEEDED", result: [waits.length * 2, waits.length] });
                },
            ),
            { numRuns },
        );
    });
});
