import assert from "node:assert/strict";
import * as fc from "fast-check";
import { zip } from "../../common";
import { unzip } from "../../sandbox/workloads/zip";

describe("a zip", () => {
    const files = fc.dictionary(
        fc.stringMatching(/^[a-zé]{1,8}(\/[a-z]{1,8}\.js)?$/),
        fc.uint8Array({ maxLength: 300 }),
    );

    for (const compress of [true, false]) {
        it(`unpacks to what was packed, and is the same bytes each time, ${compress ? "compressed" : "stored"}`, () => {
            fc.assert(
                fc.property(files, (given) => {
                    const entries = Object.entries(given).map(([name, bytes]) => [name, Buffer.from(bytes)] as const);
                    const packed = zip(entries, { compress });
                    assert.deepEqual(packed, zip(new Map(entries), { compress }));
                    assert.deepEqual(
                        [...unzip(packed)].map(([name, bytes]) => [name, bytes.toString("hex")]),
                        entries.map(([name, bytes]) => [name, bytes.toString("hex")]),
                    );
                }),
                { numRuns: 50 },
            );
        });
    }

    it("that is stored keeps its bytes: the name of a function's source is made of them", () => {
        const stored = zip([["a/ä.js", Buffer.from("content")]], { compress: false });
        assert.equal(
            stored.toString("hex"),
            "504b030414000008000000002100a930c5fe070000000700000007000000612fc3a42e6a73636f6e74656e74" +
                "504b0102140314000008000000002100a930c5fe0700000007000000070000000000000000000000a48100000000" +
                "612fc3a42e6a73504b05060000000001000100350000002c0000000000",
        );
    });
});
