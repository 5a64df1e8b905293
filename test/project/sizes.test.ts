import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { root, scriptFiles, sourceFiles } from "./sources";

/** The most lines of a file that is written by hand. */
const LINES = 250;
/** The most lines of a component, without its arguments. */
const COMPONENT_LINES = 150;
/** The most lines of one step of a component's constructor. */
const STEP_LINES = 14;
/** The most files beside one another in a folder, but for those whose files are all of one kind: a component or its arguments, the resources of a product. */
const FILES = 25;
const OF_ONE_KIND = ["components", "engine/provider/resources"];

/** What is still too large, and how large it may be. The test fails too where one of these has come within the limit. */
const LARGER_FILES: Record<string, number> = {};
const FULLER_FOLDERS: Record<string, number> = {};

const lines = (file: string): number => readFileSync(join(root, file), "utf8").split("\n").length - 1;

/** Holds sizes to a limit, but for those known: these have a limit each. */
function hold(sizes: Map<string, number>, limit: number, known: Record<string, number>): void {
    const large = [...sizes].filter(([name, size]) => size > (known[name] ?? limit));
    assert.deepEqual(large, [], `more than ${limit}: split it by what it does`);
    const small = Object.keys(known).filter((name) => (sizes.get(name) ?? 0) <= limit);
    assert.deepEqual(small, [], "within the limit now: take it off the list");
}

/** The statements of constructors that are too long to be read as one step; lists of outputs may have any length. */
function longSteps(text: string): string[] {
    const source = ts.createSourceFile("component.ts", text, ts.ScriptTarget.Latest, true);
    const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;
    return source.statements
        .filter(ts.isClassDeclaration)
        .flatMap(({ members }) => members.filter(ts.isConstructorDeclaration))
        .flatMap(({ body }) => [...(body?.statements ?? [])])
        .filter((step) => !step.getText().startsWith("this.registerOutputs("))
        .map((step) => ({ line: lineOf(step.getStart()), size: lineOf(step.end) - lineOf(step.getStart()) + 1 }))
        .filter(({ size }) => size > STEP_LINES)
        .map(({ line, size }) => `line ${line} has ${size} lines`);
}

describe("the sizes of files and folders", () => {
    it(`keep to ${LINES} lines a file`, () => {
        const files = [...sourceFiles(), ...scriptFiles()];
        hold(new Map(files.map((file) => [file, lines(file)])), LINES, LARGER_FILES);
    });

    it(`keep to ${FILES} files beside one another in a folder`, () => {
        const counts = new Map<string, number>();
        for (const file of [...sourceFiles(), ...scriptFiles()]) {
            counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
        }
        OF_ONE_KIND.forEach((folder) => counts.delete(folder));
        hold(counts, FILES, FULLER_FOLDERS);
    });

    it(`keep to ${COMPONENT_LINES} lines a component, its arguments in a file beside it not counted`, () => {
        const components = sourceFiles().filter(
            (file) => /^components\/[^/]+\.ts$/.test(file) && !/-args\.ts$/.test(file),
        );
        assert.ok(components.includes("components/authenticated-workflow.ts"));
        hold(new Map(components.map((file) => [file, lines(file)])), COMPONENT_LINES, {});
    });

    it("keep to one named step a line in a component's constructor", () => {
        const found = sourceFiles()
            .filter((file) => /^components\/[^/]+\.ts$/.test(file))
            .flatMap((file) => longSteps(readFileSync(join(root, file), "utf8")).map((step) => `${file}: ${step}`));
        assert.deepEqual(found, [], `more than ${STEP_LINES} lines: give the step a function with a name`);
    });

    it("fail a constructor with a step that should have a name", () => {
        const resource = (size: number) =>
            `class A { constructor() { super(); this.a = new B(${Array.from({ length: size - 1 }, () => "\n1").join(",")}); } }`;
        assert.deepEqual(longSteps(resource(STEP_LINES)), []);
        assert.deepEqual(longSteps(resource(STEP_LINES + 1)), [`line 1 has ${STEP_LINES + 1} lines`]);
        const outputs = `class A { constructor() { this.registerOutputs({${"a,\n".repeat(20)}}); } }`;
        assert.deepEqual(longSteps(outputs), [], "outputs are a list");
    });

    it("fail one line and one file too many, and a known one that grows", () => {
        assert.throws(() => hold(new Map([["a.ts", 251]]), 250, {}));
        assert.throws(() => hold(new Map([["a.ts", 301]]), 250, { "a.ts": 300 }));
        assert.throws(() => hold(new Map([["a.ts", 250]]), 250, { "a.ts": 300 }));
        assert.doesNotThrow(() => hold(new Map([["a.ts", 250]]), 250, {}));
        assert.doesNotThrow(() => hold(new Map([["a.ts", 300]]), 250, { "a.ts": 300 }));
    });
});
