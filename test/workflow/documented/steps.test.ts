import * as assert from "node:assert/strict";
import fc from "fast-check";
import { deployError, parseWorkflow, validateWorkflow } from "../../../workflow";
import { ACTIONS } from "../../../workflow/syntax";
import { run } from "../run/world";
import { PAGES } from "./row";
import type { StepRow } from "./step-row";
import { STEPS } from "./steps";

/**
 * The reserved words that the index names, each with the pages that describe it:
 * https://cloud.google.com/workflows/docs/reference/syntax/syntax-search
 */
const RESERVED: Readonly<Record<string, readonly string[]>> = {
    args: ["calls", "subworkflows"],
    assign: ["variables"],
    branches: ["parallel-steps"],
    break: ["iteration"],
    call: ["calls", "subworkflows"],
    condition: ["conditions"],
    continue: ["iteration"],
    end: ["completing"],
    except: ["catching-errors"],
    for: ["iteration", "parallel-steps"],
    main: ["subworkflows"],
    next: ["jumps", "conditions", "completing"],
    parallel: ["parallel-steps"],
    params: ["subworkflows"],
    raise: ["raising-errors"],
    result: ["calls"],
    retry: ["retrying"],
    return: ["completing"],
    shared: ["parallel-steps"],
    steps: ["steps"],
    switch: ["conditions"],
    try: ["catching-errors", "retrying"],
};

/** What a definition gives, without the parts that a row does not name. */
async function outcomeOf({ source, gives }: StepRow): Promise<void> {
    const errors = validateWorkflow(parseWorkflow(source, { file: "w.workflows" })).filter(
        ({ severity }) => severity === "error",
    );
    const messages = errors.map(({ message }) => message).join("; ");
    if ("refused" in gives) {
        assert.match(messages, gives.refused);
        return;
    }
    assert.equal(messages, "");
    const { result, payload } = await run(source);
    if ("raises" in gives) {
        assert.equal((payload as { tags?: string[] } | undefined)?.tags?.[0], gives.raises);
    } else {
        assert.deepEqual([payload, result], [undefined, gives.result]);
    }
}

describe("the syntax as it is documented", () => {
    for (const [page, rows] of Object.entries(STEPS)) {
        for (const each of rows) {
            it(`${page} ${each.says} (${PAGES}syntax/${page})`, () => outcomeOf(each));
        }
    }

    it("refuses a deploy in Google's words, with the step", () => {
        const words = (source: string): string =>
            deployError(validateWorkflow(parseWorkflow(source, { file: "w.yaml" }))) ?? "";
        const loop =
            "- try: {try: {for: {value: v, range: [1, 2], steps: [{log: {call: sys.log, args: {data: x}}}]}}}\n";
        assert.match(words(loop), /^failed to build: error in step try: loop step name should not be empty/);
        assert.match(
            words("- step2: {return: '${varC}'}\n"),
            /^failed to build: error in step step2: error evaluating return value: symbol 'varC' is neither a variable nor a sub-workflow name/,
        );
    });

    it("says the line of each refusal, wherever the definition stands in its file", () => {
        const refusals = Object.values(STEPS)
            .flat()
            .filter(({ gives }) => "refused" in gives)
            .map(({ source }) => source);
        const found = (source: string, below: number): [number, number, string][] =>
            validateWorkflow(parseWorkflow(source, { file: "w.yaml" })).map(({ span: { start }, message }) => [
                start.line - below,
                start.column,
                message,
            ]);
        fc.assert(
            fc.property(fc.constantFrom(...refusals), fc.integer({ min: 1, max: 9 }), (source, below) => {
                const alone = found(source, 0);
                assert.deepEqual(found(`${"# a line\n".repeat(below)}${source}`, below), alone);
                assert.ok(alone.every(([line]) => line >= 1 && line <= source.trimEnd().split("\n").length));
            }),
        );
    });

    it("has rows for each reserved word of the index, on each page that describes it", () => {
        const missing = Object.entries(RESERVED).flatMap(([word, pages]) =>
            pages.filter((page) => {
                const isWritten = new RegExp(`\\b${word}\\b["']?:|\\bnext["']?: ["']?${word}\\b`);
                return !STEPS[page]?.some(({ source }) => isWritten.test(source));
            }),
        );
        assert.deepEqual(missing, []);
    });

    it("has rows for each kind of step", () => {
        const sources = Object.values(STEPS)
            .flat()
            .map(({ source }) => source)
            .join("\n");
        assert.deepEqual(
            ACTIONS.filter((key) => !new RegExp(`\\b${key}:`).test(sources)),
            [],
        );
    });
});
