import * as assert from "node:assert/strict";
import { runWorkflow, type StubRequest } from "../../../../workflow";

const cluster = { status: "RUNNING", endpoint: "203.0.113.7", masterAuth: { clusterCaCertificate: "Q0E=" } };

async function run(step: string, answers: object[], state: object = cluster) {
    const requests: StubRequest[] = [];
    const { result, error } = await runWorkflow(`- a: {${step}, result: r}\n- b: {return: '\${r}'}\n`, {
        apis: {
            "container.googleapis.com": () => ({ body: state }),
            "203.0.113.7": (request) => {
                requests.push(request);
                return { body: answers[Math.min(requests.length, answers.length) - 1] };
            },
            "cloudbuild.googleapis.com": (request) => {
                requests.push(request);
                return { body: answers[0] };
            },
        },
    });
    return { result, error: error?.payload ?? "", requests };
}

const where = "cluster_id: c, location: l, project: p";
const condition = (type: string) => ({ status: { conditions: [{ type, status: "True", message: "why" }] } });

describe("the Kubernetes API", () => {
    it("is sent requests at the cluster's control plane, with a token and its certificate", async () => {
        const { result, requests } = await run(
            `call: gke.request, args: {${where}, method: POST, path: /apis/apps/v1/x, query: {dryRun: All}, body: {a: 1}}`,
            [{ ok: true }],
        );
        assert.deepEqual((result as { body: object; code: number }).body, { ok: true });
        assert.deepEqual(
            requests.map(({ method, url, body, auth }) => ({ method, url, body, auth })),
            [
                {
                    method: "POST",
                    url: "https://203.0.113.7/apis/apps/v1/x?dryRun=All",
                    body: { a: 1 },
                    auth: { type: "OAuth2", scopes: ["https://www.googleapis.com/auth/cloud-platform"] },
                },
            ],
        );
    });

    it("creates, awaits and deletes jobs", async () => {
        const made = await run(`call: gke.create_job, args: {${where}, job: {kind: Job}}`, [{ kind: "Job" }]);
        assert.deepEqual(made.result, { kind: "Job" });
        const path = "/apis/batch/v1/namespaces/default/jobs";
        assert.deepEqual(
            made.requests.map((each) => [each.method, each.path, each.body]),
            [["POST", path, { kind: "Job" }]],
        );
        const awaited = await run(`call: gke.await_job, args: {${where}, job_name: j, namespace: n}`, [
            {},
            {},
            condition("Complete"),
        ]);
        assert.deepEqual(awaited.result, condition("Complete"));
        assert.equal(awaited.requests.length, 3);
        assert.equal(awaited.requests[0]?.path, "/apis/batch/v1/namespaces/n/jobs/j");
        const gone = await run(
            `call: gke.delete_job, args: {${where}, job_name: j, query: {propagationPolicy: Foreground}}`,
            [{}],
        );
        assert.deepEqual(
            gone.requests.map((each) => [each.method, each.url]),
            [["DELETE", `https://203.0.113.7${path}/j?propagationPolicy=Foreground`]],
        );
    });

    it("tells of a job that failed or takes too long, and of a cluster that does not run", async () => {
        const failed = await run(`call: gke.await_job, args: {${where}, job_name: j}`, [condition("Failed")]);
        assert.match(failed.error, /"job":\{.*why.*"tags":\["FailedJobError"\]/);
        const late = await run(`call: gke.await_job, args: {${where}, job_name: j, timeout: 90}`, [{}]);
        assert.match(late.error, /gke\.await_job did not end within 90 seconds.*TimeoutError/);
        const stopped = await run(`call: gke.request, args: {${where}, path: /api}`, [{}], { status: "STOPPING" });
        assert.match(stopped.error, /\\"c\\" does not run, its status is \\"STOPPING\\".*ValueError/);
    });
});

describe("shell", () => {
    it("runs a command in a build and gives its output by lines", async () => {
        const output = Buffer.from("one\ntwo").toString("base64");
        const { result, requests } = await run("call: shell.gcloud, args: {args: [workflows, list]}", [
            { name: "o", done: true, metadata: { build: { results: { buildStepOutputs: [output] } } } },
        ]);
        assert.deepEqual(result, ["one", "two"]);
        const body = requests[0]?.body as { steps: { args: string[] }[] } | undefined;
        assert.deepEqual(body?.steps[0]?.args, ["-c", "gcloud workflows list > $$BUILDER_OUTPUT/output"]);
    });

    it("raises an error where the build has no output", async () => {
        const { error } = await run("call: shell.kubectl, args: {args: get pods}", [{ name: "o", done: true }]);
        assert.match(error, /shell\.kubectl.*ResponseTypeError/);
    });
});
