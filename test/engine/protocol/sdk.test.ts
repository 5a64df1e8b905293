import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as messages from "@pulumi/pulumi/proto/resource_pb";
import { features, later, laterMessage, newerSdk } from "../../../engine/protocol/sdk";

describe("what SDKs of different versions have", () => {
    it("is used by the names that the newest SDKs have", () => {
        const { RegisterResourceRequest, RegisterResourceHookRequest, RegisterResourceResponse } = messages;
        const asked = {
            request: [RegisterResourceRequest, "getEnvvarmappingsMap", "getStateMigrationsList"],
            hook: [RegisterResourceHookRequest, "getIgnoreErrors"],
            binding: [RegisterResourceRequest.ResourceHooksBinding, "getOnErrorList", "setOnErrorList"],
            response: [RegisterResourceResponse, "setUnknown"],
        } as const;
        for (const [message, ...methods] of Object.values(asked)) {
            const instance = later(new message());
            for (const method of methods) {
                assert.equal(typeof instance[method], "function", method);
            }
        }
        for (const name of ["DeploymentInfo", "ErrorHookRequest", "ErrorHookResponse"] as const) {
            assert.equal(typeof laterMessage(name), "function");
        }
    });

    it("offers features by number, and none for which an SDK has no number", () => {
        assert.deepEqual(features(["secrets", "resourceHooks", "invokeDependsOn", "notThoughtOfYet"]), [0, 10, 14]);
    });

    it("names the SDK to install where a message was added later", () => {
        // The module is required, as the properties of an import cannot be changed.
        const sdk = createRequire(__filename)("@pulumi/pulumi/proto/resource_pb") as Record<string, unknown>;
        const { ErrorHookRequest } = sdk;
        sdk["ErrorHookRequest"] = undefined;
        try {
            assert.throws(() => laterMessage("ErrorHookRequest"), {
                message:
                    /^ErrorHookRequest needs @pulumi\/pulumi 3\.217\.0 or newer, and .* npm install @pulumi\/pulumi@\^3\.217\.0$/,
            });
        } finally {
            sdk["ErrorHookRequest"] = ErrorHookRequest;
        }
    });

    describe("an SDK of the program", () => {
        let folder: string;
        before(() => {
            folder = mkdtempSync(join(tmpdir(), "sdk-"));
            mkdirSync(join(folder, "node_modules", "@pulumi", "pulumi"), { recursive: true });
            writeFileSync(
                join(folder, "node_modules", "@pulumi", "pulumi", "version.js"),
                'exports.version = "3.276.0"',
            );
        });
        after(() => rmSync(folder, { recursive: true }));

        it("causes a warning where the engine's SDK is older", () => {
            for (const own of ["3.208.0", "3.99.0", "3.275.9"]) {
                const [warning = "", ...rest] = newerSdk(folder, own);
                assert.match(
                    warning,
                    new RegExp(`is 3\\.276\\.0, newer than the ${own} .* install @pulumi/pulumi@3\\.276\\.0`),
                );
                assert.deepEqual(rest, []);
            }
        });

        it("causes no warning where the engine's SDK is as new or newer, or where the program has none", () => {
            for (const own of ["3.276.0", "3.276.1", "3.1000.0", "4.0.0"]) {
                assert.deepEqual(newerSdk(folder, own), []);
            }
            assert.deepEqual(newerSdk(tmpdir(), "3.1.0"), []);
        });
    });
});
