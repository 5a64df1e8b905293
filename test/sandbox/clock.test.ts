import assert from "node:assert/strict";
import { createClock } from "../../sandbox/clock";

describe("the sandbox's clock", () => {
    it("fires due timers in order when it is moved, each at its own time", () => {
        const clock = createClock();
        const start = clock.now();
        const fired: [string, number][] = [];
        clock.at(start + 20_000, () => fired.push(["second", clock.now()]));
        clock.at(start + 10_000, () => fired.push(["first", clock.now()]));
        clock.at(start + 40_000, () => fired.push(["later", clock.now()]));
        clock.advance(30_000);
        clock.close();
        assert.deepEqual(
            fired.map(([name]) => name),
            ["first", "second"],
        );
        assert.ok((fired[0]?.[1] ?? 0) < start + 20_000, "the first timer saw the time of the second");
        assert.ok(clock.now() >= start + 30_000);
    });

    it("fires a timer that a timer sets within the same jump", () => {
        const clock = createClock();
        const start = clock.now();
        let ticks = 0;
        const tick = (): void => {
            ticks += 1;
            clock.at(start + (ticks + 1) * 60_000, tick);
        };
        clock.at(start + 60_000, tick);
        clock.advance(10 * 60_000);
        clock.close();
        assert.equal(ticks, 10);
    });

    it("does not fire what was cancelled", () => {
        const clock = createClock();
        let fired = false;
        clock.at(clock.now() + 1000, () => (fired = true))();
        clock.advance(5000);
        clock.close();
        assert.equal(fired, false);
    });

    it("wakes a sleeper when it is moved, and rejects one that is aborted", async () => {
        const clock = createClock();
        const abort = new AbortController();
        const slept = clock.sleep(3_600_000);
        const aborted = clock.sleep(3_600_000, abort.signal);
        abort.abort(new Error("enough"));
        await assert.rejects(aborted, /enough/);
        clock.advance(3_600_000);
        await slept;
        clock.close();
    });

    it("refuses to go back", () => {
        const clock = createClock();
        assert.throws(() => clock.advance(-1), /only moves forward/);
    });
});
