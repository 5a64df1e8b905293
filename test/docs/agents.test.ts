import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

describe("docs/agents.md", () => {
    /** Where each sample runs: the first in the tests of the examples, the second in `npm run test:clients -- python`. */
    const PROGRAMS: Record<string, string> = {
        js: "examples/agent-calls-tool/agent.js",
        python: "test/clients/python/agents.py",
    };

    it("shows only code that runs in a test, word for word", () => {
        const blocks = [...read("docs/agents.md").matchAll(/```(\w+)\n([\s\S]*?)```/g)];
        assert.deepEqual(
            blocks.map(([, language = ""]) => language),
            Object.keys(PROGRAMS),
        );
        for (const [, language = "", code = ""] of blocks) {
            assert.ok(read(PROGRAMS[language] ?? "").includes(code), `${language}: ${code}`);
        }
    });
});
