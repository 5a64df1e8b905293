import { strict as assert } from "node:assert";
import { predefinedRoles } from "../../../sandbox/iam";
import { owner, testCloud, type TestCloud } from "../support/cloud";

const here = "projects/demo/locations/europe-west1";
/** A resource of each kind that has a policy, with roles that Google's documentation grants on it, and some that it does not. */
const kinds: [resource: string, taken: string[], refused: string[]][] = [
    [
        `//run.googleapis.com/${here}/services/s`,
        ["run.invoker", "run.servicesInvoker", "run.viewer", "run.admin"],
        ["cloudfunctions.invoker", "pubsub.publisher", "bigquery.jobUser", "secretmanager.secretAccessor"],
    ],
    [
        `//run.googleapis.com/${here}/jobs/j`,
        ["run.invoker", "run.developer"],
        ["cloudfunctions.invoker", "run.servicesInvoker"],
    ],
    [
        `//cloudfunctions.googleapis.com/${here}/functions/f`,
        ["cloudfunctions.invoker", "cloudfunctions.viewer"],
        ["run.invoker", "run.admin", "pubsub.publisher"],
    ],
    ["//pubsub.googleapis.com/projects/demo/topics/tee", ["pubsub.publisher", "pubsub.subscriber"], ["run.invoker"]],
    [
        "//pubsub.googleapis.com/projects/demo/subscriptions/sub",
        ["pubsub.subscriber"],
        ["pubsub.publisher", "run.invoker"],
    ],
    ["//secretmanager.googleapis.com/projects/demo/secrets/s", ["secretmanager.secretAccessor"], ["run.invoker"]],
    ["//storage.googleapis.com/projects/_/buckets/b", ["storage.objectViewer", "storage.admin"], ["run.invoker"]],
    [`//cloudtasks.googleapis.com/${here}/queues/q`, ["cloudtasks.enqueuer"], ["cloudscheduler.jobRunner"]],
    [`//artifactregistry.googleapis.com/${here}/repositories/r`, ["artifactregistry.reader"], ["storage.objectViewer"]],
    [
        "//iam.googleapis.com/projects/demo/serviceAccounts/a@demo.iam.gserviceaccount.com",
        ["iam.serviceAccountUser", "iam.serviceAccountTokenCreator", "iam.workloadIdentityUser"],
        ["run.invoker", "iam.roleAdmin"],
    ],
    ["//iap.googleapis.com/projects/demo/iap_web/compute/services/s", ["iap.httpsResourceAccessor"], ["run.invoker"]],
    ["//cloudresourcemanager.googleapis.com/projects/demo", ["run.invoker", "bigquery.jobUser"], []],
];
const BASIC = ["owner", "editor", "viewer"];

describe("roles on resources", () => {
    let cloud: TestCloud;
    beforeEach(() => void (cloud = testCloud()));
    afterEach(() => cloud.close());

    const grant = (resource: string, role: string): void =>
        void cloud.iam.setPolicy(resource, { bindings: [{ role, members: ["user:ann@example.com"] }] });
    const refusal = (role: string) => ({
        message: `Role ${role} is not supported for this resource.`,
        status: "INVALID_ARGUMENT",
    });

    for (const [resource, taken, refused] of kinds) {
        it(`are taken on ${resource} where it has a permission of theirs, and refused otherwise`, () => {
            for (const role of [...taken, ...BASIC]) {
                grant(resource, `roles/${role}`);
            }
            for (const role of refused) {
                assert.throws(() => grant(resource, `roles/${role}`), refusal(`roles/${role}`), role);
            }
        });

        it(`are those of ${resource} that queryGrantableRoles lists`, async () => {
            const listed: string[] = [];
            let pageToken: unknown;
            do {
                const body = {
                    fullResourceName: resource,
                    pageSize: 50,
                    ...(pageToken !== undefined && { pageToken }),
                };
                const answer = await cloud.call(
                    owner,
                    "POST",
                    "https://iam.googleapis.com/v1/roles:queryGrantableRoles",
                    body,
                );
                listed.push(...((answer.roles ?? []) as { name: string }[]).map(({ name }) => name));
                pageToken = answer.nextPageToken;
            } while (pageToken !== undefined);
            for (const { name } of predefinedRoles()) {
                if (listed.includes(name)) {
                    grant(resource, name);
                } else {
                    assert.throws(() => grant(resource, name), refusal(name), name);
                }
            }
        });
    }

    it("that a project has itself follow the same rule", async () => {
        const url = "https://iam.googleapis.com/v1/projects/demo/roles";
        const role = async (roleId: string, includedPermissions: string[]): Promise<string> =>
            String((await cloud.call(owner, "POST", url, { roleId, role: { includedPermissions } })).name);
        const [service = ""] = kinds[0] ?? [];
        grant(service, await role("caller", ["run.routes.invoke", "pubsub.topics.publish"]));
        const publisher = await role("publisher", ["pubsub.topics.publish"]);
        assert.throws(() => grant(service, publisher), refusal(publisher));
    });

    it("are asked for by full names only", async () => {
        for (const method of ["roles:queryGrantableRoles", "permissions:queryTestablePermissions"]) {
            const url = `https://iam.googleapis.com/v1/${method}`;
            assert.equal(await cloud.status(owner, "POST", url, { fullResourceName: "projects/demo" }), 400);
            const fullResourceName = "//cloudresourcemanager.googleapis.com/projects/demo";
            assert.equal(await cloud.status(owner, "POST", url, { fullResourceName }), 200);
        }
    });
});
