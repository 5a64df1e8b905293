import assert from "node:assert/strict";
import type { Principal } from "../../../sandbox/cloud";
import { owner, testCloud, type TestCloud } from "../support/cloud";

const PLACE = "projects/demo/locations/europe-west1";
const ACCOUNT = "caller@demo.iam.gserviceaccount.com";
const EDITOR = { kind: "user", email: "editor@example.com" } as const;

/** Everything that has a resource run as a service account, with the least that it takes. */
const deploys: [what: string, method: string, url: string, body: unknown][] = [
    [
        "a Cloud Run service",
        "POST",
        `https://run.googleapis.com/v2/${PLACE}/services?serviceId=s`,
        { template: { serviceAccount: ACCOUNT, containers: [{ image: "a/b" }] } },
    ],
    [
        "a workflow",
        "POST",
        `https://workflows.googleapis.com/v1/${PLACE}/workflows?workflowId=w`,
        { serviceAccount: ACCOUNT, sourceContents: "main:\n  steps:\n    - done:\n        return: 1\n" },
    ],
    [
        "a function",
        "POST",
        `https://cloudfunctions.googleapis.com/v2/${PLACE}/functions?functionId=f`,
        {
            buildConfig: { runtime: "nodejs22", source: { storageSource: { bucket: "b", object: "o" } } },
            serviceConfig: { serviceAccountEmail: ACCOUNT },
        },
    ],
    [
        "a function of the first generation",
        "POST",
        `https://cloudfunctions.googleapis.com/v1/${PLACE}/functions`,
        {
            name: `${PLACE}/functions/f1`,
            runtime: "nodejs22",
            httpsTrigger: {},
            sourceArchiveUrl: "gs://b/o",
            serviceAccountEmail: ACCOUNT,
        },
    ],
    [
        "a scheduled job",
        "POST",
        `https://cloudscheduler.googleapis.com/v1/${PLACE}/jobs`,
        {
            name: `${PLACE}/jobs/j`,
            schedule: "* * * * *",
            httpTarget: { uri: "https://x.example/", oidcToken: { serviceAccountEmail: ACCOUNT } },
        },
    ],
    [
        "a push subscription",
        "PUT",
        "https://pubsub.googleapis.com/v1/projects/demo/subscriptions/sub",
        {
            topic: "projects/demo/topics/tee",
            pushConfig: { pushEndpoint: "https://x.example/", oidcToken: { serviceAccountEmail: ACCOUNT } },
        },
    ],
    [
        "a task with a token",
        "POST",
        `https://cloudtasks.googleapis.com/v2/${PLACE}/queues/q/tasks`,
        { task: { httpRequest: { url: "https://x.example/", oidcToken: { serviceAccountEmail: ACCOUNT } } } },
    ],
    [
        "an Eventarc trigger",
        "POST",
        `https://eventarc.googleapis.com/v1/${PLACE}/triggers?triggerId=t`,
        {
            name: `${PLACE}/triggers/t`,
            serviceAccount: ACCOUNT,
            eventFilters: [{ attribute: "type", value: "google.cloud.pubsub.topic.v1.messagePublished" }],
            destination: { workflow: `${PLACE}/workflows/w` },
        },
    ],
];

const ROLES = [
    "roles/run.admin",
    "roles/workflows.admin",
    "roles/cloudfunctions.admin",
    "roles/cloudscheduler.admin",
    "roles/pubsub.admin",
    "roles/cloudtasks.admin",
    "roles/eventarc.admin",
];

describe("whoever deploys something that runs as a service account", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = testCloud();
        await cloud.account("caller");
        await cloud.call(owner, "PUT", "https://pubsub.googleapis.com/v1/projects/demo/topics/tee", {});
        await cloud.call(owner, "POST", `https://cloudtasks.googleapis.com/v2/${PLACE}/queues`, {
            name: `${PLACE}/queues/q`,
        });
        const project = "//cloudresourcemanager.googleapis.com/projects/demo";
        const policy = cloud.iam.getPolicy(project);
        const members = ["user:editor@example.com"];
        const granted = ROLES.map((role) => ({ role, members }));
        cloud.iam.setPolicy(project, { ...policy, bindings: [...(policy.bindings ?? []), ...granted] });
    });
    afterEach(() => cloud.close());

    const deploy = async (as: Principal, index: number): Promise<{ status: number; text: string }> => {
        const [, method, url, body] = deploys[index]!;
        const answer = await cloud.apis.request(method, url, { principal: as, body })!;
        return { status: answer.status, text: JSON.stringify(answer.body) };
    };

    deploys.forEach(([what], index) => {
        it(`must be allowed to act as it: ${what}`, async () => {
            const denied = await deploy(EDITOR, index);
            assert.equal(denied.status, 403, denied.text);
            assert.match(
                denied.text,
                /Permission 'iam\.serviceaccounts\.actAs' denied on service account caller@demo\.iam\.gserviceaccount\.com/,
            );
            cloud.iam.setPolicy(`//iam.googleapis.com/projects/demo/serviceAccounts/${ACCOUNT}`, {
                bindings: [{ role: "roles/iam.serviceAccountUser", members: ["user:editor@example.com"] }],
            });
            const allowed = await deploy(EDITOR, index);
            assert.equal(allowed.status, 200, allowed.text);
        });
    });

    it("is told the same of an account that does not exist", async () => {
        const url = `https://run.googleapis.com/v2/${PLACE}/services?serviceId=s`;
        const template = { serviceAccount: "nobody@demo.iam.gserviceaccount.com", containers: [{ image: "a/b" }] };
        assert.equal(await cloud.status(owner, "POST", url, { template }), 403);
    });

    it("is refused a workflow that does not hold, with the place", async () => {
        const url = `https://workflows.googleapis.com/v1/${PLACE}/workflows?workflowId=w`;
        const bad = { serviceAccount: ACCOUNT, sourceContents: "main:\n  steps:\n    - go:\n        next: nowhere\n" };
        const answer = await cloud.apis.request("POST", url, { principal: owner, body: bad })!;
        assert.equal(answer.status, 400);
        assert.match(JSON.stringify(answer.body), /nowhere/);
    });

    it("gets a new revision of a workflow for a new source, and none for a new label", async () => {
        const url = `https://workflows.googleapis.com/v1/${PLACE}/workflows`;
        const source = (value: number): string => `main:\n  steps:\n    - done:\n        return: ${value}\n`;
        await cloud.call(owner, "POST", `${url}?workflowId=w`, { serviceAccount: ACCOUNT, sourceContents: source(1) });
        const read = async (): Promise<unknown> => (await cloud.call(owner, "GET", `${url}/w`)).revisionId;
        const first = await read();
        assert.match(String(first), /^000001-[0-9a-f]{3}$/);
        await cloud.call(owner, "PATCH", `${url}/w?updateMask=labels`, { labels: { a: "b" } });
        assert.equal(await read(), first);
        await cloud.call(owner, "PATCH", `${url}/w?updateMask=source_contents`, { sourceContents: source(2) });
        assert.match(String(await read()), /^000002-/);
        assert.equal(await cloud.status(owner, "PATCH", `${url}/w?updateMask=colour`, {}), 400);
    });

    it("finds both addresses of a service, and none where its own are switched off", async () => {
        const url = `https://run.googleapis.com/v2/${PLACE}/services`;
        const template = { serviceAccount: ACCOUNT, containers: [{ image: "a/b" }] };
        await cloud.call(owner, "POST", `${url}?serviceId=s`, { template });
        const { uri, urls } = await cloud.call(owner, "GET", `${url}/s`);
        assert.deepEqual(urls, ["https://s-100000000001.europe-west1.run.app", uri]);
        await cloud.call(owner, "PATCH", `${url}/s`, { template, defaultUriDisabled: true });
        const disabled = await cloud.call(owner, "GET", `${url}/s`);
        assert.deepEqual([disabled.uri, disabled.urls, disabled.generation], [undefined, undefined, "2"]);
    });

    it("is refused a change made on an older state of a service", async () => {
        const url = `https://run.googleapis.com/v2/${PLACE}/services`;
        const template = { serviceAccount: ACCOUNT, containers: [{ image: "a/b" }] };
        await cloud.call(owner, "POST", `${url}?serviceId=s`, { template });
        const { etag } = await cloud.call(owner, "GET", `${url}/s`);
        assert.equal(await cloud.status(owner, "PATCH", `${url}/s`, { template, etag }), 200);
        assert.equal(await cloud.status(owner, "PATCH", `${url}/s`, { template, etag }), 409);
    });
});
