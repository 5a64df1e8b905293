import { strict as assert } from "node:assert";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkout, type Copy, copyOf, run } from "../support/quickstart";

describe("the first stack of the README", function () {
    this.timeout(120_000);
    let copy: Copy;
    before(() => {
        copy = copyOf("quickstart");
    });
    after(() => copy.remove());

    it("is deployed and checked file by file as it stands there", async () => {
        const readme = readFileSync(join(checkout, "README.md"), "utf8");
        const files = [...readme.matchAll(/```\w+ (\S+\.\w+)\n([\s\S]*?)```/g)];
        const names = files.map(([, name = "", content = ""]) => {
            writeFileSync(join(copy.directory, name), content);
            return name;
        });
        assert.deepEqual(names.slice(0, 4), ["index.ts", "fulfil.yaml", "sandbox.yaml", "orders.js"]);
        const { succeeded, text, reports } = await run(copy, "up");
        assert.ok(succeeded, text);
        assert.equal(reports.find(({ name }) => name === "fulfil")?.verdict, "passed", text);
    });
});
