import assert from "node:assert/strict";
import { declaredGrants, specsOfState } from "../../../smoke";

const spec = { version: 1, name: "orders", project: "demo", fingerprint: {}, probes: [] };
const urn = (type: string, name: string, parent = "pulumi-gcp-invoke:index:InvokableService$") =>
    `urn:pulumi:dev::shop::${parent}${type}::${name}`;
const service = "gcp:cloudrunv2/serviceIamMember:ServiceIamMember";
const account = "gcp:serviceaccount/iAMMember:IAMMember";
const grant = {
    project: "demo",
    location: "europe-west1",
    name: "projects/demo/locations/europe-west1/services/orders",
    role: "roles/run.invoker",
    member: "group:support@example.com",
};

function declaredIn(...resources: object[]): string[] {
    const stash = {
        type: "pulumi:index:Stash",
        urn: urn("pulumi:index:Stash", "orders-smoke"),
        inputs: { input: spec },
    };
    return declaredGrants(specsOfState({ resources: [stash, ...resources] })).map(
        ({ member, role, resource }) => `${member} ${role} ${resource}`,
    );
}

describe("the grants that the state of a stack tells", () => {
    it("are those of components, on whatever can be called or impersonated", () => {
        assert.deepEqual(declaredIn({ type: service, urn: urn(service, "support"), outputs: grant }), [
            "group:support@example.com roles/run.invoker https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services/orders",
        ]);
        const minter = {
            serviceAccountId: "projects/demo/serviceAccounts/front@demo.iam.gserviceaccount.com",
            role: "roles/iam.serviceAccountOpenIdTokenCreator",
            member: "user:ann@example.com",
        };
        const wrapped = urn(service, "support", "acme:index:Shop$pulumi-gcp-invoke:index:InvokableService$");
        assert.equal(declaredIn({ type: service, urn: wrapped, outputs: grant }).length, 1);
        assert.deepEqual(declaredIn({ type: account, urn: urn(account, "minter"), outputs: minter }), [
            "user:ann@example.com roles/iam.serviceAccountOpenIdTokenCreator https://iam.googleapis.com/v1/projects/-/serviceAccounts/front@demo.iam.gserviceaccount.com",
        ]);
    });

    it("are not those that something else made, nor those that wait to be deleted", () => {
        assert.deepEqual(declaredIn({ type: service, urn: urn(service, "support", ""), outputs: grant }), []);
        assert.deepEqual(declaredIn({ type: service, urn: urn(service, "support"), outputs: grant, delete: true }), []);
        assert.deepEqual(declaredIn({ type: "gcp:storage/bucket:Bucket", urn: urn("x", "b"), outputs: grant }), []);
    });
});
