import { strict as assert } from "node:assert";
import fc from "fast-check";
import { Semaphore } from "../../common";

describe("a semaphore", () => {
    it("runs all work in its order, never more at a time than its limit, also where some of it fails", async () => {
        const work = fc.array(fc.record({ turns: fc.integer({ min: 1, max: 4 }), fails: fc.boolean() }), {
            maxLength: 12,
        });
        await fc.assert(
            fc.asyncProperty(fc.integer({ min: 1, max: 4 }), work, async (limit, pieces) => {
                const semaphore = new Semaphore(limit);
                const started: number[] = [];
                let running = 0;
                let most = 0;
                const results = await Promise.allSettled(
                    pieces.map(({ turns, fails }, index) =>
                        semaphore.run(async () => {
                            started.push(index);
                            running += 1;
                            most = Math.max(most, running);
                            for (let turn = 0; turn < turns; turn += 1) {
                                await Promise.resolve();
                            }
                            running -= 1;
                            if (fails) {
                                throw new Error(`piece ${index}`);
                            }
                            return index;
                        }),
                    ),
                );
                assert.ok(most <= limit, `${most} at a time, of at most ${limit}`);
                assert.equal(most, Math.min(limit, pieces.length), "as many as the limit allows");
                assert.deepEqual(started, [...pieces.keys()]);
                assert.deepEqual(
                    results.map(({ status }) => status),
                    pieces.map(({ fails }) => (fails ? "rejected" : "fulfilled")),
                );
            }),
        );
    });
});
