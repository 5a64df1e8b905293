import * as assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseWorkflow, runWorkflow, validateWorkflow, type Stub } from "../../workflow";
import { skip } from "../support/skip";

const folder = resolve(__dirname, "../../../shared/corpus");
const files = existsSync(folder)
    ? (readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith(".yaml")).sort()
    : [];
const read = (file: string): string => readFileSync(join(folder, file), "utf8");

/** The definitions with a real fault, each with its places. */
const FAULTS: Readonly<Record<string, string[]>> = {
    // Python's slices, which the language does not have.
    "fastapi-cloud-workflows/tests/codegen/fixtures/yaml/dad-joke.yaml": ["24:33 expression", "25:57 expression"],
    // An example of helpers uses a variable that nothing assigns, and a step's name stands twice.
    "workflows-demos/syntax-cheat-sheet/workflow.yaml": ["79:47 undefined-variable", "169:7 duplicate-step"],
};

/** What the definitions that need nothing from outside return, as their comments or READMEs promise. */
const RESULTS: readonly [file: string, argument: unknown, result: unknown][] = [
    ["args", { firstName: "Ada", lastName: "Lovelace" }, "Hello Ada Lovelace"],
    ["array", null, { concat_result: "foobar" }],
    ["dictionary", null, null],
    ["expression", null, "Current temperature is 80.6 F"],
    ["iterate_list", null, 15],
    ["list", null, null],
    ["list_reverse", null, [3, 2, 1]],
    ["step_iterate", null, { concat_result: "foobar" }],
    ["subworkflow", null, "Hello Kristof"],
    ["vars", null, null],
];

describe("definitions by other people", () => {
    before(function () {
        if (files.length === 0) skip(this, "there are no definitions by other people beside the checkout");
    });

    it("are all parsed", () => {
        const without = files.filter((file) => parseWorkflow(read(file), { file }).program === undefined);
        assert.deepEqual(without, []);
        assert.equal(files.length, 136);
    });

    it("are all accepted by validation, but those with a real fault", () => {
        const found = files.flatMap((file): [string, string[]][] => {
            const errors = validateWorkflow(parseWorkflow(read(file), { file })).filter(
                ({ severity }) => severity === "error",
            );
            const places = errors.map(({ rule, span }) => `${span.start.line}:${span.start.column} ${rule}`);
            return places.length === 0 ? [] : [[file, places]];
        });
        assert.deepEqual(Object.fromEntries(found), FAULTS);
    });

    it("return what they promise where they need nothing from outside", async () => {
        for (const [name, argument, result] of RESULTS) {
            const ran = await runWorkflow(read(`workflows-samples/src/${name}.workflows.yaml`), { argument });
            assert.deepEqual([name, ran.error?.context, ran.result], [name, undefined, result]);
        }
    });

    it("run against stubs to an end, each in a state of its own making", async () => {
        const answers: Record<string, unknown> = {
            done: true,
            status: "DONE",
            state: "SUCCEEDED",
            name: "projects/p/operations/o",
            result: "1",
        };
        const stub: Stub = () => ({ body: answers });
        const odd: string[] = [];
        for (const file of files.filter((each) => !(each in FAULTS))) {
            const { state, error } = await runWorkflow(read(file), {
                http: stub,
                argument: { data: "eyJhIjoxfQ==" },
                callback: () => ({ body: {} }),
            });
            // Stubs that know nothing leave keys missing and types wrong, and some definitions raise errors themselves
            // (RuntimeError); anything else would be the interpreter's fault.
            const told = `${error?.payload ?? ""}\n${error?.context ?? ""}`;
            const expected = /(Key|Type|Value|System|Timeout|UnhandledBranch)Error|^RuntimeError/m;
            if (state !== "SUCCEEDED" && !expected.test(told)) {
                odd.push(`${file}: ${told}`);
            }
        }
        assert.deepEqual(odd, []);
    });
});
