import { strict as assert } from "node:assert";
import fc from "fast-check";
import { defined } from "../../common";

describe("an object without undefined values", () => {
    it("keeps every other key with its value, and no undefined one", () => {
        const values = fc.dictionary(
            fc.string(),
            fc.oneof(fc.constantFrom(undefined, null, false, 0, "", Number.NaN), fc.anything()),
        );
        fc.assert(
            fc.property(values, (given) => {
                const found: Record<string, unknown> = defined(given);
                const wanted = Object.keys(given).filter((key) => given[key] !== undefined);
                assert.deepEqual(Object.keys(found), wanted);
                for (const key of wanted) {
                    assert.ok(Object.is(found[key], given[key]), key);
                }
            }),
        );
    });

    it("leaves the object that it was made of alone", () => {
        const given = { a: 1, b: undefined };
        assert.notEqual(defined(given), given);
        assert.deepEqual(Object.keys(given), ["a", "b"]);
    });

    it("has a type in which what may be undefined may be absent", () => {
        const given: { a: string; b: number | undefined; c?: boolean } = { a: "x", b: undefined };
        const found: { a: string; b?: number; c?: boolean } = defined(given);
        assert.deepEqual(found, { a: "x" });
    });
});
