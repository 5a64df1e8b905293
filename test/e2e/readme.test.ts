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

    it("is deployed and checked as it stands, with the call that the README shows", async () => {
        const readme = readFileSync(join(checkout, "README.md"), "utf8");
        const [, program = ""] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
        const [, url = ""] = /`url: (\$\{sys\.get_env\("ORDERS_URL"\).*?\})`/.exec(readme) ?? [];
        assert.ok(program.includes("AuthenticatedWorkflow") && url !== "");
        writeFileSync(join(copy.directory, "index.ts"), program);
        writeFileSync(
            join(copy.directory, "fulfil.yaml"),
            [
                "main:",
                "  params: [request]",
                "  steps:",
                "    - reserve:",
                "        call: http.post",
                "        args:",
                `          url: ${url}`,
                "          body: ${request}",
                "        result: reservation",
                "    - record:",
                "        call: http.post",
                "        args:",
                "          url: https://logging.googleapis.com/v2/entries:write",
                "          body:",
                `            logName: \${"projects/" + sys.get_env("GOOGLE_CLOUD_PROJECT_ID") + "/logs/fulfil"}`,
                "            resource: {type: global}",
                "            entries: [{textPayload: reserved}]",
                "    - done:",
                "        return: ${reservation.body}",
                "",
            ].join("\n"),
        );
        const { succeeded, text, reports } = await run(copy, "up");
        assert.ok(succeeded, text);
        assert.equal(reports.find(({ name }) => name === "fulfil")?.verdict, "passed", text);
    });
});
