import { strict as assert } from "node:assert";
import { tmpdir } from "node:os";
import { command } from "../support/command";

describe("the gcp-invoke command", () => {
    it("says which Node it needs if this one cannot require ES modules", async () => {
        const env = { NODE_OPTIONS: "--no-experimental-require-module" };
        assert.deepEqual(await command(tmpdir(), ["--version"], { env }), {
            code: 1,
            text: `error: gcp-invoke needs Node ^20.19.0 || >=22.12.0, where require loads ES modules, and this is ${process.version}; install another Node, or unset --no-require-module\n`,
        });
    });

    it("runs on one that can", async () => {
        const { code, text } = await command(tmpdir(), ["--version"]);
        assert.equal(code, 0);
        assert.match(text, /^\d+\.\d+\.\d+\n$/);
    });
});
