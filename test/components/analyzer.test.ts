import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import ts from "typescript";
import * as entry from "../../index";

const root = path.resolve(__dirname, "../..");
const { compiler } = createRequire(__filename)("../../scripts/sources.cjs") as { compiler: string };

describe("other languages", function () {
    this.timeout(180_000);
    let folder = "";
    before(() => {
        mkdirSync(path.join(root, "temp"), { recursive: true });
        folder = mkdtempSync(path.join(root, "temp", "languages-"));
    });
    after(() => rmSync(folder, { recursive: true }));
    /** Settings of a compiler that reads the entry of the package, and what that imports. */
    const configure = (settings: object): void =>
        writeFileSync(
            path.join(folder, "tsconfig.json"),
            JSON.stringify({ ...settings, files: [path.join(root, "index.ts")] }),
        );

    it("get every component: the SDK's analyzer takes all arguments and outputs", () => {
        const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Record<string, unknown>;
        const components = Object.entries(entry)
            .filter(([, value]) => typeof value === "function" && isComponent(value))
            .map(([name]) => name);
        configure({ extends: "../../tsconfig.json" });
        const restore = readProviderWithoutComments();
        const { components: found, typeDefinitions } = new Analyzer(
            folder,
            "pulumi-gcp-invoke",
            { ...manifest, exports: path.join(root, "index.js") },
            new Set(components),
        ).analyze();
        restore();
        assert.deepEqual(Object.keys(found).sort(), [...components].sort());
        assert.deepEqual(found["AuthenticatedWorkflow"]?.inputs["source"], {
            $ref: "pulumi.json#/Asset",
            description: found["AuthenticatedWorkflow"]?.inputs["source"]?.description,
        });
        // Functions do not exist in other languages, so a transform is an option and no argument.
        assert.deepEqual(
            Object.values(found).filter(({ inputs }) => "transform" in inputs),
            [],
        );
        for (const nested of ["HealthCheck", "SecretSource", "Sidecar", "TrafficShare", "Volume", "ScheduleRetry"]) {
            assert.ok(typeDefinitions[nested], nested);
        }
        assert.deepEqual(
            typeDefinitions["TargetKind"]?.enum?.map(({ value }) => value),
            ["run", "function", "iap", "google-api", "external"],
        );
        assert.equal(typeDefinitions["Target"]?.properties?.["url"]?.plain, undefined, "a URL is an output elsewhere");
    });

    it("are served by the sources as Pulumi compiles them away from the package, without its tsconfig.json", () => {
        configure({
            compilerOptions: {
                target: "es2020",
                module: "nodenext",
                moduleResolution: "nodenext",
                strict: true,
                skipLibCheck: true,
                noEmit: true,
                types: ["node"],
                typeRoots: [path.join(root, "node_modules", "@types")],
            },
        });
        const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8" });
        assert.deepEqual([status, stdout], [0, ""]);
    });
});

function isComponent(value: object): boolean {
    return "prototype" in value && "registerOutputs" in (value.prototype as object);
}

/** The analyzer would take ten seconds to parse the comments of the provider's types. It uses only those of components. */
function readProviderWithoutComments(): () => void {
    const { sys } = ts;
    const readFile = sys.readFile.bind(sys);
    sys.readFile = (file, encoding) => {
        const text = readFile(file, encoding);
        return file.includes("/@pulumi/gcp/") ? text?.replaceAll(/\/\*\*[\s\S]*?\*\//g, "") : text;
    };
    return () => (sys.readFile = readFile);
}
