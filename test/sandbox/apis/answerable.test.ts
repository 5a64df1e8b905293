import assert from "node:assert/strict";
import fc from "fast-check";
import { Resources } from "../../../sandbox/apis/framework";
import type { Json } from "../../../sandbox/cloud";
import { owner, testCloud, type TestCloud } from "../support/cloud";

const V1 = "https://europe-west1-run.googleapis.com/apis";
const V2 = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1";

/** A field that may be absent, null, right or of a wrong kind. */
const maybe = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
    fc.oneof(
        { weight: 60, arbitrary: right },
        { weight: 2, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom(null, "", 7, -1, 1.5, true, [], {}, "x", ["a"], { a: null }) },
    );
const text = fc.constantFrom("a", "t1", "b/c:1", "60");
const count = fc.constantFrom(0, 1, 50, 100);
const container = fc.record({
    image: maybe(fc.constant("example/a:1")),
    name: maybe(text),
    args: maybe(fc.array(text, { maxLength: 2 })),
    env: maybe(fc.array(fc.record({ name: maybe(fc.constantFrom("A", "B_1")), value: maybe(text) }), { maxLength: 2 })),
    resources: maybe(
        fc.record({ limits: maybe(fc.record({ cpu: maybe(fc.constant("1")), memory: maybe(fc.constant("1Gi")) })) }),
    ),
    ports: maybe(
        fc.array(fc.record({ containerPort: maybe(fc.constant(8080)), name: maybe(fc.constant("http1")) }), {
            maxLength: 1,
        }),
    ),
});
const RUN = "run.googleapis.com";
const annotations = fc.oneof(
    {
        weight: 4,
        arbitrary: fc.constantFrom<Json>(
            {},
            { team: "a" },
            { [`${RUN}/ingress`]: "all", [`${RUN}/custom-audiences`]: '["x"]' },
            { "autoscaling.knative.dev/maxScale": "3" },
        ),
    },
    {
        weight: 1,
        arbitrary: fc.constantFrom<Json>(
            ...["a", "{}", "null", "[7]"].map((list) => ({ [`${RUN}/custom-audiences`]: list })),
            { "autoscaling.knative.dev/maxScale": "x" },
        ),
    },
);
const metadata = (name: string) =>
    fc.record({ name: fc.constant(name), labels: maybe(fc.dictionary(text, text)), annotations: maybe(annotations) });
const traffic = fc.oneof(
    fc.constant([{ latestRevision: true, percent: 100 }]),
    fc.array(
        fc.record({
            latestRevision: maybe(fc.boolean()),
            revisionName: maybe(text),
            percent: maybe(count),
            tag: maybe(text),
        }),
        { maxLength: 3 },
    ),
);
const service = fc.record({
    metadata: metadata("s"),
    spec: fc.record({
        template: fc.record({
            metadata: maybe(fc.record({ annotations: maybe(annotations) })),
            spec: fc.record({
                containers: maybe(fc.array(container, { minLength: 1, maxLength: 2 })),
                timeoutSeconds: maybe(count),
                containerConcurrency: maybe(count),
            }),
        }),
        traffic: maybe(traffic),
    }),
});
const job = fc.record({
    metadata: metadata("j"),
    spec: fc.record({
        template: fc.record({
            metadata: maybe(fc.record({ labels: maybe(fc.dictionary(text, text)) })),
            spec: fc.record({
                taskCount: maybe(count),
                parallelism: maybe(count),
                template: fc.record({
                    spec: fc.record({
                        containers: maybe(fc.array(container, { minLength: 1, maxLength: 2 })),
                        maxRetries: maybe(count),
                        timeoutSeconds: maybe(count),
                    }),
                }),
            }),
        }),
    }),
});

describe("what is written by the older API of Cloud Run", () => {
    let cloud: TestCloud;
    before(() => void (cloud = testCloud()));
    after(() => cloud.close());

    const kinds: [what: string, url: string, written: fc.Arbitrary<Json>][] = [
        ["services/s", `${V1}/serving.knative.dev/v1/namespaces/demo/services`, service],
        ["jobs/j", `${V1}/run.googleapis.com/v1/namespaces/demo/jobs`, job],
    ];
    for (const [what, url, written] of kinds) {
        it(`can be read by the newer one, or is refused and leaves nothing: ${what}`, async () => {
            let taken = 0;
            await fc.assert(
                fc.asyncProperty(written, async (body) => {
                    const sent: unknown = JSON.parse(JSON.stringify(body));
                    const answer = await cloud.apis.request("POST", url, { principal: owner, body: sent });
                    const [collection = ""] = what.split("/");
                    const read = await cloud.status(owner, "GET", `${V2}/${what}`);
                    assert.equal(await cloud.status(owner, "GET", `${V2}/${collection}`), 200);
                    assert.equal(await cloud.status(owner, "GET", url), 200);
                    if (answer?.status === 200) {
                        taken++;
                        assert.equal(read, 200);
                        await cloud.call(owner, "DELETE", `${V2}/${what}`);
                    } else {
                        assert.equal(answer?.status, 400, JSON.stringify(answer?.body));
                        assert.equal(read, 404);
                    }
                }),
                { numRuns: 150 },
            );
            assert.ok(taken > 2, `${taken} were taken`);
        });
    }
});

describe("resources", () => {
    it("are stored only as their message can express them", () => {
        const cloud = testCloud();
        const topics = new Resources<Json>("pubsub.topics", "google.pubsub.v1.Topic");
        topics.put(cloud, "projects/demo/topics/right", { name: "projects/demo/topics/right", labels: { a: "b" } });
        for (const wrong of [
            { labels: { a: undefined } },
            { nme: "x" },
            { state: "NONE" },
            { messageRetentionDuration: "1d" },
        ]) {
            assert.throws(
                () => topics.put(cloud, "projects/demo/topics/wrong", { name: "n", ...wrong }),
                JSON.stringify(wrong),
            );
        }
        assert.equal(topics.find(cloud, "projects/demo/topics/wrong"), undefined);
        cloud.close();
    });
});
