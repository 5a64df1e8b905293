import * as assert from "node:assert/strict";
import { runWorkflow, type Stub } from "../../../../workflow";

/** Calls a connector that answers `started`, and then, at each look, the next of `states`. */
async function ends(name: string, args: string, started: object, ...states: object[]) {
    let looks = 0;
    const stub: Stub = ({ method }) => ({
        body: method === "GET" ? states[Math.min(looks++, states.length - 1)] : started,
    });
    const source = `- a:\n    try: {call: ${name}, args: ${args}, result: r}\n    except: {as: e, steps: [{b: {return: '\${e}'}}]}\n- c: {return: '\${r}'}\n`;
    const { result, calls } = await runWorkflow(source, { http: stub });
    return { result, looks: calls.slice(1).map(({ url }) => url) };
}

/** What is waited for: the method, what it answers at first, a state in between, and how it ends well and ill. */
const kinds: [name: string, args: string, look: string, started: object, between: object, well: object, ill: object][] =
    [
        [
            "dataflow.v1b3.projects.locations.templates.create",
            "{projectId: p, location: l, body: {}}",
            "https://dataflow.googleapis.com/v1b3/projects/p/locations/l/jobs/j",
            { id: "j", projectId: "p", location: "l" },
            { currentState: "JOB_STATE_RUNNING" },
            { currentState: "JOB_STATE_DONE" },
            { currentState: "JOB_STATE_FAILED" },
        ],
        [
            "batch.v1.projects.locations.jobs.create",
            "{parent: projects/p/locations/l, body: {}}",
            "https://batch.googleapis.com/v1/projects/p/locations/l/jobs/j",
            { name: "projects/p/locations/l/jobs/j", status: { state: "QUEUED" } },
            { status: { state: "RUNNING" } },
            { status: { state: "SUCCEEDED" } },
            { status: { state: "FAILED" } },
        ],
        [
            "aiplatform.v1.projects.locations.customJobs.create",
            "{parent: projects/p/locations/l, region: europe-west4, body: {}}",
            "https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/l/customJobs/j",
            { name: "projects/p/locations/l/customJobs/j", state: "JOB_STATE_PENDING" },
            { state: "JOB_STATE_RUNNING" },
            { state: "JOB_STATE_SUCCEEDED" },
            { state: "JOB_STATE_FAILED", error: { message: "out of memory" } },
        ],
        [
            "aiplatform.v1.projects.locations.endpoints.create",
            "{parent: projects/p/locations/l, region: europe-west4, body: {}}",
            "https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/l/operations/o",
            { name: "projects/p/locations/l/operations/o" },
            { name: "projects/p/locations/l/operations/o" },
            { done: true, response: { name: "e" } },
            { done: true, error: { code: 7, message: "no" } },
        ],
        [
            "run.v1.namespaces.jobs.run",
            "{name: namespaces/p/jobs/j, location: us-east1, body: {}}",
            "https://us-east1-run.googleapis.com/apis/run.googleapis.com/v1/namespaces/p/executions/j-1",
            {
                kind: "Execution",
                apiVersion: "run.googleapis.com/v1",
                metadata: { name: "j-1", namespace: "p" },
            },
            { kind: "Execution", status: { conditions: [{ type: "Completed", status: "Unknown" }] } },
            { kind: "Execution", status: { conditions: [{ type: "Completed", status: "True" }] } },
            {
                kind: "Execution",
                status: { conditions: [{ type: "Completed", status: "False", message: "task failed" }] },
            },
        ],
        [
            "run.v2.projects.locations.jobs.run",
            "{name: projects/p/locations/l/jobs/j, body: {}}",
            "https://run.googleapis.com/v2/projects/p/locations/l/operations/o",
            { name: "projects/p/locations/l/operations/o" },
            { name: "projects/p/locations/l/operations/o", done: false },
            { done: true, response: runOf("CONDITION_SUCCEEDED") },
            { done: true, response: runOf("CONDITION_FAILED") },
        ],
        [
            "compute.v1.zoneOperations.wait",
            "{project: p, zone: z, operation: o}",
            "https://compute.googleapis.com/compute/v1/projects/p/zones/z/operations/o",
            {
                status: "RUNNING",
                selfLink: "https://www.googleapis.com/compute/v1/projects/p/zones/z/operations/o",
            },
            { status: "RUNNING" },
            { status: "DONE" },
            { status: "DONE", error: { errors: [{ message: "quota" }] } },
        ],
        [
            "cloudbuild.v1.projects.builds.create",
            "{projectId: p, body: {}}",
            "https://cloudbuild.googleapis.com/v1/operations/build/p/b",
            { name: "operations/build/p/b", metadata: { build: { status: "QUEUED" } } },
            { name: "operations/build/p/b" },
            { done: true, metadata: { build: { status: "SUCCESS" } } },
            { done: true, error: { code: 2, message: "build failed" } },
        ],
    ];

/** The execution of a Cloud Run job that is in this state. */
function runOf(state: string): object {
    return {
        "@type": "type.googleapis.com/google.cloud.run.v2.Execution",
        name: "projects/p/locations/l/jobs/j/executions/j-1",
        conditions: [
            { type: "Started", state: "CONDITION_SUCCEEDED" },
            { type: "Completed", state, message: "task failed" },
        ],
    };
}

describe("connectors that start something", () => {
    for (const [name, args, look, started, between, well, ill] of kinds) {
        it(`${name} waits for the end, and raises OperationError where it is a bad one`, async () => {
            const good = await ends(`googleapis.${name}`, args, started, between, between, well);
            assert.deepEqual(good, { result: well, looks: [look, look, look] });
            const bad = await ends(`googleapis.${name}`, args, started, ill);
            const { tags, operation } = bad.result as { tags: string[]; operation: object };
            assert.deepEqual({ tags, operation }, { tags: ["OperationError"], operation: ill });
            const skipped = `${args.slice(0, -1)}, connector_params: {skip_polling: true}}`;
            assert.deepEqual(await ends(`googleapis.${name}`, skipped, started), { result: started, looks: [] });
        });
    }

    it("do not wait for what is documented to return at once", async () => {
        const launched = { job: { id: "j", currentState: "JOB_STATE_QUEUED" } };
        for (const name of ["templates", "flexTemplates"]) {
            const call = `googleapis.dataflow.v1b3.projects.locations.${name}.launch`;
            const { looks } = await ends(call, "{projectId: p, location: l, body: {}}", launched);
            assert.deepEqual(looks, []);
        }
        const query = await ends("googleapis.bigquery.v2.jobs.query", "{projectId: p, body: {}}", {
            jobComplete: false,
        });
        assert.deepEqual(query.looks, []);
    });

    it("wait as the polling policy says, each look being a step", async () => {
        const name = "googleapis.cloudbuild.v1.projects.builds.create";
        const source = (policy: string) =>
            `- a: {assign: [t: '\${sys.now()}']}\n- b: {call: ${name}, args: {projectId: p, body: {}, connector_params: {polling_policy: ${policy}}}}\n- c: {return: '\${int(sys.now() - t)}'}\n`;
        let looks = 0;
        const stub: Stub = ({ method }) => ({ body: { name: "o", done: method === "GET" && ++looks % 5 === 0 } });
        const took = async (policy: string) => (await runWorkflow(source(policy), { http: stub })).result;
        assert.equal(await took("{initial_delay: 2, multiplier: 3, max_delay: 20}"), 2 + 6 + 18 + 20 + 20);
        assert.equal(await took("{multiplier: 1}"), 5);
        const endless = await runWorkflow(source("{initial_delay: 0}"), { http: () => ({ body: { name: "o" } }) });
        assert.match(endless.error?.payload ?? "", /ResourceLimitError/);
        const wrong = await runWorkflow(source("{initial_delay: -1}"), { http: stub });
        assert.match(wrong.error?.payload ?? "", /initial_delay must not be negative.*ValueError/);
    });

    it("raise ResponseTypeError where the answer says nothing of where to look", async () => {
        for (const answer of [{}, { name: "" }, "text", [1]]) {
            const { result } = await ends(
                "googleapis.cloudbuild.v1.projects.builds.create",
                "{projectId: p, body: {}}",
                answer as object,
            );
            assert.deepEqual((result as { tags: string[] }).tags, ["ResponseTypeError"], JSON.stringify(answer));
        }
    });
});

describe("executions.run", () => {
    const run = "googleapis.workflowexecutions.v1.projects.locations.workflows.executions.run";
    const active = { name: "projects/p/x", state: "ACTIVE" };

    it("gives nothing back with skip_polling, and half an hour otherwise", async () => {
        const skipped = await ends(run, "{workflow_id: w, connector_params: {skip_polling: true}}", active);
        assert.deepEqual(skipped, { result: null, looks: [] });
        const late = await ends(run, "{workflow_id: w}", active, active);
        assert.match((late.result as { message: string }).message, /did not end within 1800 seconds/);
        const patient = await ends(
            run,
            "{workflow_id: w, connector_params: {timeout: 60000}}",
            active,
            ...Array<object>(100).fill(active),
            { state: "SUCCEEDED", result: "7" },
        );
        assert.equal(patient.result, 7);
    });
});
