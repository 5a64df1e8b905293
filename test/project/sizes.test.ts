import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, sourceFiles } from "./sources";

/** The most lines of a file that is written by hand. */
const LINES = 250;
/** The most files beside one another in a folder. */
const FILES = 25;

/** What is still too large, and how large it may be. The test fails too where one of these has come within the limit. */
const LARGER_FILES: Record<string, number> = {
    "engine/program/session.ts": 320,
    "engine/stack.ts": 290,
    "engine/state/file.ts": 260,
    "sandbox/workloads/workloads.ts": 270,
};
const FULLER_FOLDERS: Record<string, number> = {};

const lines = (file: string): number => readFileSync(join(root, file), "utf8").split("\n").length - 1;

/** Holds sizes to a limit, but for those known: these have a limit each. */
function hold(sizes: Map<string, number>, limit: number, known: Record<string, number>): void {
    const large = [...sizes].filter(([name, size]) => size > (known[name] ?? limit));
    assert.deepEqual(large, [], `more than ${limit}: split it by what it does`);
    const small = Object.keys(known).filter((name) => (sizes.get(name) ?? 0) <= limit);
    assert.deepEqual(small, [], "within the limit now: take it off the list");
}

describe("the sizes of files and folders", () => {
    it(`keep to ${LINES} lines a file`, () => {
        hold(new Map(sourceFiles().map((file) => [file, lines(file)])), LINES, LARGER_FILES);
    });

    it(`keep to ${FILES} files beside one another in a folder`, () => {
        const counts = new Map<string, number>();
        for (const file of sourceFiles()) {
            counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
        }
        hold(counts, FILES, FULLER_FOLDERS);
    });

    it("fail one line and one file too many, and a known one that grows", () => {
        assert.throws(() => hold(new Map([["a.ts", 251]]), 250, {}));
        assert.throws(() => hold(new Map([["a.ts", 301]]), 250, { "a.ts": 300 }));
        assert.throws(() => hold(new Map([["a.ts", 250]]), 250, { "a.ts": 300 }));
        assert.doesNotThrow(() => hold(new Map([["a.ts", 250]]), 250, {}));
        assert.doesNotThrow(() => hold(new Map([["a.ts", 300]]), 250, { "a.ts": 300 }));
    });
});
