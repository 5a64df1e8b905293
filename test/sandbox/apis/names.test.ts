import assert from "node:assert/strict";
import type { Json } from "../../../sandbox/cloud";
import { createCloud } from "../../../sandbox/create";
import { owner, testCloud, type TestCloud } from "../support/cloud";

const NUMBER = "100000000001";
const here = (project: string): string => `projects/${project}/locations/europe-west1`;
const container = { containers: [{ image: "example/a:1", env: [{ name: "OWN", value: `projects/${NUMBER}/own` }] }] };
const source = { sourceContents: "main:\n  steps:\n    - done:\n        return: 1\n" };
const message = { type: "google.cloud.pubsub.topic.v1.messagePublished" };
const filters = Object.entries(message).map(([attribute, value]) => ({ attribute, value }));

/** How a resource of each kind is made, in a project that is named in the path and in the body. */
const kinds: Record<
    string,
    (project: string) => { url: string; method?: string; body: Json; name: string; policy?: true }
> = {
    topic: (p) => ({
        url: "pubsub",
        method: "PUT",
        name: `projects/${p}/topics/tee`,
        body: { name: `projects/${p}/topics/tee` },
        policy: true,
    }),
    subscription: (p) => ({
        ...{ url: "pubsub", method: "PUT", name: `projects/${p}/subscriptions/sub`, policy: true },
        body: { topic: `projects/${p}/topics/tee`, deadLetterPolicy: { deadLetterTopic: `projects/${p}/topics/tee` } },
    }),
    secret: (p) => ({
        ...{ url: "secretmanager", name: `projects/${p}/secrets/s`, policy: true },
        body: { replication: { automatic: {} } },
    }),
    workflow: (p) => ({
        ...{
            url: "workflows",
            name: `${here(p)}/workflows/w`,
            body: { ...source, serviceAccount: `projects/${p}/serviceAccounts/runner@demo.iam.gserviceaccount.com` },
        },
    }),
    service: (p) => ({ url: "run/v2", name: `${here(p)}/services/s`, body: { template: container }, policy: true }),
    job: (p) => ({
        url: "run/v2",
        name: `${here(p)}/jobs/j`,
        body: { template: { template: container } },
        policy: true,
    }),
    queue: (p) => ({
        url: "cloudtasks/v2",
        name: `${here(p)}/queues/q`,
        body: { name: `${here(p)}/queues/q` },
        policy: true,
    }),
    schedule: (p) => ({
        ...{ url: "cloudscheduler", name: `${here(p)}/jobs/n` },
        body: {
            name: `${here(p)}/jobs/n`,
            schedule: "0 0 * * *",
            pubsubTarget: { topicName: `projects/${p}/topics/tee`, data: "eA==" },
        },
    }),
    trigger: (p) => ({
        ...{ url: "eventarc", name: `${here(p)}/triggers/t`, policy: true },
        body: {
            eventFilters: filters,
            destination: { workflow: `${here(p)}/workflows/w` },
            transport: { pubsub: { topic: `projects/${p}/topics/tee` } },
        },
    }),
    repository: (p) => ({
        url: "artifactregistry",
        name: `${here(p)}/repositories/r`,
        body: { format: "DOCKER" },
        policy: true,
    }),
};
const ids: Record<string, string> = {
    secrets: "secretId",
    workflows: "workflowId",
    services: "serviceId",
    triggers: "triggerId",
    repositories: "repositoryId",
};

/** An answer without what differs from one making to the next. */
const lasting = (answer: unknown): string =>
    JSON.stringify(answer, (key, value: unknown) =>
        /^(uid|etag|creator|generation|revisionId)$|[tT]ime$/.test(key) ? undefined : value,
    ).replaceAll(/-\d{5}-\w{3}/g, "");

describe("a resource", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = testCloud();
        await cloud.account("runner");
    });
    afterEach(() => cloud.close());

    const urlOf = (url: string, name: string): string => {
        const [api = "", version = "v1"] = url.split("/");
        return `https://${api}.googleapis.com/${version}/${name}`;
    };
    async function make(kind: string, project: string): Promise<void> {
        const { url, method, name, body } = kinds[kind]?.(project) ?? assert.fail(kind);
        if (method !== undefined) {
            await cloud.call(owner, method, urlOf(url, name), body);
            return;
        }
        const [, parent = "", collection = "", id = ""] = /^(.*)\/(\w+)\/(\w+)$/.exec(name) ?? [];
        const idField = kind === "job" ? "jobId" : ids[collection];
        const query = idField === undefined ? "" : `?${idField}=${id}`;
        await cloud.call(owner, "POST", `${urlOf(url, parent)}/${collection}${query}`, body);
    }

    for (const [kind, describe] of Object.entries(kinds)) {
        it(`that is a ${kind} is one by its project's ID and number, in paths, bodies and policies`, async () => {
            const shown: unknown[] = [];
            for (const by of ["demo", NUMBER]) {
                for (const needed of ["topic", "workflow"].filter((other) => other !== kind)) {
                    await make(needed, "demo").catch(() => undefined);
                }
                await make(kind, by);
                const answers = [];
                for (const project of ["demo", NUMBER]) {
                    const { url, name } = describe(project);
                    answers.push(await cloud.call(owner, "GET", urlOf(url, name)));
                }
                assert.deepEqual(answers[0], answers[1]);
                shown.push(lasting(answers[0]));
                const { url, name, policy } = describe(NUMBER);
                if (policy) {
                    const bindings = [{ role: "roles/viewer", members: ["user:ann@example.com"] }];
                    await cloud.call(owner, "POST", `${urlOf(url, name)}:setIamPolicy`, { policy: { bindings } });
                    const read = await cloud.call(
                        owner,
                        kind === "queue" ? "POST" : "GET",
                        `${urlOf(url, describe("demo").name)}:getIamPolicy`,
                        ...(kind === "queue" ? [{}] : []),
                    );
                    assert.deepEqual(read.bindings, bindings);
                }
                await cloud.call(owner, "DELETE", urlOf(url, name));
                assert.equal(await cloud.status(owner, "GET", urlOf(url, describe("demo").name)), 404);
            }
            assert.equal(shown[0], shown[1]);
        });
    }

    it("that is an account has one policy, by each of its names", async () => {
        const { email, uniqueId } = await cloud.account("robot-1");
        const names = ["demo", NUMBER, "-"].flatMap((project) =>
            [email, uniqueId, email.toUpperCase()].map((id) => `projects/${project}/serviceAccounts/${id}`),
        );
        for (const name of names) {
            const bindings = [
                { role: "roles/iam.serviceAccountUser", members: [`user:${names.indexOf(name)}@example.com`] },
            ];
            await cloud.call(owner, "POST", `https://iam.googleapis.com/v1/${name}:setIamPolicy`, {
                policy: { bindings },
            });
            for (const other of names) {
                const read = await cloud.call(owner, "POST", `https://iam.googleapis.com/v1/${other}:getIamPolicy`, {});
                assert.deepEqual(read.bindings, bindings, `${name} read as ${other}`);
            }
        }
        assert.equal(cloud.store.list("iam.policies", "//iam.googleapis.com/").length, 1);
    });

    it("of another project is one by its number too, and what the user wrote stays as it is", async () => {
        const { projectNumber } = await cloud.call(
            owner,
            "GET",
            "https://cloudresourcemanager.googleapis.com/v1/projects/other",
        );
        await cloud.call(
            owner,
            "PUT",
            `https://pubsub.googleapis.com/v1/projects/${String(projectNumber)}/topics/tee`,
            {
                labels: { a: `projects/${NUMBER}/b` },
            },
        );
        const topic = await cloud.call(owner, "GET", "https://pubsub.googleapis.com/v1/projects/other/topics/tee");
        assert.deepEqual([topic.name, topic.labels], ["projects/other/topics/tee", { a: `projects/${NUMBER}/b` }]);
        await make("service", NUMBER);
        const service = await cloud.call(owner, "GET", urlOf("run/v2", `${here("demo")}/services/s`));
        assert.match(JSON.stringify(service.template), new RegExp(`"value":"projects/${NUMBER}/own"`));
    });

    it("of IAP has its settings by ID and number, and shows the name that was asked for", async () => {
        const level = (project: string) => `projects/${project}/iap_web/cloud_run-europe-west1/services/s`;
        const url = (project: string) => `https://iap.googleapis.com/v1/${level(project)}:iapSettings`;
        const accessSettings = { corsSettings: { allowHttpOptions: true } };
        const other = await cloud.call(owner, "GET", "https://cloudresourcemanager.googleapis.com/v1/projects/other");
        for (const names of [
            ["demo", NUMBER],
            ["other", String(other.projectNumber)],
        ]) {
            for (const by of names) {
                await cloud.call(owner, "PATCH", url(by), { name: level(by), accessSettings });
                for (const project of names) {
                    const read = await cloud.call(owner, "GET", url(project));
                    assert.deepEqual(read, { name: level(project), accessSettings });
                }
                await cloud.call(owner, "PATCH", url(by), { name: level(by) });
            }
        }
    });

    it("of a project that is not there is refused: a number that none has, and what the sandbox was not told of", async () => {
        const topic = (project: string) => `https://pubsub.googleapis.com/v1/projects/${project}/topics/tee`;
        assert.equal(await cloud.status(owner, "PUT", topic("anything"), {}), 200);
        assert.equal(await cloud.status(owner, "PUT", topic("999999999999"), {}), 403);
        const strict = createCloud({ project: "demo", projects: ["shop"], owner: "user:owner@example.com" });
        const status = async (project: string) =>
            (await strict.apis.request("PUT", topic(project), { principal: owner, body: {} }))?.status;
        assert.deepEqual([await status("demo"), await status("shop"), await status("shopp")], [200, 200, 403]);
        strict.close();
    });
});
