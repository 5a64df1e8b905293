import assert from "node:assert/strict";
import fc from "fast-check";
import { RecentMap } from "../../common";

describe("a map of the latest entries", () => {
    it("has what was set last, and never more than it keeps", () => {
        fc.assert(
            fc.property(fc.integer({ min: 1, max: 9 }), fc.array(fc.nat({ max: 20 })), (most, keys) => {
                const map = new RecentMap<number, number>(most);
                keys.forEach((key, at) => {
                    const before = [...map.keys()];
                    map.set(key, at);
                    const expected = before.includes(key) ? before : [...before, key].slice(-most);
                    assert.deepEqual([...map.keys()], expected);
                    assert.equal(map.get(key), at);
                });
            }),
        );
    });
});
