import assert from "node:assert/strict";
import * as gcp from "@pulumi/gcp";
import { Sandbox } from "../../../../sandbox";
import { owner, testCloud } from "../../support/cloud";

const RUN = "https://run.googleapis.com";
const FUNCTIONS = "https://cloudfunctions.googleapis.com";
const PLACE = "projects/demo/locations/europe-west1";
const limits = (cpu: string, memory: string) => [{ image: "a", resources: { limits: { cpu, memory }, cpuIdle: true } }];
const source = { storageSource: { bucket: "b", object: "o" } };

/** What makes each workload with a CPU and a memory, and how its errors name the place. */
const CREATIONS: [string, (cpu: string, memory: string) => object, string][] = [
    [
        `${RUN}/v2/${PLACE}/services?serviceId=ID`,
        (cpu, memory) => ({ template: { containers: limits(cpu, memory) } }),
        "template.containers.resources",
    ],
    [
        `${RUN}/v2/${PLACE}/jobs?jobId=ID`,
        (cpu, memory) => ({ template: { template: { containers: limits(cpu, memory) } } }),
        "template.template.containers.resources",
    ],
    [
        `https://europe-west1-run.googleapis.com/apis/serving.knative.dev/v1/namespaces/demo/services`,
        (cpu, memory) => ({
            apiVersion: "serving.knative.dev/v1",
            kind: "Service",
            metadata: { name: "ID" },
            spec: { template: { spec: { containers: [{ image: "a", resources: { limits: { cpu, memory } } }] } } },
        }),
        "template.containers.resources",
    ],
    [
        `${FUNCTIONS}/v2/${PLACE}/functions?functionId=ID`,
        (availableCpu, availableMemory) => ({
            buildConfig: { runtime: "nodejs22", entryPoint: "a", source },
            serviceConfig: { availableCpu, availableMemory },
        }),
        "Could not create Cloud Run service wrong. spec.template.spec.containers.resources",
    ],
];

describe("the size of a workload", () => {
    it("is refused by each API with Google's words and the nearest, and taken where it is valid", async () => {
        const cloud = testCloud();
        try {
            const create = async (id: string, url: string, body: object) => {
                const named = JSON.parse(JSON.stringify(body).replaceAll('"ID"', `"${id}"`)) as object;
                const answer = await cloud.apis.request("POST", url.replace("ID", id), {
                    principal: owner,
                    body: named,
                });
                return JSON.stringify(answer?.body);
            };
            for (const [url, body, place] of CREATIONS) {
                const wrong = await create("wrong", url, body("1", "8Gi"));
                const words = `${place}.limits.memory: Invalid value specified for memory. For 1.0 CPU, memory must be between 128Mi and 4Gi inclusive. It is 8Gi; the nearest is 4Gi`;
                assert.ok(wrong.includes(words), `${url} ${wrong}`);
                assert.match(await create("three", url, body("3", "1Gi")), /cpu.*the nearest is 2/, url);
                assert.doesNotMatch(await create("right", url, body("2", "8Gi")), /Invalid value/, url);
            }
            const first = { httpsTrigger: {}, runtime: "nodejs22", sourceArchiveUrl: "gs://b/o", entryPoint: "a" };
            for (const [megabytes, words] of [
                [300, /300 is none of .* the nearest is 256/],
                [8192, /"done":true|"name":"operations/],
            ] as const) {
                const name = `${PLACE}/functions/f${megabytes}`;
                const body = { ...first, name, availableMemoryMb: megabytes };
                assert.match(await create("", `${FUNCTIONS}/v1/${PLACE}/functions`, body), words);
            }
        } finally {
            cloud.close();
        }
    });

    it("fails a preview by the property that names it", async () => {
        await using sandbox = await Sandbox.start({ project: "demo" });
        const region = "europe-west1";
        const build = { runtime: "nodejs22", entryPoint: "a", source };
        const v2 = (id: string, config: object) =>
            new gcp.cloudfunctionsv2.Function(id, { location: region, buildConfig: build, serviceConfig: config });
        const service = (template: gcp.types.input.cloudrunv2.ServiceTemplate) =>
            new gcp.cloudrunv2.Service("a", { location: region, template });
        const wrong: [() => unknown, RegExp][] = [
            [
                () => service({ containers: limits("1", "8Gi") }),
                /template\.containers\[0\]\.resources\.limits\.memory.*nearest is 4Gi/,
            ],
            [
                () => service({ containers: limits("0.5", "512Mi"), maxInstanceRequestConcurrency: 10 }),
                /limits\.cpu.*concurrency > 1/,
            ],
            [
                () =>
                    new gcp.cloudrunv2.Job("a", {
                        location: region,
                        template: {
                            template: { containers: [{ image: "a", resources: { limits: { memory: "256Mi" } } }] },
                        },
                    }),
                /template\.template\.containers\[0\]\.resources\.limits\.memory.*gen2 execution environment with cpu always/,
            ],
            [
                () =>
                    new gcp.cloudrun.Service("a", {
                        location: region,
                        template: { spec: { containers: [{ image: "a", resources: { limits: { cpu: "3" } } }] } },
                    }),
                /template\.spec\.containers\[0\]\.resources\.limits\.cpu.*nearest is 2/,
            ],
            [() => v2("a", { availableMemory: "64Gi" }), /serviceConfig\.availableMemory.*nearest is 32Gi/],
            [
                () => v2("a", { availableMemory: "512M", maxInstanceRequestConcurrency: 5 }),
                /serviceConfig\.availableMemory.*concurrency > 1/,
            ],
            [
                () =>
                    new gcp.cloudfunctions.Function("a", {
                        runtime: "nodejs22",
                        region,
                        triggerHttp: true,
                        availableMemoryMb: 300,
                    }),
                /availableMemoryMb.*nearest is 256/,
            ],
        ];
        for (const [make, reason] of wrong) {
            const stack = await sandbox.up(() => {
                make();
                return Promise.resolve({});
            });
            assert.equal(stack.result, "failed");
            assert.match(JSON.stringify(stack.diagnostics), reason);
        }
        const right = await sandbox.up(() => {
            service({ containers: limits("2", "8Gi") });
            return Promise.resolve({});
        });
        assert.equal(right.result, "succeeded", JSON.stringify(right.diagnostics));
    });
});
