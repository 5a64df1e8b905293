import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
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

    it("are served by the sources as Pulumi compiles them away from the package, without its tsconfig.json", function () {
        this.timeout(180_000);
        const program = ts.createProgram([path.join(root, "index.ts")], {
            target: ts.ScriptTarget.ES2020,
            module: ts.ModuleKind.NodeNext,
            moduleResolution: ts.ModuleResolutionKind.NodeNext,
            strict: true,
            skipLibCheck: true,
            noEmit: true,
            types: ["node"],
            typeRoots: [path.join(root, "node_modules", "@types")],
        });
        const found = ts.getPreEmitDiagnostics(program);
        assert.deepEqual(
            found.map(({ file, messageText }) => [file?.fileName, ts.flattenDiagnosticMessageText(messageText, "\n")]),
            [],
        );
    });
});

function isComponent(value: object): boolean {
    return "prototype" in value && "registerOutputs" in (value.prototype as object);
}
