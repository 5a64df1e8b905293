import assert from "node:assert/strict";
import { auditFile, injectFile } from "../../../../workflow";
import { LIBRARY } from "../../../../workflow/run";
import { validateWorkflow } from "../../../../workflow/validate";
import { parseWorkflow } from "../../../../workflow/syntax";

const VALUES = ['"https://a-abcdefghij-uc.a.run.app"', "1", "[1]", '{"a": 1}', "null"];

/** Calls that have too few arguments, as they are written while somebody still writes; each leads to a URL. */
function* calls(name: string, params: readonly string[]): Generator<{ steps: string; lacks: boolean }> {
    for (let given = 0; given <= params.length; given++) {
        for (const value of VALUES) {
            const required = params.slice(given).some((param) => !param.endsWith("?"));
            const entries = params.slice(0, given).map((param) => `${param.replace("?", "")}: '\${${value}}'`);
            const url = "- get: {call: http.get, args: {url: '${u}'}}\n";
            const args = entries.length === 0 ? "" : `, args: {${entries.join(", ")}}`;
            yield { steps: `- a: {call: ${name}${args}, result: u}\n${url}`, lacks: required };
            if (LIBRARY.get(name)?.blocking !== true) {
                const list = params.slice(0, given).map(() => value);
                yield { steps: `- a: {assign: [{u: '\${${name}(${list.join(", ")})}'}]}\n${url}`, lacks: required };
            }
        }
    }
}

describe("a call that lacks arguments", () => {
    it("is told by validation, and audited and injected like any other, whatever it calls and however it is written", () => {
        let told = 0;
        for (const [name, { params = [] }] of LIBRARY) {
            for (const { steps, lacks } of calls(name, params)) {
                assert.doesNotThrow(() => auditFile(steps, "w.yaml"), steps);
                assert.doesNotThrow(() => injectFile(steps, "w.yaml"), steps);
                const rules = validateWorkflow(parseWorkflow(steps, { file: "w.yaml" })).map(({ rule }) => rule);
                assert.equal(rules.includes("arguments"), lacks, steps);
                told += lacks ? 1 : 0;
            }
        }
        assert.ok(told > 100);
    });
});
