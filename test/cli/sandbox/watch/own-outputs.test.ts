import { strict as assert } from "node:assert";
import fc from "fast-check";
import { OwnOutputs } from "../../../../cli/sandbox/watch/own-outputs";

/** What a watch does: the deployments that it runs until it waits, and the outputs that it tells. */
function deployments(own: OwnOutputs, during: (run: number) => string[]): { runs: number; told: string[] } {
    const told: string[] = [];
    for (let run = 1; run <= 100; run += 1) {
        const { reasons, outputs } = own.add(during(run));
        told.push(...outputs);
        if (reasons.length === 0) {
            return { runs: run, told };
        }
    }
    return assert.fail("there is no end");
}

describe("the files that deployments change themselves", () => {
    const names = fc.uniqueArray(fc.constantFrom("log.txt", "out/a.json", "b.yaml", "index.ts"), { minLength: 1 });

    it("start no deployment after a few, and each is told once, whatever is edited then", () => {
        fc.assert(
            fc.property(names, fc.integer({ min: 1, max: 5 }), (files, edits) => {
                const own = new OwnOutputs();
                assert.deepEqual(
                    deployments(own, () => files),
                    { runs: 4, told: files },
                );
                for (let edit = 0; edit < edits; edit += 1) {
                    assert.deepEqual(own.reasonsIn(["edited.ts", ...files]), ["edited.ts"]);
                    assert.deepEqual(
                        deployments(own, () => files),
                        { runs: 1, told: [] },
                    );
                }
            }),
        );
    });

    it("start none also if each has another name, and the last one is told", () => {
        const own = new OwnOutputs();
        for (const round of [1, 2]) {
            const { runs, told } = deployments(own, (run) => [`report-${round}-${run}.json`]);
            assert.deepEqual({ runs, told }, { runs: 5, told: [`report-${round}-5.json`] });
        }
    });

    it("start no endless deployments if their changes arrive late", () => {
        const own = new OwnOutputs();
        let runs = 0;
        do {
            runs += deployments(own, () => ["log.txt"]).runs;
        } while (own.reasonsIn(["log.txt"]).length > 0 && runs < 100);
        assert.equal(runs, 8);
    });

    it("are not what somebody saves while a deployment runs, or saves again while none does", () => {
        const saved = fc.uniqueArray(fc.constantFrom("index.ts", "lib.ts", "log.txt"));
        fc.assert(
            fc.property(fc.array(saved, { maxLength: 3 }), saved, (before, last) => {
                const own = new OwnOutputs();
                before.forEach((files) => own.add(files));
                own.add([]);
                assert.deepEqual(own.add(last), { reasons: last, outputs: [] });
                assert.deepEqual(own.reasonsIn(last), last);
            }),
        );
        // A file that was taken for an output by mistake starts one when it is saved next.
        const own = new OwnOutputs();
        deployments(own, () => ["index.ts"]);
        assert.deepEqual(own.reasonsIn(["index.ts"]), ["index.ts"]);
        assert.deepEqual(own.add([]), { reasons: [], outputs: [] });
        assert.deepEqual(own.add(["index.ts"]), { reasons: ["index.ts"], outputs: [] });
    });
});
