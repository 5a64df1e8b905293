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

    it("refuses to go back, or where there is no time", () => {
        const clock = createClock();
        for (const by of [-1, NaN, -Infinity, "5" as unknown as number, null as unknown as number]) {
            assert.throws(() => clock.advance(by), /only moves forward/, String(by));
        }
        for (const by of [Infinity, 1e300, 2.6e14, 35_999_999_996_400_000]) {
            assert.throws(() => clock.advance(by), /the year 9900 at most/, String(by));
        }
        clock.close();
    });

    it("stops where too much would be due, says when that is, and goes on from there", () => {
        const clock = createClock();
        let fired = 0;
        const again = (): void => {
            fired++;
            clock.at(clock.now() + 60_000, again);
        };
        clock.at(clock.now() + 60_000, again);
        const begun = clock.now();
        assert.throws(
            () => clock.advance(1000 * 365 * 86_400_000),
            /the clock stopped at 20\d\d-.*, because 100000 things had been due; move it in smaller steps/,
        );
        assert.equal(fired, 100_000);
        assert.ok(clock.now() - begun < 100_001 * 60_000 && clock.now() - begun >= 100_000 * 60_000);
        clock.advance(60_000);
        assert.equal(fired, 100_001);
        clock.close();
    });
});
