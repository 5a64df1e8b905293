import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import * as entry from "../../index";

const root = path.resolve(__dirname, "../..");

describe("other languages", () => {
    it("get every component: the SDK's analyzer takes all arguments and outputs", function () {
        this.timeout(180_000);
        const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Record<string, unknown>;
        const components = Object.entries(entry)
            .filter(([, value]) => typeof value === "function" && isComponent(value))
            .map(([name]) => name);
        const { components: found, typeDefinitions } = new Analyzer(
            root,
            "pulumi-gcp-invoke",
            manifest,
            new Set(components),
        ).analyze();
        assert.deepEqual(Object.keys(found).sort(), [...components].sort());
        assert.deepEqual(found["AuthenticatedWorkflow"]?.inputs["source"], {
            $ref: "pulumi.json#/Asset",
            description: found["AuthenticatedWorkflow"]?.inputs["source"]?.description,
        });
        assert.deepEqual(
            typeDefinitions["TargetKind"]?.enum?.map(({ value }) => value),
            ["run", "function", "iap", "google-api", "external"],
        );
        assert.equal(typeDefinitions["Target"]?.properties?.["url"]?.plain, undefined, "a URL is an output elsewhere");
    });
});

function isComponent(value: object): boolean {
    return "prototype" in value && "registerOutputs" in (value.prototype as object);
}
