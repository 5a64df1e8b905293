import assert from "node:assert/strict";
import { variablePrefix } from "../../../workflow";

describe("the variable of a target", () => {
    for (const [key, prefix] of [
        ["orders", "ORDERS"],
        ["stock-api", "STOCK_API"],
        ["stock_api", "STOCK_API"],
        ["stockApi", "STOCK_API"],
        ["v2", "V2"],
    ] as const) {
        it(`of ${key} is ${prefix}_URL`, () => {
            assert.equal(variablePrefix(key), prefix);
        });
    }
});
