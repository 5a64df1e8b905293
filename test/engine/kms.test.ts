import assert from "node:assert/strict";
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { Sandbox } from "../../sandbox";

const location = "global";

/** A key with a name of its own, and a secret that it encrypts. */
function program(grant: "on the key" | "on the ring, by a short name" | "none", rotationPeriod = "7776000s") {
    return (): Promise<Record<string, pulumi.Output<unknown>>> => {
        const ring = new gcp.kms.KeyRing("ring", { name: "ring", location });
        const key = new gcp.kms.CryptoKey("key", { name: "key", keyRing: ring.id, rotationPeriod });
        const agent = new gcp.projects.ServiceIdentity("agent", { service: "secretmanager.googleapis.com" });
        const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
        const member = agent.member;
        const grants =
            grant === "none"
                ? []
                : grant === "on the key"
                  ? [new gcp.kms.CryptoKeyIAMBinding("uses", { cryptoKeyId: key.id, role, members: [member] })]
                  : [
                        new gcp.kms.KeyRingIAMMember("uses", {
                            keyRingId: ring.name.apply((name) => `${location}/${name}`),
                            role,
                            member,
                        }),
                    ];
        const secret = new gcp.secretmanager.Secret(
            "secret",
            { secretId: "s", replication: { auto: { customerManagedEncryption: { kmsKeyName: key.id } } } },
            { dependsOn: grants },
        );
        return Promise.resolve({ key: key.id, primaries: key.primaries, secret: secret.name });
    };
}

describe("keys of Cloud KMS in a program", () => {
    for (const grant of ["on the key", "on the ring, by a short name"] as const) {
        it(`go up, are unchanged, and are changed: a grant ${grant}`, async () => {
            await using sandbox = await Sandbox.start({ project: "demo" });
            const up = await sandbox.up(program(grant));
            assert.equal(up.result, "succeeded", JSON.stringify(up.diagnostics));
            const key = `projects/demo/locations/${location}/keyRings/ring/cryptoKeys/key`;
            assert.equal(up.outputs["key"], key);
            assert.deepEqual(up.outputs["primaries"], [{ name: `${key}/cryptoKeyVersions/1`, state: "ENABLED" }]);
            const again = await sandbox.up(program(grant));
            assert.deepEqual(Object.keys(again.changes), ["same"], JSON.stringify(again.changes));
            const changed = await sandbox.up(program(grant, "2592000s"));
            assert.equal(changed.changes["update"], 1, JSON.stringify(changed.changes));
            assert.equal(changed.result, "succeeded", JSON.stringify(changed.diagnostics));
        });
    }

    it("encrypt nothing without a grant for the agent of the service", async () => {
        await using sandbox = await Sandbox.start({ project: "demo" });
        const up = await sandbox.up(program("none"));
        assert.equal(up.result, "failed");
        assert.match(JSON.stringify(up.diagnostics), /useToEncrypt' denied on resource .*gcp-sa-secretmanager/);
    });

    it("stay after they were destroyed, with a name that is taken and versions that are to be destroyed", async () => {
        await using sandbox = await Sandbox.start({ project: "demo" });
        const up = await sandbox.up(program("on the key"));
        assert.equal(up.result, "succeeded", JSON.stringify(up.diagnostics));
        const gone = await up.destroy();
        assert.equal(gone.result, "succeeded", JSON.stringify(gone.diagnostics));
        const key = `https://cloudkms.googleapis.com/v1/projects/demo/locations/${location}/keyRings/ring/cryptoKeys/key`;
        const { body } = await sandbox.request("GET", key);
        assert.equal((body as { primary?: { state?: string } }).primary?.state, "DESTROY_SCHEDULED");
        assert.equal((body as { rotationPeriod?: string }).rotationPeriod, undefined);
        const again = await sandbox.up(program("on the key"));
        assert.equal(again.result, "failed");
        assert.match(JSON.stringify(again.diagnostics), /409/);
    });
});
