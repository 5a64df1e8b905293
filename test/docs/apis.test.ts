import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { apiLines, apiPage, methodLines, reportApis } from "../../cli/sandbox/apis";
import { createCloud } from "../../sandbox/create";
import { assertPrinted } from "../support/printed";

const page = resolve(__dirname, "../../docs/apis.md");

describe("the page of the sandbox's APIs", () => {
    const cloud = createCloud();
    after(() => cloud.close());

    it("is what `gcp-invoke sandbox apis --markdown` prints", () => {
        const current = apiPage(reportApis(cloud.apis)) === readFileSync(page, "utf8");
        assert.ok(current, "out of date: npm run gcp-invoke -- sandbox apis --markdown > docs/apis.md");
    });

    it("tells the permission of a method, what is missing, and what nobody verified", () => {
        const reports = reportApis(cloud.apis);
        assertPrinted("apis", reports);
        const run = reports.find(({ host }) => host === "run.googleapis.com");
        assert.ok(run);
        const lines = methodLines(run);
        assert.ok(
            lines.some((line) => /^google\.cloud\.run\.v2\.Services\.CreateService +run\.services\.create$/.test(line)),
        );
        assert.ok(lines.includes("not implemented: google.cloud.run.v2.Tasks.ListTasks"));
        assert.ok(lines.some((line) => line.startsWith("unverified: the defaults")));
        assert.equal(apiLines(reports).length, reports.length);
    });

    it("names an API for each host that is served, and no method twice", () => {
        for (const { host, methods } of reportApis(cloud.apis)) {
            const names = methods.map(({ name }) => name);
            assert.deepEqual([host, names.length], [host, new Set(names).size]);
        }
    });
});
