import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { ServiceArgs } from "@pulumi/gcp/cloudrunv2";
import * as secretmanager from "@pulumi/gcp/secretmanager";
import * as storage from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import { deploy } from "./support/deploy";
import { components, ofFunction, ofQueue, ofSchedule, ofService, target } from "./support/options";
import { type Properties, type Schema, unknownProperties } from "./support/provider-schema";
import { openStack } from "../../engine";
import { AuthenticatedQueue, AuthenticatedSchedule, InvokableFunction, InvokableService } from "../../index";
import { Sandbox } from "../../sandbox";
import { needBeside } from "../support/beside";

const config = { "gcp:project": "demo", "gcp-invoke:smoke": "off" };

/** The types that the recorded schema does not have yet. */
const NEWER = ["gcp:cloudrunv2/workerPool:WorkerPool"];

/** The key that the options name, which the agents of the services that encrypt with it may use. */
async function makeKey(sandbox: Sandbox): Promise<void> {
    const rings = "https://cloudkms.googleapis.com/v1/projects/demo/locations/europe-west1/keyRings";
    const agents = ["serverless-robot-prod", "gcf-admin-robot"];
    const members = agents.map((agent) => `serviceAccount:service-123456789012@${agent}.iam.gserviceaccount.com`);
    const policy = { bindings: [{ role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", members }] };
    const bodies: [below: string, body: object][] = [
        ["?keyRingId=r", {}],
        ["/r/cryptoKeys?cryptoKeyId=k", { purpose: "ENCRYPT_DECRYPT" }],
        ["/r/cryptoKeys/k:setIamPolicy", { policy }],
    ];
    for (const [below, body] of bodies) {
        const { status } = await sandbox.request("POST", rings + below, { body });
        assert.equal(status, 200, below);
    }
}

describe("a stack with every option", () => {
    after(() => pulumi.runtime.setAllConfig({}));

    it("is taken by the engine, whose table of the provider knows all properties, and read back without a difference", async function () {
        this.timeout(120_000);
        await using sandbox = await Sandbox.start({ project: "demo" });
        await makeKey(sandbox);
        const stateDirectory = mkdtempSync(path.join(tmpdir(), "every-option-"));
        try {
            const opened = await openStack({
                program: everything,
                ...{ config, stateDirectory },
                request: (method, url, body, headers) =>
                    sandbox.request(method, url, { body, ...(headers && { headers }) }),
            });
            const first = await opened.up();
            assert.equal(first.result, "succeeded", first.diagnostics.map(({ message }) => message).join("\n"));
            const second = await opened.up();
            assert.deepEqual([second.result, Object.keys(second.changes)], ["succeeded", ["same"]]);
        } finally {
            rmSync(stateDirectory, { recursive: true, force: true });
        }
    });

    it("has only properties that the real provider's schema names", async function () {
        const file = needBeside(this, "recordings", "gcp-schema.json");
        const schema = JSON.parse(readFileSync(file, "utf8")) as Schema;
        for (const { options, make } of Object.values(components)) {
            const { resources } = await deploy(() => make(options()), { config });
            for (const { type, name, inputs } of resources.filter(({ type: token }) => token.startsWith("gcp:"))) {
                if (NEWER.includes(type)) {
                    continue;
                }
                assert.deepEqual(
                    unknownProperties(schema, schema.resources[type]?.inputs ?? {}, inputs),
                    [],
                    `${type} ${name}`,
                );
            }
        }
    });

    it("has a property that is unknown where a schema does not name it", () => {
        const schema = { resources: {}, types: { T: { properties: { known: { type: "string" } } } } };
        const inputs: Properties = { a: { type: ["T"] }, b: { type: { "*": "T" } } };
        assert.deepEqual(unknownProperties(schema, inputs, { a: [{ known: "x", no: 1 }], b: { k: { no: 1 } }, c: 1 }), [
            ...["a.0.no", "b.k.no", "c"],
        ]);
    });
});

/** A program with all components and what their options name. */
function everything(): Promise<Record<string, unknown>> {
    const versions = ["key", "password", "proxy"].map((secretId) => {
        const secret = new secretmanager.Secret(secretId, { secretId, replication: { auto: {} } });
        return new secretmanager.SecretVersion(secretId, { secret: secret.id, secretData: "x" });
    });
    const buckets = ["demo-assets", "demo-uploads"].map((name) => new storage.Bucket(name, { name, location: "EU" }));
    const dependsOn = [...versions, ...buckets];
    const t = target();
    // The options send requests to a revision by its name, so the first one has that name.
    const transform = {
        service: (service: ServiceArgs) => {
            void Object.assign(service.template, { revision: "orders-00001-abc" });
        },
    };
    new InvokableService("service", { ...ofService(t), deletionProtection: false }, { dependsOn, transform });
    new InvokableFunction("function", ofFunction(t), { dependsOn });
    new AuthenticatedSchedule("schedule", ofSchedule(t));
    new AuthenticatedQueue("queue", ofQueue(t));
    return Promise.resolve({});
}
