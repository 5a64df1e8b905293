import * as assert from "node:assert/strict";
import { parseWorkflow, validateWorkflow } from "../../../workflow";
import { ACTIONS } from "../../../workflow/syntax";
import { run } from "../run/world";
import { PAGES } from "./row";
import { STEPS, type StepRow } from "./steps";

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
