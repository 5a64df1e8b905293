import assert from "node:assert/strict";
import { measureKills } from "../bench/kills";

/** `KILLS=50` for a night; `npm run bench -- state` does as many. */
const KILLS = Number(process.env.KILLS ?? 3);

describe("a sandbox whose process is killed while its clients change something", () => {
    it("leaves a state that opens and lacks no change that a client was told of, time after time", async function () {
        this.timeout(120_000 + 20_000 * KILLS);
        const { opened, changes, lost } = await measureKills(KILLS);
        assert.equal(opened, KILLS);
        assert.ok(changes > 0, "nothing was changed: there was nothing to lose");
        assert.equal(lost, 0);
    });
});
