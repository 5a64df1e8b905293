import { strict as assert } from "node:assert";
import { follow } from "../../../cli/sandbox/follow";

describe("following the entries of a sandbox", () => {
    /** What it has at each asking; it has gone after the last. */
    function sandbox(...answers: number[][]): { read: (after: number) => Promise<{ id: number }[]>; asked: number[] } {
        const asked: number[] = [];
        return {
            asked,
            read: (after) => {
                asked.push(after);
                const ids = answers.shift();
                return ids ? Promise.resolve(ids.map((id) => ({ id }))) : Promise.reject(new Error("gone"));
            },
        };
    }

    it("shows the entries that exist, and does not ask again without --follow", async () => {
        const { read, asked } = sandbox([1, 2], [3]);
        const shown: number[] = [];
        await follow(read, ({ id }) => shown.push(id), false);
        assert.deepEqual([shown, asked], [[1, 2], [0]]);
    });

    it("shows each entry once, in order, until the sandbox is gone", async () => {
        const { read, asked } = sandbox([1, 2], [], [3]);
        const shown: number[] = [];
        await follow(read, ({ id }) => shown.push(id), true);
        assert.deepEqual(
            [shown, asked],
            [
                [1, 2, 3],
                [0, 2, 2, 3],
            ],
        );
    });

    it("fails if no sandbox answers the first request", async () => {
        await assert.rejects(
            follow(sandbox().read, () => undefined, true),
            /gone/,
        );
    });
});
