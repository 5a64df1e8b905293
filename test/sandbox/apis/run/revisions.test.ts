import assert from "node:assert/strict";
import fc from "fast-check";
import { findByHost } from "../../../../sandbox/apis";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

type Body = Record<string, unknown>;
type Target = { type?: string; revision?: string; percent?: number; tag?: string };

const ALL = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
const ONE = `${ALL}/shop`;
const LATEST = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST";
const PINNED = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION";
const template = (image = "a/b", more: Body = {}) => ({ containers: [{ image }], ...more });

describe("revisions of a Cloud Run service", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = testCloud();
    });
    afterEach(() => cloud.close());

    const made = async (): Promise<string[]> => {
        const { revisions = [] } = (await cloud.call(owner, "GET", `${ONE}/revisions`)) as { revisions?: Body[] };
        return revisions.map(({ name }) => String(name).replace(/^.*\//, "")).sort();
    };
    const create = (body: Body) => cloud.call(owner, "POST", `${ALL}?serviceId=shop`, body);
    const update = (body: Body) => cloud.call(owner, "PATCH", ONE, body);
    const hostOf = async (): Promise<string> =>
        String((await cloud.call(owner, "GET", ONE)).uri).replace("https://", "");

    it("are made by a change of the template, and by no other change", async () => {
        await create({ template: template() });
        const parts: [string, Body][] = [
            ["labels", { labels: { a: "b" } }],
            ["ingress", { ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" }],
            ["description", { description: "a shop" }],
            ["annotations", { annotations: { c: "d" } }],
            ["traffic", { traffic: [{ type: LATEST, percent: 100, tag: "now" }] }],
            ["customAudiences", { customAudiences: ["shop"] }],
            ["scaling", { scaling: { minInstanceCount: 1 } }],
        ];
        for (const [name, part] of parts) {
            await update({ template: template(), ...part });
            assert.equal((await made()).length, 1, name);
        }
        assert.equal((await cloud.call(owner, "GET", ONE)).generation, String(parts.length + 1));
        const changes: Body[] = [
            { containers: [{ image: "a/c" }] },
            template("a/c", { timeout: "10s" }),
            template("a/c", { labels: { e: "f" } }),
        ];
        for (const [at, change] of changes.entries()) {
            await update({ template: change });
            assert.equal((await made()).length, at + 2);
        }
    });

    it("keep a name that a template gives them, and its content", async () => {
        const named = (image: string) => ({ template: template(image, { revision: "shop-one" }) });
        await create(named("a/b"));
        await update({ ...named("a/b"), labels: { a: "b" } });
        assert.deepEqual(await made(), ["shop-one"]);
        await assert.rejects(update(named("a/c")), /409.*Revision named 'shop-one' with different configuration/);
        await update({ template: template("a/c", { revision: "shop-two" }) });
        assert.deepEqual(await made(), ["shop-one", "shop-two"]);
    });

    it("answer at the address of their tag, and by the percentages", async () => {
        await create({ template: template("a/b", { revision: "shop-one" }) });
        const traffic = [
            { type: PINNED, revision: "shop-one", percent: 100 },
            { type: LATEST, tag: "next" },
            { type: PINNED, revision: "shop-one", tag: "old" },
        ];
        await update({ template: template("a/c", { revision: "shop-two" }), traffic });
        const host = await hostOf();
        const { trafficStatuses } = (await cloud.call(owner, "GET", ONE)) as { trafficStatuses?: Body[] };
        assert.deepEqual(
            trafficStatuses?.map(({ uri }) => uri),
            [undefined, `https://next---${host}`, `https://old---${host}`],
        );
        const older =
            "https://europe-west1-run.googleapis.com/apis/serving.knative.dev/v1/namespaces/demo/services/shop";
        const { status } = (await cloud.call(owner, "GET", older)) as { status: { traffic: Body[] } };
        assert.deepEqual(
            status.traffic.map(({ url }) => url),
            [undefined, `https://next---${host}`, `https://old---${host}`],
            "the older API tells the addresses as well",
        );
        const imageAt = (name: string) => findByHost(cloud, name)?.template?.containers?.[0]?.image;
        assert.deepEqual([host, `next---${host}`, `old---${host}`, `other---${host}`].map(imageAt), [
            "a/b",
            "a/c",
            "a/b",
            undefined,
        ]);
        // The deterministic address has tags as well.
        assert.equal(imageAt("next---shop-100000000001.europe-west1.run.app"), "a/c");
        await assert.rejects(cloud.call(owner, "DELETE", `${ONE}/revisions/shop-one`), /serves traffic/);
        await update({ template: template("a/c", { revision: "shop-two" }) });
        await cloud.call(owner, "DELETE", `${ONE}/revisions/shop-one`);
    });

    it("share the requests as the percentages say", async () => {
        await create({ template: template("a/b", { revision: "shop-one" }) });
        const traffic = [
            { type: PINNED, revision: "shop-one", percent: 50 },
            { type: LATEST, percent: 50 },
        ];
        await update({ template: template("a/c", { revision: "shop-two" }), traffic });
        const host = await hostOf();
        const images = Array.from(
            { length: 200 },
            () => findByHost(cloud, host)?.template?.containers?.[0]?.image ?? "",
        );
        assert.deepEqual([...new Set(images)].sort(), ["a/b", "a/c"]);
    });

    it("take only traffic that adds up to 100, by revisions and tags that there can be", async () => {
        await create({ template: template("a/b", { revision: "shop-one" }) });
        const bad: [RegExp, Target[]][] = [
            [/have the sum 50/, [{ type: LATEST, percent: 50 }]],
            [/have the sum 0/, [{ type: LATEST, tag: "now" }]],
            [/percent is 150/, [{ type: LATEST, percent: 150 }]],
            [/percent is -1/, [{ type: LATEST, percent: -1 }]],
            [/shop-none.* was not found/, [{ type: PINNED, revision: "shop-none", percent: 100 }]],
            [/needs a revision/, [{ type: PINNED, percent: 100 }]],
            [/the tag .*Now/, [{ type: LATEST, percent: 100, tag: "Now" }]],
            [/the tag .*a{60}/, [{ type: LATEST, percent: 100, tag: "a".repeat(60) }]],
            [
                /given twice/,
                [
                    { type: LATEST, percent: 100, tag: "a" },
                    { type: LATEST, tag: "a" },
                ],
            ],
        ];
        for (const [words, traffic] of bad) {
            await assert.rejects(update({ template: template(), traffic }), (error: Error) => {
                assert.match(error.message, /^400/);
                assert.match(error.message, words);
                return true;
            });
        }
        await fc.assert(
            fc.asyncProperty(
                fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 4 }),
                async (all) => {
                    const traffic = all.map((percent) => ({ type: LATEST, percent }));
                    const status = await cloud.status(owner, "PATCH", ONE, { template: template(), traffic });
                    assert.equal(status, all.reduce((a, b) => a + b, 0) === 100 ? 200 : 400);
                },
            ),
            { examples: [[[100]], [[40, 60]], [[99]]] },
        );
    });

    it("get the resources and times that the documentation lets them have", async () => {
        const sized = (cpu: string, memory: string, cpuIdle = true) => ({
            containers: [{ image: "a/b", resources: { limits: { cpu, memory }, cpuIdle } }],
        });
        const taken = async (wanted: Body) =>
            (await cloud.status(owner, "POST", `${ALL}?serviceId=shop&validateOnly=true`, { template: wanted })) ===
            200;
        const one = { maxInstanceRequestConcurrency: 1 };
        const good: Body[] = [
            sized("1", "512Mi"),
            sized("1000m", "4Gi"),
            sized("2", "8Gi"),
            sized("4", "2Gi"),
            sized("8", "32Gi"),
            { ...sized("500m", "1Gi"), ...one },
            sized("500m", "1Gi"),
            sized("1", "512Mi", false),
            { ...sized("0.08", "512Mi"), ...one },
            template("a/b", { timeout: "3600s" }),
            template("a/b", { maxInstanceRequestConcurrency: 1000 }),
        ];
        const bad: Body[] = [
            sized("1", "5Gi"),
            sized("3", "4Gi"),
            sized("4", "1Gi"),
            sized("8", "33Gi"),
            sized("16", "32Gi"),
            sized("half", "512Mi"),
            sized("1", "much"),
            { ...sized("500m", "2Gi"), ...one },
            sized("500m", "1Gi", false),
            sized("1", "256Mi", false),
            { ...sized("500m", "1Gi"), executionEnvironment: "EXECUTION_ENVIRONMENT_GEN2" },
            { ...sized("0.5", "512Mi"), maxInstanceRequestConcurrency: 80 },
            { ...sized("0.01", "128Mi"), ...one },
            template("a/b", { timeout: "3601s" }),
            template("a/b", { maxInstanceRequestConcurrency: 1001 }),
            template("a/b", { scaling: { minInstanceCount: 3, maxInstanceCount: 2 } }),
        ];
        for (const wanted of good) {
            assert.equal(await taken(wanted), true, JSON.stringify(wanted));
        }
        for (const wanted of bad) {
            assert.equal(await taken(wanted), false, JSON.stringify(wanted));
        }
    });

    it("are told by operations that say what they are about", async () => {
        const operation = await create({ template: template() });
        const { "@type": type, name } = operation.metadata as Body;
        assert.deepEqual(
            [type, name],
            ["type.googleapis.com/google.cloud.run.v2.Service", "projects/demo/locations/europe-west1/services/shop"],
        );
        for (const change of [await update({ template: template() }), await cloud.call(owner, "DELETE", ONE)]) {
            assert.equal((change.metadata as Body)["@type"], type);
        }
    });

    it("are not built from source: that is refused by name", async () => {
        const built = { template: template(), buildConfig: { sourceLocation: "gs://a/b" } };
        await assert.rejects(create(built), /501.*build_config/);
        const submit = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/builds:submit";
        await assert.rejects(cloud.call(owner, "POST", submit, {}), /501.*Builds\.SubmitBuild/);
        assert.equal(await cloud.status(owner, "GET", ONE), 404);
    });
});
