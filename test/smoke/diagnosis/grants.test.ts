import assert from "node:assert/strict";
import { iamTargets } from "../../../engine/provider/iam/targets";
import { predefinedRole } from "../../../access/roles";
import { grantCommand, permissions, revokeCommand } from "../../../smoke/diagnosis/grants";

const member = "serviceAccount:fulfil@demo.iam.gserviceaccount.com";

/** The names that a resource's path has in place of its braces, so that each can be found again in the command. */
const names: Record<string, string> = {
    project: "shop-1",
    location: "europe-west9",
    region: "europe-west9",
    folder: "folders/4711",
    orgId: "4712",
    serviceAccountId: "projects/shop-1/serviceAccounts/who@shop-1.iam.gserviceaccount.com",
};

/** Paths that an input holds as a whole. */
const whole: Record<string, [path: string, ...named: string[]]> = {
    "gcp:kms/keyRingIAMMember:KeyRingIAMMember": [
        "projects/shop-1/locations/europe-west9/keyRings/ring",
        ...["ring", "europe-west9", "shop-1"],
    ],
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": [
        "projects/shop-1/locations/europe-west9/keyRings/ring/cryptoKeys/key",
        ...["key", "ring", "europe-west9", "shop-1"],
    ],
    "gcp:servicedirectory/namespaceIamMember:NamespaceIamMember": [
        "projects/shop-1/locations/europe-west9/namespaces/inner",
        ...["inner", "europe-west9", "shop-1"],
    ],
    "gcp:servicedirectory/serviceIamMember:ServiceIamMember": [
        "projects/shop-1/locations/europe-west9/namespaces/inner/services/stock",
        ...["stock", "inner", "europe-west9", "shop-1"],
    ],
};

/** Nobody calls a pool of workers, so no check looks for a grant on one. */
const UNCALLED = ["gcp:cloudrunv2/workerPoolIamMember:WorkerPoolIamMember"];

describe("the command that mends a grant", () => {
    for (const { token, base, path } of iamTargets.filter((each) => !UNCALLED.includes(each.token))) {
        it(`is known for ${token}, and names the resource in full`, () => {
            const found: string[] = [];
            const [filled, ...named] = whole[token] ?? [
                path.replace(/\{(\w+)\}/g, (_, input: string) => {
                    const value = names[input] ?? `my-${input.toLowerCase()}`;
                    found.push(value.slice(value.lastIndexOf("/") + 1));
                    return value;
                }),
            ];
            const grant = { member, role: "roles/viewer", resource: `${base}${filled}`, label: "it" };
            const [add, remove] = [grantCommand(grant), revokeCommand(grant)];
            assert.ok(add !== undefined && remove !== undefined, `${base}${filled} has no command`);
            assert.match(add, /^gcloud [a-z -]+ add-iam-policy-binding /);
            assert.equal(remove, add.replace("add-iam", "remove-iam"));
            for (const part of [...found, ...named, `--member=${member}`, "--role=roles/viewer"]) {
                assert.ok(add.includes(part), `${add} lacks ${part}`);
            }
        });
    }

    it("is not guessed for a resource of another kind, nor for one that only ends alike", () => {
        for (const resource of [
            "https://run.googleapis.com/v2/projects/p/locations/l/workerPools/w",
            "https://servicedirectory.googleapis.com/v1/projects/p/locations/l/namespaces/n/services/s/endpoints/e",
            "https://cloudkms.googleapis.com/v1/projects/p/locations/l/keyRings/r/importJobs/j",
        ]) {
            assert.equal(grantCommand({ member, role: "roles/viewer", resource, label: "it" }), undefined, resource);
        }
    });

    it("stands beside a permission that the role really has", () => {
        const known = Object.entries(permissions).filter(([role]) => predefinedRole(role) !== undefined);
        assert.ok(known.length > 10);
        for (const [role, permission] of known) {
            const has = predefinedRole(role)?.permissions ?? new Set<string>();
            assert.ok(has.has(permission), `${role} has no ${permission}`);
        }
    });
});
