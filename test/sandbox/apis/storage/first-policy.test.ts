import assert from "node:assert/strict";
import type { Policy, Principal } from "../../../../sandbox/cloud";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

const B = "https://storage.googleapis.com/storage/v1/b";
const PROJECT = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
const user = (name: string): Principal => ({ kind: "user", email: `${name}@example.com` });

const OWNERS = ["projectEditor:demo", "projectOwner:demo"];
const VIEWERS = ["projectViewer:demo"];
const OF_BUCKET = [
    { role: "roles/storage.legacyBucketOwner", members: OWNERS },
    { role: "roles/storage.legacyBucketReader", members: VIEWERS },
];
const OF_OBJECTS = [
    { role: "roles/storage.legacyObjectOwner", members: OWNERS },
    { role: "roles/storage.legacyObjectReader", members: VIEWERS },
];

describe("the policy of a new bucket", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = testCloud();
    });
    afterEach(() => cloud.close());

    const make = (project: string, uniform?: boolean) =>
        cloud.call(owner, "POST", `${B}?project=${project}`, {
            name: "reports",
            ...(uniform !== undefined && { iamConfiguration: { uniformBucketLevelAccess: { enabled: uniform } } }),
        });
    const policy = () => cloud.call(owner, "GET", `${B}/reports/iam`) as Promise<Policy>;

    for (const [uniform, bindings] of [
        [undefined, OF_BUCKET],
        [false, OF_BUCKET],
        [true, [...OF_BUCKET, ...OF_OBJECTS]],
    ] as const) {
        it(`names those of its project, with uniform access ${uniform === undefined ? "not mentioned" : String(uniform)}`, async () => {
            for (const project of ["demo", "100000000001"]) {
                const { iamConfiguration } = await make(project, uniform);
                assert.deepEqual((iamConfiguration as Record<string, unknown>).uniformBucketLevelAccess, {
                    enabled: uniform ?? false,
                });
                assert.deepEqual((await policy()).bindings, bindings);
                assert.equal(await cloud.status(owner, "DELETE", `${B}/reports`), 204);
            }
        });
    }

    it("stays as it is set, also empty, and with the bucket's name comes back new", async () => {
        await make("demo");
        await cloud.call(owner, "PUT", `${B}/reports/iam`, { bindings: [] });
        assert.equal((await policy()).bindings, undefined);
        await cloud.status(owner, "DELETE", `${B}/reports`);
        await make("demo");
        assert.deepEqual((await policy()).bindings, OF_BUCKET);
    });

    it("has legacy roles, which are granted on buckets alone", async () => {
        await make("demo");
        const bindings = [{ role: "roles/storage.legacyBucketReader", members: ["user:ann@example.com"] }];
        assert.equal(await cloud.status(owner, "PUT", `${B}/reports/iam`, { bindings }), 200);
        const { bindings: known } = (await cloud.call(owner, "POST", `${PROJECT}:getIamPolicy`)) as Policy;
        const onProject = { policy: { bindings: [...(known ?? []), ...bindings] } };
        assert.equal(await cloud.status(owner, "POST", `${PROJECT}:setIamPolicy`, onProject), 400);
    });

    it("gives those of a basic role what its binding gives, and nobody else", async () => {
        const topic = "https://pubsub.googleapis.com/v1/projects/demo/topics/news";
        await cloud.call(owner, "PUT", topic, {});
        const publishes = (who: string) =>
            cloud.status(user(who), "POST", `${topic}:publish`, { messages: [{ data: "eA==" }] });
        const { bindings, etag } = (await cloud.call(owner, "POST", `${PROJECT}:getIamPolicy`)) as Policy;
        const viewer = { role: "roles/viewer", members: ["user:vera@example.com"] };
        await cloud.call(owner, "POST", `${PROJECT}:setIamPolicy`, {
            policy: { bindings: [...(bindings ?? []), viewer], etag },
        });
        assert.deepEqual([await publishes("vera"), await publishes("bob")], [403, 403]);
        for (const project of ["demo", "100000000001"]) {
            const publisher = { role: "roles/pubsub.publisher", members: [`projectViewer:${project}`] };
            await cloud.call(owner, "POST", `${topic}:setIamPolicy`, { policy: { bindings: [publisher] } });
            assert.deepEqual([await publishes("vera"), await publishes("bob")], [200, 403], project);
        }
        const last = cloud.decisions.list().findLast(({ allowed }) => allowed);
        assert.match(String(last?.reason), /projectViewer:100000000001, one of whom is user:vera@example\.com/);
        for (const other of ["projectEditor:demo", "projectViewer:other"]) {
            const publisher = { role: "roles/pubsub.publisher", members: [other] };
            await cloud.call(owner, "POST", `${topic}:setIamPolicy`, { policy: { bindings: [publisher] } });
            assert.equal(await publishes("vera"), 403, other);
        }
    });
});
