import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "../support/command";

const program = join(__dirname, "programs", "many");
/** `KILLS=50` for a night. */
const KILLS = Number(process.env.KILLS ?? 1);

describe("`sandbox up` that is killed", () => {
    it("leaves cloud and stack of one mind: a plain `up` settles it, and finds nothing to do after that", async function () {
        this.timeout(120_000 + KILLS * 40_000);
        const state = mkdtempSync(join(tmpdir(), "killed-up-"));
        try {
            let killed = 0;
            for (let round = 0; round < KILLS; round++) {
                // Each time after another number of resources.
                const output = new RegExp(`Updating[^]*grant-${(round * 13) % 40} created`);
                const { code } = await command(state, ["sandbox", "up", program], {
                    killWhen: { output, signal: "SIGKILL" },
                });
                killed += Number(code === null);
                const settled = await command(state, ["sandbox", "up", program]);
                assert.equal(settled.code, 0, settled.text);
                const again = await command(state, ["sandbox", "up", program]);
                assert.match(again.text, /81 unchanged/, again.text);
                const gone = await command(state, ["sandbox", "destroy", program]);
                assert.equal(gone.code, 0, gone.text);
            }
            assert.ok(killed > 0, "no update was killed in the middle");
        } finally {
            rmSync(state, { recursive: true, force: true });
        }
    });
});
