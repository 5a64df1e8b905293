import * as assert from "node:assert/strict";
import fc from "fast-check";
import { Timers, type Timer } from "../../common/timers";

describe("timers", () => {
    it("come out by their time, then by their order, without those that were cancelled", () => {
        const operation = fc.oneof(
            { weight: 4, arbitrary: fc.record({ add: fc.integer({ min: 0, max: 50 }) }) },
            { weight: 3, arbitrary: fc.record({ cancel: fc.nat(200) }) },
            { weight: 2, arbitrary: fc.constant({ take: true }) },
        );
        fc.assert(
            fc.property(fc.array(operation, { maxLength: 400 }), (operations) => {
                const timers = new Timers();
                const added: { timer: Timer; at: number; order: number }[] = [];
                let waiting: typeof added = [];
                const first = () => waiting.toSorted((a, b) => a.at - b.at || a.order - b.order)[0];
                let ran: number | undefined;
                const take = () => {
                    const expected = first();
                    ran = undefined;
                    assert.equal(timers.earliest(), expected?.at);
                    timers.take()?.();
                    assert.equal(ran, expected?.order);
                    waiting = waiting.filter((each) => each !== expected);
                };
                for (const each of operations) {
                    if ("add" in each) {
                        const order = added.length;
                        const timer = timers.add(each.add, () => (ran = order));
                        const entry = { timer, at: each.add, order };
                        added.push(entry);
                        waiting.push(entry);
                    } else if ("cancel" in each) {
                        const entry = added[each.cancel];
                        if (entry !== undefined) {
                            timers.cancel(entry.timer);
                        }
                        waiting = waiting.filter((other) => other !== entry);
                    } else {
                        take();
                    }
                }
                while (waiting.length > 0) {
                    take();
                }
                assert.equal(timers.earliest(), undefined);
            }),
            { numRuns: 300 },
        );
    });
});
