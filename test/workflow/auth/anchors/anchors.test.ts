import assert from "node:assert/strict";
import fc from "fast-check";
import { planInjection } from "../../../../workflow/auth";
import { applyEdits } from "../../../../workflow/auth/edit/edit";
import { propose } from "../../../../workflow/auth/inject/plan";
import { editsOf } from "../../../../workflow/auth/inject/settle";
import { compareRuns, type Injector } from "./same";

const runs = Number(process.env["PROPERTY_RUNS"] ?? 100);

/** Injectors with a defect, each of which the property must find. */
const defects: Record<string, Injector> = {
    "writes into a text whatever shares it": (parsed, options) => {
        const kept = propose(parsed, options).filter((each) => "covers" in each);
        return {
            source: applyEdits(parsed.source, editsOf(kept)),
            changes: kept.flatMap(({ covers }) => covers.map(({ call }) => ({ step: call.step.name.text }))),
        };
    },
    "reports one call of those that share a text": (parsed, options) => {
        const { edits, changes } = planInjection(parsed, options);
        const first = new Map(changes.map((change) => [change.span.start.offset, change]));
        return { source: applyEdits(parsed.source, edits), changes: [...first.values()] };
    },
    "reports a call that it does not change": (parsed, options) => {
        const { edits, changes } = planInjection(parsed, options);
        return { source: applyEdits(parsed.source, edits.slice(1)), changes };
    },
    "changes more than the credential": (parsed, options) => {
        const { edits, changes } = planInjection(parsed, options);
        return { source: applyEdits(parsed.source, edits).replace("timeout: ", "timeout: 1"), changes };
    },
    "gives calls to strangers a credential too": (parsed, options) => {
        const { edits, changes } = planInjection(parsed, { ...options, closed: false });
        return { source: applyEdits(parsed.source, edits), changes };
    },
};

/** The seed of the first of some programs that is not the same but for its credentials. */
async function firstProblem(inject: Injector, count: number): Promise<number | undefined> {
    for (let seed = 0; seed < count; seed++) {
        const { problems } = await compareRuns(seed, inject);
        if (problems.length > 0) {
            return seed;
        }
    }
    return undefined;
}

describe("inject, whatever shares a text by anchors", () => {
    it("changes nothing of what a run does but the credentials that it reports, of declared targets where only these may have one", async function () {
        this.timeout(120_000 + runs * 500);
        await fc.assert(
            fc.asyncProperty(fc.integer(), async (seed) => {
                const { problems, text, injected } = await compareRuns(seed);
                assert.deepEqual(problems, [], `${text}\n---\n${injected}`);
            }),
            { numRuns: runs, endOnFailure: true },
        );
    });

    for (const [what, inject] of Object.entries(defects)) {
        it(`would not pass where it ${what}`, async () => {
            assert.notEqual(await firstProblem(inject, 500), undefined);
        });
    }
});
