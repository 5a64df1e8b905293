import { strict as assert } from "node:assert";
import fc from "fast-check";
import { backoff, givenUp } from "../../../sandbox/senders/retry";

describe("the retries of senders", () => {
    const seconds = fc.integer({ min: 1, max: 3600 });

    it("wait longer each time: doubled, then by the same", () => {
        // Google's example: https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues#RetryConfig
        const limits = { minBackoff: "10s", maxBackoff: "300s", maxDoublings: 3 };
        const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => backoff(limits, attempts) / 1000);
        assert.deepEqual(waits, [10, 20, 40, 80, 160, 240, 300, 300]);
    });

    it("never wait shorter than before, less than the least or more than the most", () => {
        fc.assert(
            fc.property(
                seconds,
                seconds,
                fc.nat(20),
                fc.integer({ min: 1, max: 100 }),
                (a, b, maxDoublings, attempts) => {
                    const [least, most] = [Math.min(a, b), Math.max(a, b)];
                    const limits = { minBackoff: `${least}s`, maxBackoff: `${most}s`, maxDoublings };
                    const wait = backoff(limits, attempts);
                    assert.ok(wait >= least * 1000 && wait <= most * 1000);
                    assert.ok(wait <= backoff(limits, attempts + 1));
                },
            ),
        );
    });

    it("end when every limit that is set is reached, and not before", () => {
        const limits = fc.record({ maxAttempts: fc.integer({ min: -1, max: 20 }), duration: fc.nat(100) });
        fc.assert(
            fc.property(
                limits,
                fc.integer({ min: 1, max: 30 }),
                fc.nat(200),
                ({ maxAttempts, duration }, attempts, at) => {
                    fc.pre(maxAttempts !== 0);
                    const ends = givenUp({ maxAttempts, maxRetryDuration: `${duration}s` }, attempts, at * 1000);
                    const reached = [
                        ...(maxAttempts === -1 ? [] : [attempts >= maxAttempts]),
                        ...(duration === 0 ? [] : [at >= duration]),
                    ];
                    assert.equal(ends, reached.length > 0 && reached.every(Boolean));
                },
            ),
        );
    });

    it("have no limit of time where none is given, and one attempt without any limit", () => {
        assert.equal(givenUp({ maxAttempts: 3 }, 2, Infinity), false);
        assert.equal(givenUp({ maxAttempts: 3 }, 3, 0), true);
        assert.equal(givenUp({}, 1, 0), true);
    });
});
