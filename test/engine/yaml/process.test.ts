import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Bench } from "../helper";

describe("the process of a YAML program", () => {
    let folder = "";
    let bench: Bench;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "yaml-process-"));
        bench = new Bench(folder);
    });
    afterEach(() => {
        bench.close();
        rmSync(folder, { recursive: true });
    });

    async function up(text: string) {
        writeFileSync(join(folder, "Pulumi.yaml"), `name: shop\nruntime: yaml\n${text}`);
        const stack = await bench.open({ "gcp:project": "demo", "gcp:region": "europe-west1", "shop:size": "3" });
        return await stack.up({ preview: false });
    }

    it("gets the configuration of the provider and of the project", async () => {
        const { result, diagnostics } = await up(
            'outputs: { region: "${gcp:region}", size: "${size}", both: "${gcp:project}/${shop:size}" }',
        );
        assert.deepEqual([result, diagnostics], ["succeeded", []]);
        const stack = await bench.open({ "gcp:project": "demo" });
        assert.deepEqual(stack.outputs, { region: "europe-west1", size: 3, both: "demo/3" });
    });

    for (const [title, text, expected] of [
        ["a reference to nothing", "outputs: { a: '${nope.x}' }", /outputs\.a: there is no .* "nope"$/],
        ["a text that is no reference", "outputs: { a: '${a..b}' }", /\$\{a\.\.b\} is no reference; write one as /],
        ["a setting that is missing", "outputs: { a: '${gcp:zone}' }", /gcp:zone is not set; run gcp-invoke .*VALUE/],
        [
            "an unknown key",
            "resources: { a: { type: x:y:Z, propertys: {} } }",
            /resources\.a has propertys, .*; use one of/,
        ],
    ] as const) {
        it(`tells ${title} with its place, what to do, and no stack of the sandbox's own code`, async () => {
            const { result, diagnostics } = await up(text);
            assert.equal(result, "failed");
            const [first, ...others] = diagnostics.filter(({ severity }) => severity === "error");
            assert.match(first?.message.trim() ?? "", expected);
            assert.doesNotMatch(
                bench.printed() + diagnostics.map((each) => each.message).join("\n"),
                /\bat \S+ \(|unhandled/,
            );
            assert.ok(others.length <= 1, others.map((each) => each.message).join("\n"));
        });
    }
});
