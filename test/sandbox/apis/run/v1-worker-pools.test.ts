import assert from "node:assert/strict";
import fc from "fast-check";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

type Body = Record<string, unknown>;

const REGION = "https://europe-west1-run.googleapis.com";
const NAMESPACE = `${REGION}/apis/run.googleapis.com/v1/namespaces`;
const POOLS = `${NAMESPACE}/demo/workerpools`;
const PLACE = "projects/demo/locations/europe-west1";
const V2 = `https://run.googleapis.com/v2/${PLACE}`;
const account = "caller@demo.iam.gserviceaccount.com";
const files = { name: "files", secret: { secretName: "key", items: [{ key: "3", path: "key.pem", mode: 256 }] } };
const mounted = [{ name: "files", mountPath: "/secrets/key" }];

const pool = (spec: Body = {}, metadata: Body = {}): Body => ({
    apiVersion: "run.googleapis.com/v1",
    kind: "WorkerPool",
    metadata: { name: "puller", ...metadata },
    spec: { template: { spec: { containers: [{ image: "a/b" }], serviceAccountName: account, ...spec } } },
});

describe("worker pools by the older API of Cloud Run", () => {
    let cloud: TestCloud;
    let robot: Awaited<ReturnType<TestCloud["account"]>>;
    beforeEach(async () => {
        cloud = testCloud();
        robot = await cloud.account("caller");
    });
    afterEach(() => cloud.close());

    it("are the worker pools of the newer API, and back", async () => {
        const annotations = {
            ...{ "run.googleapis.com/manualInstanceCount": "3", "run.googleapis.com/client-name": "gcloud" },
        };
        const containers = [{ image: "a/b", args: ["--all"], volumeMounts: mounted }];
        const said = pool({ containers, volumes: [files] }, { annotations, labels: { team: "a" } });
        const made = await cloud.call(owner, "POST", POOLS, said);
        const { template, scaling, labels } = await cloud.call(owner, "GET", `${V2}/workerPools/puller`);
        const { volumes } = template as Body;
        assert.deepEqual([scaling, labels], [{ manualInstanceCount: 3 }, { team: "a" }]);
        assert.deepEqual(volumes, [
            { name: "files", secret: { secret: "key", items: [{ version: "3", path: "key.pem", mode: 256 }] } },
        ]);
        assert.deepEqual(await cloud.call(owner, "GET", `${POOLS}/puller`), made);
        const { items } = await cloud.call(owner, "GET", `${NAMESPACE}/100000000001/workerpools`);
        assert.deepEqual(items, [made]);
        assert.equal((made.metadata as Body).namespace, "100000000001");
        await cloud.call(owner, "DELETE", `${POOLS}/puller`);
        assert.equal(await cloud.status(owner, "GET", `${V2}/workerPools/puller`), 404);
    });

    it("can be written as they are shown, which changes nothing that they say", async () => {
        const name = fc.stringMatching(/^[a-z]{1,8}$/);
        const secret = fc.record({
            secretName: name,
            items: fc.array(fc.record({ key: fc.constantFrom("1", "latest"), path: name }), { maxLength: 2 }),
        });
        const volume = fc.oneof(
            secret.map((one) => ({ secret: one })),
            fc.constant({ emptyDir: { medium: "MEMORY", sizeLimit: "8Mi" } }),
        );
        await fc.assert(
            fc.asyncProperty(
                fc.array(volume, { maxLength: 3 }),
                fc.dictionary(name, name, { maxKeys: 2 }),
                fc.integer({ min: 0, max: 5 }),
                async (volumes, labels, count) => {
                    const named = volumes.map((each, at) => ({ name: `v${at}`, ...each }));
                    const volumeMounts = named.map((each) => ({ name: each.name, mountPath: `/mnt/${each.name}` }));
                    const annotations = { "run.googleapis.com/manualInstanceCount": String(count) };
                    const containers = [{ image: "a/b", volumeMounts }];
                    const said = pool({ containers, volumes: named }, { labels, annotations });
                    const made = await cloud.call(owner, "POST", POOLS, said);
                    const again = await cloud.call(owner, "PUT", `${POOLS}/puller`, made);
                    await cloud.call(owner, "DELETE", `${POOLS}/puller`);
                    assert.deepEqual(again.spec, made.spec);
                    const { generation: _, resourceVersion: __, ...rest } = made.metadata as Body;
                    const { generation: ___, resourceVersion: ____, ...then } = again.metadata as Body;
                    assert.deepEqual(then, rest);
                },
            ),
            { numRuns: 25 },
        );
    });

    it("ask for the permissions of worker pools, and have their policies", async () => {
        await cloud.call(owner, "POST", POOLS, pool());
        assert.equal(await cloud.status(robot, "GET", `${POOLS}/puller`), 403);
        const policy = { bindings: [{ role: "roles/run.viewer", members: [`serviceAccount:${account}`] }] };
        const resource = `${REGION}/v1/${PLACE}/workerpools/puller`;
        await cloud.call(owner, "POST", `${resource}:setIamPolicy`, { policy });
        assert.equal(await cloud.status(robot, "GET", `${POOLS}/puller`), 200);
        assert.equal(await cloud.status(robot, "DELETE", `${POOLS}/puller`), 403);
        const { bindings } = await cloud.call(owner, "GET", `${V2}/workerPools/puller:getIamPolicy`);
        assert.deepEqual(bindings, policy.bindings);
    });

    const wrong: [what: string, spec: Body, status: number][] = [
        ["a field that is not known here", { nodeSelector: { a: "b" } }, 400],
        ["a kind of volume that is not known here", { volumes: [{ name: "v", hostPath: { path: "/" } }] }, 400],
        ["no container", { containers: [] }, 400],
        ["a volume that does not exist", { containers: [{ image: "a/b", volumeMounts: mounted }] }, 400],
        ["an account that does not exist", { serviceAccountName: "none@demo.iam.gserviceaccount.com" }, 403],
    ];
    for (const [what, spec, code] of wrong) {
        it(`are refused with ${what}, and nothing is made`, async () => {
            assert.equal(await cloud.status(owner, "POST", POOLS, pool(spec)), code);
            assert.equal(await cloud.status(owner, "GET", `${POOLS}/puller`), 404);
        });
    }

    it("are no second time made, and not replaced where there are none", async () => {
        assert.equal(await cloud.status(owner, "PUT", `${POOLS}/puller`, pool()), 404);
        await cloud.call(owner, "POST", POOLS, pool());
        assert.equal(await cloud.status(owner, "POST", POOLS, pool()), 409);
    });

    it("has volumes of secrets for services and jobs too, as gcloud writes them", async () => {
        const spec = { containers: [{ image: "a/b", volumeMounts: mounted }], volumes: [files] };
        const web = { metadata: { name: "web" }, spec: { template: { spec } } };
        const serving = `${REGION}/apis/serving.knative.dev/v1/namespaces/demo/services`;
        const batch = { metadata: { name: "batch" }, spec: { template: { spec: { template: { spec } } } } };
        for (const [url, body, newer] of [
            [serving, web, `${V2}/services/web`],
            [`${NAMESPACE}/demo/jobs`, batch, `${V2}/jobs/batch`],
        ] as const) {
            const made = await cloud.call(owner, "POST", url, body);
            assert.match(JSON.stringify(made.spec), /"secretName":"key"/);
            assert.match(JSON.stringify(await cloud.call(owner, "GET", newer)), /"secret":"key","items":\[/);
        }
    });
});
