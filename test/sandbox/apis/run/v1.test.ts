import assert from "node:assert/strict";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

type Body = Record<string, unknown>;

const HOST = "https://europe-west1-run.googleapis.com";
const SERVICES = `${HOST}/apis/serving.knative.dev/v1/namespaces/demo/services`;
const V2 = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1";

/** As gcloud sends it, with what is empty. */
const service = (container: Body = {}): Body => ({
    apiVersion: "serving.knative.dev/v1",
    kind: "Service",
    metadata: {
        name: "hello",
        annotations: { "run.googleapis.com/ingress": "internal", team: "a" },
        labels: { l: "1" },
    },
    spec: {
        template: {
            metadata: { annotations: { "autoscaling.knative.dev/maxScale": "3" } },
            spec: {
                nodeSelector: {},
                containers: [{ image: "a/b", env: [{ name: "A", value: "b" }], ...container }],
                serviceAccountName: "caller@demo.iam.gserviceaccount.com",
            },
        },
    },
});

describe("the older API of Cloud Run", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = testCloud();
        await cloud.account("caller");
    });
    afterEach(() => cloud.close());

    it("lets in by a grant on the service, though it is asked by its region's host", async () => {
        await cloud.call(owner, "POST", SERVICES, service());
        const ann = { kind: "user", email: "ann@example.com" } as const;
        const policy = `${V2}/services/hello:setIamPolicy`;
        assert.equal(await cloud.status(ann, "GET", `${SERVICES}/hello`), 403);
        const bindings = [{ role: "roles/run.viewer", members: ["user:ann@example.com"] }];
        await cloud.call(owner, "POST", policy, { policy: { bindings } });
        assert.equal(await cloud.status(ann, "GET", `${SERVICES}/hello`), 200);
    });

    it("deploys the service that the newer one shows, and shows it in its own words", async () => {
        const made = await cloud.call(owner, "POST", SERVICES, service());
        const { template, ingress, labels, annotations } = await cloud.call(owner, "GET", `${V2}/services/hello`);
        assert.deepEqual([ingress, labels, annotations], ["INGRESS_TRAFFIC_INTERNAL_ONLY", { l: "1" }, { team: "a" }]);
        const { scaling, containers } = template as { scaling: Body; containers: Body[] };
        assert.deepEqual([scaling.maxInstanceCount, containers[0]!.env], [3, [{ name: "A", value: "b" }]]);
        const { status, spec } = made as { status: { url: string; conditions: Body[] }; spec: Body };
        assert.match(status.url, /^https:\/\/hello-.*\.a\.run\.app$/);
        assert.deepEqual(
            status.conditions.map(({ status: state }) => state),
            ["True", "True", "True"],
        );
        assert.equal((spec.template as { spec: Body }).spec.serviceAccountName, "caller@demo.iam.gserviceaccount.com");
        const listed = await cloud.call(
            owner,
            "GET",
            "https://run.googleapis.com/v1/projects/demo/locations/-/services",
        );
        assert.equal((listed.items as Body[]).length, 1);
    });

    it("shows the annotations that a client set, and of its own only the scaling", async () => {
        const wanted = service();
        const said = { "run.googleapis.com/cloudsql-instances": "demo:europe-west1:db" };
        const launch = { "run.googleapis.com/launch-stage": "BETA" };
        const { metadata: template } = (wanted.spec as { template: { metadata: Body } }).template;
        await cloud.call(owner, "POST", SERVICES, {
            ...wanted,
            metadata: { name: "plain", annotations: launch },
            spec: {
                template: { metadata: { ...template, annotations: said }, spec: { containers: [{ image: "a/b" }] } },
            },
        });
        const read = (await cloud.call(owner, "GET", `${SERVICES}/plain`)) as {
            metadata: { annotations: Body };
            spec: { template: { metadata: { annotations: Body } } };
        };
        assert.equal(read.metadata.annotations["run.googleapis.com/launch-stage"], "BETA");
        const scaling = { "autoscaling.knative.dev/maxScale": "100" };
        assert.deepEqual(read.spec.template.metadata.annotations, { ...said, ...scaling });
    });

    it("replaces and deletes it, with its revisions", async () => {
        await cloud.call(owner, "POST", SERVICES, service());
        await cloud.call(owner, "PUT", `${SERVICES}/hello`, service({ image: "a/c" }));
        const url = `${SERVICES.replace("/services", "/revisions")}?labelSelector=serving.knative.dev/service%20%3D%20hello`;
        assert.equal(((await cloud.call(owner, "GET", url)).items as Body[]).length, 2);
        await cloud.call(owner, "DELETE", `${SERVICES}/hello`);
        assert.equal(await cloud.status(owner, "GET", `${SERVICES}/hello`), 404);
        assert.equal(await cloud.status(owner, "GET", `${V2}/services/hello`), 404);
    });

    it("lists the revisions whose labels are as a selector says", async () => {
        await cloud.call(owner, "POST", SERVICES, service());
        const changed = service({ image: "a/c" }) as { spec: { template: Body } };
        changed.spec.template.metadata = { labels: { "client.knative.dev/nonce": "abc" } };
        await cloud.call(owner, "PUT", `${SERVICES}/hello`, changed);
        const url = `${SERVICES.replace("/services", "/revisions")}?labelSelector=`;
        const found = async (selector: string): Promise<number> =>
            ((await cloud.call(owner, "GET", url + encodeURIComponent(selector))).items as Body[]).length;
        const counts = {
            "": 2,
            "client.knative.dev/nonce = abc": 1,
            "client.knative.dev/nonce=abc,serving.knative.dev/service==hello": 1,
            "client.knative.dev/nonce=abc,serving.knative.dev/service!=hello": 0,
            "client.knative.dev/nonce": 1,
            "!client.knative.dev/nonce": 1,
            "client.knative.dev/nonce!=abc": 1,
            "serving.knative.dev/service=other": 0,
        };
        for (const [selector, count] of Object.entries(counts)) {
            assert.equal(await found(selector), count, selector);
        }
        assert.equal(await cloud.status(owner, "GET", `${url}${encodeURIComponent("a in (b)")}`), 501);
    });

    it("refuses what it does not know, a service that is there, and who may not deploy", async () => {
        assert.equal(await cloud.status(owner, "POST", SERVICES, service({ lifecycle: { a: 1 } })), 400);
        assert.equal(await cloud.status(owner, "POST", SERVICES, service()), 200);
        assert.equal(await cloud.status(owner, "POST", SERVICES, service()), 409);
        const stranger = { kind: "user", email: "stranger@example.com" } as const;
        assert.equal(await cloud.status(stranger, "PUT", `${SERVICES}/hello`, service()), 403);
        assert.equal(await cloud.status(owner, "PUT", `${SERVICES}/other`, service()), 404);
    });
});

describe("a job of Cloud Run", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = testCloud();
        await cloud.account("caller");
    });
    afterEach(() => cloud.close());
    const account = "caller@demo.iam.gserviceaccount.com";
    const job = { template: { template: { serviceAccount: account, containers: [{ image: "a/b" }] } } };

    it("is made, read with its defaults, changed and deleted", async () => {
        const made = await cloud.call(owner, "POST", `${V2}/jobs?jobId=j`, job);
        assert.equal(made.done, true);
        const read = await cloud.call(owner, "GET", `${V2}/jobs/j`);
        const { taskCount, template } = read.template as { taskCount: number; template: Body };
        assert.deepEqual([taskCount, template.maxRetries, template.timeout], [1, 3, "600s"]);
        assert.equal(await cloud.status(owner, "POST", `${V2}/jobs?jobId=j`, job), 409);
        await cloud.call(owner, "PATCH", `${V2}/jobs/j`, { ...job, labels: { a: "b" } });
        assert.equal((await cloud.call(owner, "GET", `${V2}/jobs/j`)).generation, "2");
        await cloud.call(owner, "DELETE", `${V2}/jobs/j`);
        assert.equal(await cloud.status(owner, "GET", `${V2}/jobs/j`), 404);
    });

    it("is started by who may, which its executions say, with the reason that nothing was run", async () => {
        await cloud.call(owner, "POST", `${V2}/jobs?jobId=j`, job);
        const caller = await cloud.account("starter");
        assert.equal(await cloud.status(caller, "POST", `${V2}/jobs/j:run`, {}), 403);
        await cloud.call(owner, "POST", `${V2}/jobs/j:setIamPolicy`, {
            policy: { bindings: [{ role: "roles/run.invoker", members: [`serviceAccount:${caller.email}`] }] },
        });
        assert.equal(await cloud.status(caller, "POST", `${V2}/jobs/j:run`, {}), 200);
        const started = await cloud.call(owner, "POST", `${V2}/jobs/j:run`, {});
        assert.match(JSON.stringify(started), /nothing was run/);
        const { executions } = await cloud.call(owner, "GET", `${V2}/jobs/j/executions`);
        assert.equal((executions as Body[]).length, 2);
        assert.equal((await cloud.call(owner, "GET", `${V2}/jobs/j`)).executionCount, 2);
    });
});
