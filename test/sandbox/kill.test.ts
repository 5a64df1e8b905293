import assert from "node:assert/strict";
import { measureKills } from "../bench/kills";

/** The promise is 100 ms; a machine that runs all tests at once comes late. `npm run bench -- state` measures it. */
const OLDEST_MILLISECONDS = 1000;
/** `KILLS=20` for a night. */
const KILLS = Number(process.env.KILLS ?? 2);

describe("a sandbox whose process is killed while its clients change something", () => {
    it("leaves a state that opens and lacks nothing but the latest, time after time", async function () {
        this.timeout(20_000 * KILLS);
        const { opened, changes, oldestLost } = await measureKills(KILLS);
        assert.equal(opened, KILLS);
        assert.ok(changes > 0, "nothing was changed: there was nothing to lose");
        assert.ok(oldestLost < OLDEST_MILLISECONDS, `a change of ${oldestLost} ms before the kill was lost`);
    });
});
