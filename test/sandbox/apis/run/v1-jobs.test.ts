import assert from "node:assert/strict";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

type Body = Record<string, unknown>;

const NAMESPACE = "https://europe-west1-run.googleapis.com/apis/run.googleapis.com/v1/namespaces";
const JOBS = `${NAMESPACE}/demo/jobs`;
const V2 = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/jobs";
const RESOURCE = "//run.googleapis.com/projects/demo/locations/europe-west1/jobs/batch";

const job = (task: Body = {}): Body => ({
    apiVersion: "run.googleapis.com/v1",
    kind: "Job",
    metadata: { name: "batch", labels: { team: "a" } },
    spec: {
        template: {
            spec: {
                taskCount: 2,
                template: {
                    spec: {
                        containers: [
                            { image: "a/b", env: [{ name: "A", value: "b" }], resources: { limits: { cpu: "2" } } },
                        ],
                        maxRetries: 1,
                        timeoutSeconds: "60",
                        serviceAccountName: "caller@demo.iam.gserviceaccount.com",
                        ...task,
                    },
                },
            },
        },
    },
});

describe("jobs by the older API of Cloud Run", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = testCloud();
        await cloud.account("caller");
    });
    afterEach(() => cloud.close());

    it("are the jobs of the newer API, and back", async () => {
        const made = await cloud.call(owner, "POST", JOBS, job());
        const { template, labels } = await cloud.call(owner, "GET", `${V2}/batch`);
        assert.deepEqual(labels, { team: "a" });
        const { taskCount, template: task } = template as { taskCount: number; template: Body };
        assert.deepEqual([taskCount, task.timeout, task.maxRetries], [2, "60s", 1]);
        assert.deepEqual(await cloud.call(owner, "GET", `${JOBS}/batch`), made);
        const { metadata, spec } = made as { metadata: Body; spec: Body };
        assert.deepEqual([metadata.name, metadata.namespace], ["batch", "100000000001"]);
        // What is shown can be written again, and changes nothing.
        const again = await cloud.call(owner, "PUT", `${JOBS}/batch`, { metadata, spec });
        assert.deepEqual(again.spec, spec);
        const { items } = await cloud.call(owner, "GET", `${NAMESPACE}/100000000001/jobs`);
        assert.deepEqual(
            (items as { metadata: Body }[]).map(({ metadata: { name } }) => name),
            ["batch"],
        );
        await cloud.call(owner, "DELETE", `${JOBS}/batch`);
        assert.equal(await cloud.status(owner, "GET", `${V2}/batch`), 404);
    });

    it("are run by who may run them, and the decision is the same as by the newer API", async () => {
        await cloud.call(owner, "POST", JOBS, job());
        const ann = { kind: "user", email: "ann@example.com" } as const;
        const urls = [`${JOBS}/batch:run`, `${V2}/batch:run`];
        const decisions = async (): Promise<unknown[]> => {
            const made: unknown[] = [];
            for (const url of urls) {
                const status = await cloud.status(ann, "POST", url, {});
                const { allowed, permission, resource } = cloud.decisions.list().at(-1) ?? {};
                made.push({ status, allowed, permission, resource });
            }
            return made;
        };
        const decided = (status: number, allowed: boolean) => ({
            status,
            allowed,
            permission: "run.jobs.run",
            resource: RESOURCE,
        });
        assert.deepEqual(await decisions(), [decided(403, false), decided(403, false)]);
        cloud.iam.setPolicy(RESOURCE, { bindings: [{ role: "roles/run.invoker", members: ["user:ann@example.com"] }] });
        assert.deepEqual(await decisions(), [decided(200, true), decided(200, true)]);
        const overrides = { overrides: { taskCount: 1, timeoutSeconds: 30, containerOverrides: [{ args: ["x"] }] } };
        assert.equal(await cloud.status(ann, "POST", urls[0] ?? "", overrides), 403);
        const execution = (await cloud.call(owner, "POST", urls[0] ?? "", overrides)) as { metadata: Body; spec: Body };
        assert.equal((execution.spec as { taskCount: number }).taskCount, 1);
        const executions = `${NAMESPACE}/demo/executions`;
        const one = `${executions}/${String(execution.metadata.name)}`;
        assert.deepEqual(((await cloud.call(owner, "GET", one)).metadata as Body).labels, {
            "cloud.googleapis.com/location": "europe-west1",
            "run.googleapis.com/job": "batch",
        });
        const { items } = await cloud.call(owner, "GET", `${executions}?labelSelector=run.googleapis.com/job%3Dbatch`);
        assert.equal((items as unknown[]).length, 3);
        assert.equal(await cloud.status(ann, "GET", one), 403);
        assert.equal(await cloud.status(owner, "POST", `${one}:cancel`, {}), 501);
    });

    it("have no field that is not known here, and no account that the caller may not act as", async () => {
        const refused = await cloud.apis.request("POST", JOBS, {
            principal: owner,
            body: job({ volumes: [{ name: "v", csi: { driver: "gcsfuse.run.googleapis.com" } }] }),
        });
        assert.equal(refused?.status, 400);
        assert.match(
            JSON.stringify(refused.body),
            /spec\.template\.spec\.template\.spec\.volumes\[0\]\.csi is not known/,
        );
        assert.equal(
            await cloud.status(owner, "POST", JOBS, job({ serviceAccountName: "no@demo.iam.gserviceaccount.com" })),
            403,
        );
        assert.equal(await cloud.status(owner, "POST", JOBS, job()), 200);
        assert.equal(await cloud.status(owner, "POST", JOBS, job()), 409);
    });
});
