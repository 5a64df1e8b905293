import assert from "node:assert/strict";
import { Sandbox } from "../../../sandbox";
import { startControl } from "../../../sandbox/control";
import { type ControlClient, findRunning } from "../../../sandbox/control-client";
import { permissions } from "../../../sandbox/iam";

const MEMBER = "user:ann@example.com";
const PROJECT = "projects/demo";
const PLACE = `${PROJECT}/locations/europe-west1`;

/** A resource of each kind: how it is made, its full name, and a permission that it has. */
const KINDS: [method: string, url: string, body: object, resource: string, permission: string][] = [
    [
        "POST",
        `https://run.googleapis.com/v2/${PLACE}/services?serviceId=a`,
        { template: { containers: [{ image: "i" }] } },
        `//run.googleapis.com/${PLACE}/services/a`,
        "run.routes.invoke",
    ],
    [
        "POST",
        `https://run.googleapis.com/v2/${PLACE}/jobs?jobId=a`,
        { template: { template: { containers: [{ image: "i" }] } } },
        `//run.googleapis.com/${PLACE}/jobs/a`,
        "run.jobs.run",
    ],
    [
        "PUT",
        `https://pubsub.googleapis.com/v1/${PROJECT}/topics/aaa`,
        {},
        `//pubsub.googleapis.com/${PROJECT}/topics/aaa`,
        "pubsub.topics.publish",
    ],
    [
        "PUT",
        `https://pubsub.googleapis.com/v1/${PROJECT}/subscriptions/aaa`,
        { topic: `${PROJECT}/topics/aaa` },
        `//pubsub.googleapis.com/${PROJECT}/subscriptions/aaa`,
        "pubsub.subscriptions.consume",
    ],
    [
        "POST",
        `https://secretmanager.googleapis.com/v1/${PROJECT}/secrets?secretId=a`,
        { replication: { automatic: {} } },
        `//secretmanager.googleapis.com/${PROJECT}/secrets/a`,
        "secretmanager.versions.access",
    ],
    [
        "POST",
        `https://cloudtasks.googleapis.com/v2/${PLACE}/queues`,
        { name: `${PLACE}/queues/a` },
        `//cloudtasks.googleapis.com/${PLACE}/queues/a`,
        "cloudtasks.tasks.create",
    ],
    [
        "POST",
        "https://storage.googleapis.com/storage/v1/b?project=demo",
        { name: "aaa" },
        "//storage.googleapis.com/projects/_/buckets/aaa",
        "storage.objects.get",
    ],
    [
        "POST",
        `https://iam.googleapis.com/v1/${PROJECT}/serviceAccounts`,
        { accountId: "caller" },
        `//iam.googleapis.com/${PROJECT}/serviceAccounts/caller@demo.iam.gserviceaccount.com`,
        "iam.serviceAccounts.getOpenIdToken",
    ],
    [
        "POST",
        `https://artifactregistry.googleapis.com/v1/${PLACE}/repositories?repositoryId=a`,
        { format: "DOCKER" },
        `//artifactregistry.googleapis.com/${PLACE}/repositories/a`,
        "artifactregistry.repositories.get",
    ],
    [
        "POST",
        `https://cloudscheduler.googleapis.com/v1/${PLACE}/jobs`,
        { name: `${PLACE}/jobs/a`, schedule: "* * * * *", httpTarget: { uri: "https://example.com" } },
        `//cloudscheduler.googleapis.com/${PLACE}/jobs/a`,
        "cloudscheduler.jobs.run",
    ],
    [
        "POST",
        `https://workflows.googleapis.com/v1/${PLACE}/workflows?workflowId=a`,
        { sourceContents: "main:\n  steps:\n    - a:\n        return: 1\n" },
        `//workflows.googleapis.com/${PLACE}/workflows/a`,
        "workflows.executions.create",
    ],
];

describe("explaining a decision", () => {
    let sandbox: Sandbox;
    let control: Awaited<ReturnType<typeof startControl>>;
    let client: ControlClient;

    before(async () => {
        sandbox = await Sandbox.start({ project: "demo" });
        control = await startControl(sandbox);
        client = (await findRunning(sandbox.folder)) ?? assert.fail("nothing is running");
        for (const [method, url, body] of KINDS) {
            const { status, body: answer } = await sandbox.request(method, url, { body });
            assert.equal(status, 200, `${url}: ${JSON.stringify(answer)}`);
        }
    });
    after(async () => {
        await control.close();
        await sandbox.close();
    });

    async function assertProposes(asked: Promise<unknown>, resource: string, said: RegExp): Promise<void> {
        await assert.rejects(asked, ({ message }: Error) => {
            assert.match(message, said);
            assert.ok(message.includes(`did you mean "${resource.replace(/^\/\/[^/]+\//, "")}"?`), message);
            return true;
        });
    }

    const ask = (permission: string, resource: string) =>
        client.call("POST", "/v1/explain", { member: MEMBER, permission, resource });

    for (const [, , , resource, permission] of KINDS) {
        describe(resource, () => {
            it("is there, and a decision about it is made", async () => {
                assert.equal((await ask(permission, resource)).allowed, false);
            });

            it("with another name is not there, and no grant is advised", async () => {
                const wrong = resource.replace(/([^/@]+)(@[^/]*)?$/, "nope$2");
                await assert.rejects(ask(permission, wrong), /the sandbox holds no .*nope/);
            });

            it("is proposed where its name, its region or its project is misspelt", async () => {
                const twice = resource.replace(/([^/@]+)(@[^/]*)?$/, "$1$1$2");
                await assertProposes(ask(permission, twice), resource, /the sandbox holds no /);
                if (resource.includes("/locations/")) {
                    const elsewhere = resource.replace("europe-west1", "europe-wst1");
                    await assertProposes(ask(permission, elsewhere), resource, /the sandbox holds no .*europe-wst1/);
                }
                if (resource.includes(PROJECT)) {
                    const other = resource.replace(PROJECT, "projects/dmeo");
                    await assert.rejects(
                        ask(permission, other),
                        /the sandbox knows no project dmeo; did you mean "demo"\?.*it has demo;/,
                    );
                }
            });

            it("has no permission of another kind", async () => {
                const other = permission.startsWith("pubsub.topics") ? "run.routes.invoke" : "pubsub.topics.publish";
                await assert.rejects(ask(other, resource), /is no permission of .*; ask for one of /);
            });
        });
    }

    it("refuses every permission with a letter too many, and proposes the right one", async () => {
        for (const permission of permissions.filter((_permission, index) => index % 7 === 0)) {
            const wrong = `${permission}x`;
            if (!permissions.includes(wrong)) {
                await assert.rejects(
                    ask(wrong, "//cloudresourcemanager.googleapis.com/projects/demo"),
                    (error: Error) => error.message.includes(`there is no permission ${wrong}; did you mean "`),
                );
            }
        }
    });

    it("takes every permission on the project", async () => {
        for (const permission of permissions) {
            const { allowed } = await ask(permission, "//cloudresourcemanager.googleapis.com/projects/demo");
            assert.equal(allowed, false, permission);
        }
    });

    it("refuses kinds of resources that there are not, and what it could know nothing of", async () => {
        for (const [, , , resource, permission] of KINDS) {
            for (const wrong of [
                resource.replace(/([a-z]+)\.googleapis/, "$1x.googleapis"),
                resource.replace(/(\w+)\/([^/]+)$/, "$1x/$2"),
            ]) {
                await assert.rejects(ask(permission, wrong), /no kind of resource that the sandbox knows/, wrong);
            }
        }
        const dataset = `//bigquery.googleapis.com/${PROJECT}/datasets/sales`;
        await assert.rejects(
            ask("bigquery.datasets.get", dataset),
            /the sandbox (holds no|knows has a name like) .*datasets\/sales/,
        );
        await assert.rejects(
            ask("iam.roles.get", `//iam.googleapis.com/${PROJECT}/roles/none`),
            /holds no .*roles\/none/,
        );
    });

    it("refuses a project that nobody named, and makes decisions about those that somebody did", async () => {
        const project = (id: string) =>
            ask("run.services.list", `//cloudresourcemanager.googleapis.com/projects/${id}`);
        await assert.rejects(
            project("shop"),
            /the sandbox knows no project shop; it has demo; deploy something in shop/,
        );
        sandbox.cloud.store.put("iam.policies", "//cloudresourcemanager.googleapis.com/projects/shop", {
            bindings: [],
        });
        assert.equal((await project("shop")).allowed, false);
        sandbox.cloud.store.delete("iam.policies", "//cloudresourcemanager.googleapis.com/projects/shop");
        await assert.rejects(project("shop"), /knows no project shop/);
        assert.equal((await project(sandbox.cloud.settings.projectNumber)).allowed, false);
    });

    it("refuses a region that Google has not, where resources are not stored", async () => {
        const place = (region: string) =>
            ask("run.operations.get", `//run.googleapis.com/projects/demo/locations/${region}/operations/a`);
        await assert.rejects(
            place("europe-wst1"),
            /"europe-wst1" is no region that is known; did you mean "europe-west1"/,
        );
    });

    it("proposes the account that a misspelt member may mean", async () => {
        const resource = `//pubsub.googleapis.com/${PROJECT}/topics/aaa`;
        const asked = (member: string) =>
            client.call("POST", "/v1/explain", { member, permission: "pubsub.topics.publish", resource });
        assert.equal((await asked("serviceAccount:caller@demo.iam.gserviceaccount.com")).allowed, false);
        await assert.rejects(
            asked("serviceAccount:calller@demo.iam.gserviceaccount.com"),
            /calller@\S+ does not exist in the sandbox; did you mean "caller@demo\.iam\.gserviceaccount\.com"\?/,
        );
    });

    it("makes decisions about what is only kept, if the sandbox has a policy of it", async () => {
        const dataset = `//bigquery.googleapis.com/${PROJECT}/datasets/kept`;
        sandbox.cloud.store.put("iam.policies", dataset, { bindings: [] });
        assert.equal((await ask("bigquery.datasets.get", dataset)).allowed, false);
    });

    it("makes the decisions again that were made, about the resources that they name", async () => {
        const made = sandbox.decisions().filter(({ principal }) => /^(user|serviceAccount):/.test(principal));
        assert.ok(made.length > 5, JSON.stringify(made));
        for (const { principal: member, permission, resource } of made) {
            await client.call("POST", "/v1/explain", { member, permission, resource });
        }
    });

    it("refuses what is no full resource name", async () => {
        for (const wrong of ["orders", "projects/demo", "//run.googleapis.com", "https://run.googleapis.com/v2/x"]) {
            await assert.rejects(ask("run.routes.invoke", wrong), /is no full resource name/);
        }
    });
});
