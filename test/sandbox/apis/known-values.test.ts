import assert from "node:assert/strict";
import * as gcp from "@pulumi/gcp";
import { Sandbox } from "../../../sandbox";
import { owner, testCloud } from "../support/cloud";

const BUILD = { runtime: "nodejs22", entryPoint: "a", source: { storageSource: { bucket: "b", object: "o" } } };
const RUN = { template: { containers: [{ image: "a" }] } };

/** What makes a resource in a region, of each API whose resources are in regions. */
const CREATIONS: [string, object][] = [
    ["https://run.googleapis.com/v2/projects/demo/locations/L/services?serviceId=a", RUN],
    [
        "https://cloudfunctions.googleapis.com/v2/projects/demo/locations/L/functions?functionId=a",
        { buildConfig: BUILD },
    ],
    [
        "https://workflows.googleapis.com/v1/projects/demo/locations/L/workflows?workflowId=a",
        { sourceContents: "main: {steps: [{a: {return: 1}}]}" },
    ],
    [
        "https://cloudtasks.googleapis.com/v2/projects/demo/locations/L/queues",
        { name: "projects/demo/locations/L/queues/a" },
    ],
    [
        "https://vpcaccess.googleapis.com/v1/projects/demo/locations/L/connectors?connectorId=a",
        { network: "n", ipCidrRange: "10.8.0.0/28" },
    ],
    [
        "https://artifactregistry.googleapis.com/v1/projects/demo/locations/L/repositories?repositoryId=a",
        { format: "DOCKER" },
    ],
    ["https://compute.googleapis.com/compute/v1/projects/demo/regions/L/addresses", { name: "a" }],
];

describe("a region or a runtime that there is not", () => {
    it("is refused by every API with the nearest, and taken where it is named as new", async () => {
        const cloud = testCloud();
        cloud.settings.regions = ["europe-west99"];
        try {
            for (const [url, body] of CREATIONS) {
                const at = (region: string) => ({
                    url: url.replace("/L/", `/${region}/`),
                    body: JSON.parse(JSON.stringify(body).replaceAll("/L/", `/${region}/`)) as object,
                });
                const wrong = at("europ-west1");
                const answer = await cloud.apis.request("POST", wrong.url, { principal: owner, body: wrong.body });
                assert.match(JSON.stringify(answer?.body), /did you mean \\"europe-west1\\"\?/, wrong.url);
                for (const region of ["europe-west1", "europe-west99"]) {
                    const right = at(region);
                    const taken = await cloud.apis.request("POST", right.url, { principal: owner, body: right.body });
                    assert.doesNotMatch(JSON.stringify(taken?.body), /that is known/, right.url);
                }
            }
            const [url, body] = CREATIONS[1] ?? ["", {}];
            const old = { ...body, buildConfig: { ...BUILD, runtime: "nodejs21" } };
            const other = url.replace("/L/", "/europe-west1/").replace(/=a$/, "=b");
            const answer = await cloud.apis.request("POST", other, {
                principal: owner,
                body: old,
            });
            assert.match(JSON.stringify(answer?.body), /nodejs21.*did you mean \\"nodejs2\d\\"/);
        } finally {
            cloud.close();
        }
    });

    it("fails a preview by the property that names it", async () => {
        await using sandbox = await Sandbox.start({ project: "demo" });
        const wrong: [() => unknown, RegExp][] = [
            [
                () => new gcp.cloudrunv2.Service("a", { location: "us-centrall1", template: RUN.template }),
                /us-centrall1.*did you mean .*us-central1/,
            ],
            [() => new gcp.compute.Disk("a", { zone: "us-east11-b" }), /us-east11.*did you mean .*us-east1/],
            [
                () =>
                    new gcp.cloudfunctions.Function("a", { runtime: "node22", region: "us-east1", triggerHttp: true }),
                /node22.*did you mean .*nodejs22/,
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
    });
});
