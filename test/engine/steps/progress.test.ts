import { strict as assert } from "node:assert";
import fc from "fast-check";
import type { ResourceState } from "../../../engine/state/state";
import { ResourceProgress } from "../../../engine/steps/progress";

const state = (urn: string, id = "1"): ResourceState => ({ urn, type: "t", custom: true, id, inputs: {}, outputs: {} });
const nothing = (): Promise<void> => Promise.resolve();

/** Everything that can be done with one resource, by name. */
const actions: Record<string, (progress: ResourceProgress, urn: string) => void> = {
    register: (progress, urn) => progress.register(state(urn)),
    skip: (progress, urn) => progress.skip(urn),
    withdraw: (progress, urn) => progress.withdraw(urn),
    expectOutputs: (progress, urn) => {
        if (progress.isRegistered(urn)) {
            progress.expectOutputs(urn, nothing);
        }
    },
    takeOnOutputs: (progress, urn) => void progress.takeOnOutputs(urn),
    replace: (progress, urn) => progress.replace(urn),
    delete: (progress, urn) => progress.delete(urn),
    clear: (progress, urn) => {
        if (progress.isDeleted(urn)) {
            progress.clear(state(urn));
        }
    },
    takeCleared: (progress, urn) => void progress.takeCleared(urn),
};
const acted = fc.array(fc.tuple(fc.constantFrom(...Object.keys(actions)), fc.constantFrom("a", "b")));

describe("the progress of a resource in a run", () => {
    it("is exactly one thing at a time, whatever was done before", () => {
        fc.assert(
            fc.property(acted, (steps) => {
                const progress = new ResourceProgress();
                for (const [action, urn] of steps) {
                    const other = urn === "a" ? "b" : "a";
                    const before = shown(progress, other);
                    const replaced = progress.isReplaced(urn);
                    actions[action]?.(progress, urn);
                    assert.ok(!(progress.isRegistered(urn) && progress.isSkipped(urn)), "both registered and skipped");
                    assert.equal(progress.has(urn), progress.isRegistered(urn) || progress.isSkipped(urn));
                    assert.equal(progress.stateOf(urn) !== undefined, progress.isRegistered(urn));
                    assert.ok(!progress.isCleared(urn) || progress.isDeleted(urn), "cleared and not deleted");
                    assert.ok(!progress.isCleared(urn) || progress.isReplaced(urn), "cleared and not replaced");
                    assert.ok(!replaced || progress.isReplaced(urn), "a replaced one is no longer");
                    assert.deepEqual(shown(progress, other), before, "another resource changed");
                }
            }),
        );
    });

    it("keeps through newer states what is done at the outputs, and returns it once", () => {
        const progress = new ResourceProgress();
        progress.register(state("a"));
        progress.expectOutputs("a", nothing);
        progress.register(state("a", "2"));
        assert.equal(progress.stateOf("a")?.id, "2");
        assert.equal(progress.takeOnOutputs("a"), nothing);
        assert.equal(progress.takeOnOutputs("a"), undefined);
        assert.equal(progress.stateOf("a")?.id, "2");
    });

    it("returns a deleted predecessor once, and the resource then counts as not deleted", () => {
        const progress = new ResourceProgress();
        progress.delete("a");
        progress.clear(state("a"));
        progress.delete("a");
        assert.ok(progress.isCleared("a"));
        assert.equal(progress.takeCleared("a")?.urn, "a");
        assert.equal(progress.takeCleared("a"), undefined);
        assert.deepEqual([progress.isDeleted("a"), progress.isReplaced("a")], [false, true]);
    });

    it("refuses outputs of a resource that is not registered, and a replacement of one that is not deleted", () => {
        const progress = new ResourceProgress();
        assert.throws(() => progress.expectOutputs("a", nothing), /a has outputs and is not registered/);
        progress.skip("a");
        assert.throws(() => progress.expectOutputs("a", nothing), /a has outputs and is not registered/);
        assert.throws(() => progress.clear(state("a")), /a is cleared and was not to be deleted/);
    });
});

function shown(progress: ResourceProgress, urn: string): unknown[] {
    return [progress.stateOf(urn), progress.has(urn), progress.isReplaced(urn), progress.isDeleted(urn)];
}
