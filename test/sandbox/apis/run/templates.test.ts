import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Cloud } from "../../../../sandbox/cloud";
import { owner, testCloud } from "../../support/cloud";

const RUN = "https://run.googleapis.com";
const PLACE = "projects/demo/locations/europe-west1";

interface Instance {
    containers: Record<string, unknown>[];
    volumes?: Record<string, unknown>[];
    executionEnvironment?: string;
}
type Kind = "service" | "job" | "worker pool" | "older service" | "older job";

/** The rules of the file beside this one, and those with values that are too long for it. */
interface Rule {
    rule: string;
    refused: Instance;
    /** What the refusal says. */
    says: string;
    /** The neighbour that is taken. */
    taken: Instance;
    kinds?: string;
}
const one = (container: object = {}): Instance => ({ containers: [{ image: "a", ...container }] });
const variable = (bytes: number) => one({ env: [{ name: "A", value: "é".repeat(bytes / 2) }] });
const count = (many: number) => one({ env: Array.from({ length: many }, (_, i) => ({ name: `A${i}`, value: "" })) });

const KINDS: Record<string, Kind[]> = {
    every: ["service", "job", "worker pool", "older service", "older job"],
    newer: ["service", "job", "worker pool"],
    services: ["service", "older service"],
    probed: ["service", "worker pool", "older service"],
    jobs: ["job", "older job"],
    service: ["service"],
    "older service": ["older service"],
    "worker pool": ["worker pool"],
};

const RULES: Rule[] = [
    ...(parse(readFileSync(join(__dirname, "template-rules.yaml"), "utf8")) as Rule[]),
    {
        rule: "a long variable",
        refused: variable(32_770),
        says: "containers[0].env[0].value: A has 32770 bytes; at most 32768",
        taken: variable(32_768),
    },
    {
        rule: "1001 variables",
        refused: count(1001),
        says: "containers[0].env: there are 1001 variables",
        taken: count(1000),
    },
];

/** Where each kind is made, and where its template is in an error. */
const MADE: Record<Kind, (id: string, instance: Instance) => [url: string, body: object]> = {
    service: (id, template) => [`${RUN}/v2/${PLACE}/services?serviceId=${id}`, { template }],
    job: (id, template) => [`${RUN}/v2/${PLACE}/jobs?jobId=${id}`, { template: { template } }],
    "worker pool": (id, template) => [`${RUN}/v2/${PLACE}/workerPools?workerPoolId=${id}`, { template }],
    "older service": (name, spec) => [
        "https://europe-west1-run.googleapis.com/apis/serving.knative.dev/v1/namespaces/demo/services",
        { apiVersion: "serving.knative.dev/v1", kind: "Service", metadata: { name }, spec: { template: { spec } } },
    ],
    "older job": (name, spec) => [
        "https://europe-west1-run.googleapis.com/apis/run.googleapis.com/v1/namespaces/demo/jobs",
        {
            apiVersion: "run.googleapis.com/v1",
            kind: "Job",
            metadata: { name },
            spec: { template: { spec: { template: { spec } } } },
        },
    ],
};

describe("a template of Cloud Run", () => {
    let cloud: Cloud & { close(): void };
    let made = 0;
    before(() => (cloud = testCloud()));
    after(() => cloud.close());
    const send = async (method: string, url: string, body: object): Promise<{ status: number; text: string }> => {
        const answer = await cloud.apis.request(method, url, { principal: owner, body });
        return { status: answer?.status ?? 0, text: JSON.stringify(answer?.body) };
    };
    const create = (kind: Kind, instance: Instance) => send("POST", ...MADE[kind](`x${made++}`, instance));

    for (const { rule, refused, says, taken, kinds = "every" } of RULES) {
        it(`is refused for ${rule}, and its neighbour is taken: ${kinds}`, async () => {
            for (const kind of KINDS[kinds] ?? []) {
                const { status, text } = await create(kind, refused);
                assert.equal(status, 400, `${kind} ${text}`);
                assert.ok(text.includes(JSON.stringify(says).slice(1, -1)), `${kind} ${text}`);
                const good = await create(kind, taken);
                assert.equal(good.status, 200, `${kind} ${good.text}`);
            }
            assert.ok(kinds in KINDS);
        });
    }

    it("is refused for keys of the older API and labels of another form, and what the older API set stays", async () => {
        const labelled = (labels: object, field = "labels") => ({ [field]: labels, template: one() });
        const url = `${RUN}/v2/${PLACE}/services`;
        const wrong: [object, string][] = [
            [labelled({ "run.googleapis.com/x": "y" }), "labels: "],
            [labelled({ "autoscaling.knative.dev/maxScale": "3" }, "annotations"), "annotations: "],
            [{ template: { ...one(), annotations: { "run.googleapis.com/x": "y" } } }, "template.annotations: "],
            [labelled({ Team: "a" }), "the label Team=a"],
            [labelled({ team: "A" }), "the label team=A"],
            [labelled({ team: "a".repeat(64) }), "the label team="],
            [
                labelled(Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`l${i}`, ""]))),
                "65 labels, at most 64",
            ],
        ];
        for (const [body, says] of wrong) {
            const { status, text } = await send("POST", `${url}?serviceId=wrong`, body);
            assert.equal(status, 400, text);
            assert.ok(text.includes(says), text);
        }
        const body = { ...labelled({ team: "é_1-" }), annotations: { "example.com/x": "y" } };
        assert.equal((await send("POST", `${url}?serviceId=right`, body)).status, 200);
        const [older, service] = MADE["older service"]("older", one());
        const annotations = { "run.googleapis.com/client-name": "gcloud" };
        Object.assign((service as { metadata: object }).metadata, { annotations });
        assert.equal((await send("POST", older, service)).status, 200);
        const kept = { annotations, labels: { a: "b" }, template: one() };
        assert.equal((await send("PATCH", `${url}/older`, kept)).status, 200);
        const changed = { ...kept, annotations: { "run.googleapis.com/client-name": "other" } };
        assert.equal((await send("PATCH", `${url}/older`, changed)).status, 400);
    });

    it("is refused for more instances at least than at most, and a job for too many tasks and retries", async () => {
        const scaled = (least: number) => ({
            scaling: { minInstanceCount: least },
            template: { ...one(), scaling: { maxInstanceCount: 3 } },
        });
        const url = `${RUN}/v2/${PLACE}/services?serviceId=`;
        assert.match((await send("POST", `${url}least4`, scaled(4))).text, /"scaling: min_instance_count is 4/);
        assert.equal((await send("POST", `${url}least3`, scaled(3))).status, 200);
        const job = (taskCount: number, maxRetries: number) => ({
            template: { taskCount, template: { ...one(), maxRetries } },
        });
        const jobs = `${RUN}/v2/${PLACE}/jobs?jobId=`;
        assert.match((await send("POST", `${jobs}many`, job(10_001, 1))).text, /template\.task_count is 10001/);
        assert.match((await send("POST", `${jobs}many`, job(1, 11))).text, /max_retries is 11/);
        assert.equal((await send("POST", `${jobs}most`, job(10_000, 10))).status, 200);
    });
});
