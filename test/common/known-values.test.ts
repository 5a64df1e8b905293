import assert from "node:assert/strict";
import { REGIONS, regionProblem, RUNTIMES, runtimeProblem } from "../../common";

describe("names of regions and runtimes", () => {
    it("are taken as they are known, or named as new", () => {
        for (const region of REGIONS) {
            assert.equal(regionProblem(region), undefined);
        }
        for (const runtime of RUNTIMES) {
            assert.equal(runtimeProblem(runtime), undefined);
        }
        assert.equal(regionProblem("europe-west99", { regions: ["europe-west99"] }), undefined);
        assert.equal(runtimeProblem("nodejs99", { runtimes: ["nodejs99"] }), undefined);
        assert.ok(REGIONS.length > 40);
    });

    it("are refused with the nearest one, and the way out", () => {
        assert.match(regionProblem("europ-west1") ?? "", /did you mean "europe-west1"\?.*regions: \[europ-west1\]/);
        assert.match(runtimeProblem("nodejs21") ?? "", /did you mean "nodejs2\d"\?.*runtimes: \[nodejs21\]/);
        assert.match(regionProblem("l") ?? "", /"l" is no region that is known; if it is new/);
    });
});
