import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseWorkflow, runWorkflow, validateWorkflow, type StubRequest } from "../../workflow";
import { beside, needBeside } from "../support/beside";
import { ownFiles, urlVariables } from "./auth/corpus";
import { argument, environment, world } from "./corpus-world";

const folder = beside("corpus");
const files =
    folder !== undefined
        ? (readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith(".yaml")).sort()
        : [];
const read = (file: string): string => readFileSync(join(folder ?? "", file), "utf8");

/** The definitions with a real fault, each with its places. */
const FAULTS: Readonly<Record<string, string[]>> = {
    // Python's slices, which the language does not have.
    "fastapi-cloud-workflows/tests/codegen/fixtures/yaml/dad-joke.yaml": ["24:33 expression", "25:57 expression"],
    // An example of helpers uses a variable that nothing assigns, and a step's name stands twice.
    "workflows-demos/syntax-cheat-sheet/workflow.yaml": ["79:47 undefined-variable", "169:7 duplicate-step"],
};

/** What the definitions that need nothing from outside return, as their comments or READMEs promise. */
const RESULTS: readonly [file: string, argument: unknown, result: unknown][] = [
    ["workflows-samples/src/args", { firstName: "Ada", lastName: "Lovelace" }, "Hello Ada Lovelace"],
    ["workflows-samples/src/array", null, { concat_result: "foobar" }],
    ["workflows-samples/src/dictionary", null, null],
    ["workflows-samples/src/expression", null, "Current temperature is 80.6 F"],
    ["workflows-samples/src/iterate_list", null, 15],
    ["workflows-samples/src/list", null, null],
    ["workflows-samples/src/list_reverse", null, [3, 2, 1]],
    ["workflows-samples/src/parallel_error_handling", null, ["1", "3", "5"]],
    ["workflows-samples/src/step_iterate", null, { concat_result: "foobar" }],
    ["workflows-samples/src/subworkflow", null, "Hello Kristof"],
    ["workflows-samples/src/vars", null, null],
    [
        "terraform-google-cloud-workflows__examples__gcs_event_arc_trigger_workflow__main.tf.tf0",
        { data: { selfLink: "https://l" } },
        "https://l",
    ],
    [
        "terraform-google-cloud-workflows__examples__pubsub_event_arc_trigger_workflow__main.tf.tf0",
        { data: { message: { data: Buffer.from("héllo").toString("base64") } } },
        "héllo",
    ],
    ["workflows-demos/workflow-executes-other-workflows/workflow-child", { iteration: 3 }, "Hello world3"],
    ["workflows-demos/workflow-tasks-workflow/workflow-child", { iteration: 4 }, "Hello world4"],
];

/** Callees that reach out of a workflow. */
const OUTSIDE = /call: *["']?(http|googleapis|experimental|gke|shell|events)\.|googleapis\./;

/** Definitions that end in an error where all goes well: mistakes of their own, or places left to fill in. */
const ERRORS: Readonly<Record<string, RegExp>> = {
    // `${sum + answer}` adds a whole answer to a number, a condition is a whole answer, a task has no `body`.
    "workflows-samples/src/parallel_iteration.workflows.yaml": /operand types for \+: integer and map/,
    "workflows-samples/src/iterate_for_range_http.workflows.yaml": /condition needs a boolean, got: map/,
    "workflows-samples/src/connector_schedule_tasks.workflows.yaml": /key not found: body/,
    // A URL that is to be filled in.
    "workflows-demos/workflows-bigquery-load/workflow.yaml": /"CREATE_JOB_URL\\" must be an absolute http or https URL/,
};

/** Each run's result in the made-up world; `answer` is what the world says to what it does not know. */
const OWN: Readonly<Record<string, (answer: unknown) => unknown>> = {
    "arithmetic.yaml": () => "the sum is 55",
    "helper.yaml": (answer) => [answer, answer],
    "list.yaml": () => 200,
    "machine.yaml": () => 0,
    "many.yaml": () => 3,
    "order.yaml": (answer) => answer,
};

describe("definitions of our own", () => {
    for (const { name, text } of ownFiles()) {
        it(`${name} is parsed, accepted, and runs to its end`, async () => {
            assert.deepEqual(validateWorkflow(parseWorkflow(text, { file: name })), []);
            const env = Object.fromEntries(urlVariables(text).map((key) => [key, "https://service.example"]));
            const http = world();
            const { body } = http({ method: "GET", host: "h", path: "/", url: "https://h/" } as StubRequest);
            const { result, error } = await runWorkflow(text, {
                file: name,
                argument: {},
                env: { ...environment, ...env },
                http,
            });
            assert.deepEqual([error?.context, result], [undefined, OWN[name]?.(body)]);
        });
    }

    it("all say what they return", () => {
        assert.deepEqual(
            ownFiles().map(({ name }) => name),
            Object.keys(OWN),
        );
    });
});

describe("definitions by other people (read from beside the checkout)", () => {
    before(function () {
        needBeside(this, "corpus");
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

    it("return what they promise where they need nothing from outside, and none of those is left out", async () => {
        const inside = files.filter((file) => !OUTSIDE.test(read(file)) && !(file in FAULTS));
        const named = RESULTS.map(([name]) => files.find((file) => file.startsWith(`${name}.`)));
        assert.deepEqual(named.toSorted(), inside);
        for (const [index, [name, given, promised]] of RESULTS.entries()) {
            const ran = await runWorkflow(read(named[index] ?? ""), { argument: given });
            // An error's branches, where an error is what is returned.
            const { branches } = (ran.result ?? {}) as { branches?: { id: string }[] };
            const result = branches?.map(({ id }) => id) ?? ran.result;
            assert.deepEqual([name, ran.error?.context, result], [name, undefined, promised]);
        }
    });

    it("run to their ends in a made-up world, but those with a mistake of their own", async () => {
        const odd: string[] = [];
        const sound = files.filter((file) => !(file in FAULTS));
        for (const file of sound) {
            const { state, error } = await runWorkflow(read(file), {
                file,
                argument,
                env: environment,
                http: world(),
                callback: () => ({ body: { text: "t", approved: true, approver: "a", uniqueId: "u" } }),
            });
            const mistake = ERRORS[file];
            const right = mistake === undefined ? state === "SUCCEEDED" : mistake.test(error?.payload ?? "");
            if (!right) {
                odd.push(`${file}: ${error?.context ?? state}`);
            }
        }
        assert.deepEqual(odd, []);
        assert.equal(sound.length, 134);
    });
});
