import assert from "node:assert/strict";
import { parseShard, shardOf, shardOfTask } from "../../../cli/verify";

describe("parts of all checks", () => {
    it("holds each check in exactly one part, and no part has two more than another", () => {
        for (let count = 1; count <= 9; count++) {
            for (let size = 0; size <= 30; size++) {
                const all = Array.from({ length: size }, (_, at) => at);
                const parts = Array.from({ length: count }, (_, at) => shardOf(all, { index: at + 1, count }));
                assert.deepEqual(
                    parts.flat().sort((a, b) => a - b),
                    all,
                );
                const sizes = parts.map(({ length }) => length);
                assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
            }
        }
    });

    it("reads parts, and refuses what names none", () => {
        assert.deepEqual(parseShard("2/4"), { index: 2, count: 4 });
        for (const text of ["0/4", "5/4", "1", "1/0", "-1/2", "1.5/2", "a/b", " 1/2", "1/2/3", "", "01/2"]) {
            assert.equal(parseShard(text), undefined, text);
        }
    });

    it("takes the part of a Cloud Run task, and refuses variables that are no task's", () => {
        const of = (index?: string, count?: string) =>
            shardOfTask({ CLOUD_RUN_TASK_INDEX: index, CLOUD_RUN_TASK_COUNT: count });
        assert.equal(of(), undefined);
        assert.equal(of("0"), undefined);
        assert.deepEqual(of("0", "1"), { index: 1, count: 1 });
        assert.deepEqual(of("3", "4"), { index: 4, count: 4 });
        for (const [index, count] of [
            ["4", "4"],
            ["x", "4"],
            ["0", "0"],
            ["", "4"],
            ["-1", "4"],
        ] as const) {
            assert.throws(() => of(index, count), /name no task/);
        }
    });
});
