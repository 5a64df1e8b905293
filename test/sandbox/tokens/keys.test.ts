import assert from "node:assert/strict";
import { generateKey, prepareKey } from "../../../sandbox/tokens/keys";

describe("the keys of the sandbox's tokens", () => {
    it("are each given out once, prepared or not", async () => {
        // What another test has prepared is taken first.
        await prepareKey();
        generateKey();
        const ids: string[] = [];
        for (let round = 0; round < 2; round++) {
            const prepared = prepareKey();
            // It is not there yet, and nobody waits for it.
            ids.push(generateKey().id);
            await prepared;
            assert.equal(prepareKey(), prepared, "what is there is not made again");
            ids.push(generateKey().id, generateKey().id);
        }
        assert.equal(new Set(ids).size, 6);
    });
});
