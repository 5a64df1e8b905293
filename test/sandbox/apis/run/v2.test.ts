import assert from "node:assert/strict";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

type Body = Record<string, unknown>;

const V2 = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1";
const ann = { kind: "user", email: "ann@example.com" } as const;
const containers = [{ image: "a/b" }];

/** The two resources of Cloud Run, which have the same methods. */
const kinds = [
    { plural: "services", id: "serviceId", body: { template: { containers } } },
    { plural: "jobs", id: "jobId", body: { template: { template: { containers } } } },
];

for (const { plural, id, body } of kinds) {
    describe(`the ${plural} of Cloud Run`, () => {
        const all = `${V2}/${plural}`;
        const one = `${all}/hello`;
        let cloud: TestCloud;
        beforeEach(async () => {
            cloud = testCloud();
            const project = "https://cloudresourcemanager.googleapis.com/v1/projects/demo:setIamPolicy";
            const bindings = [
                { role: "roles/owner", members: ["user:owner@example.com"] },
                { role: "roles/run.viewer", members: ["user:ann@example.com"] },
            ];
            await cloud.call(owner, "POST", project, { policy: { bindings } });
        });
        afterEach(() => cloud.close());

        it("change nothing where a request only validates", async () => {
            const answer = await cloud.call(owner, "POST", `${all}?${id}=hello&validateOnly=true`, body);
            assert.equal((answer.response as Body).name, `projects/demo/locations/europe-west1/${plural}/hello`);
            assert.equal(await cloud.status(owner, "GET", one), 404);
            await cloud.call(owner, "POST", `${all}?${id}=hello`, body);
            const labelled = { ...body, labels: { a: "b" } };
            await cloud.call(owner, "PATCH", `${one}?validateOnly=true`, labelled);
            assert.equal((await cloud.call(owner, "GET", one)).labels, undefined);
            await cloud.call(owner, "DELETE", `${one}?validateOnly=true`);
            assert.equal(await cloud.status(owner, "GET", one), 200);
            assert.equal(await cloud.status(owner, "POST", `${all}?${id}=bad&validateOnly=true`, {}), 400);
        });

        it("are made by an update that allows them to be missing, by who may create", async () => {
            assert.equal(await cloud.status(owner, "PATCH", one, body), 404);
            assert.equal(await cloud.status(ann, "PATCH", `${one}?allowMissing=true`, body), 403);
            assert.equal(await cloud.status(owner, "GET", one), 404);
            await cloud.call(owner, "PATCH", `${one}?allowMissing=true`, body);
            assert.equal(await cloud.status(owner, "GET", one), 200);
        });

        it("are changed and deleted by their etag only, where one is given, and are told as they were", async () => {
            await cloud.call(owner, "POST", `${all}?${id}=hello`, body);
            const { etag } = await cloud.call(owner, "GET", one);
            await cloud.call(owner, "PATCH", one, { ...body, labels: { a: "b" }, etag });
            assert.equal(await cloud.status(owner, "PATCH", one, { ...body, etag }), 409);
            assert.equal(await cloud.status(owner, "DELETE", `${one}?etag=${encodeURIComponent(String(etag))}`), 409);
            const now = await cloud.call(owner, "GET", one);
            const gone = await cloud.call(owner, "DELETE", `${one}?etag=${encodeURIComponent(String(now.etag))}`);
            const { labels, deleteTime } = gone.response as Body;
            assert.deepEqual([labels, typeof deleteTime], [{ a: "b" }, "string"]);
            assert.equal(await cloud.status(owner, "GET", one), 404);
        });

        it("are replaced as a whole by an update without a mask", async () => {
            await cloud.call(owner, "POST", `${all}?${id}=hello`, { ...body, labels: { a: "b" } });
            await cloud.call(owner, "PATCH", one, { ...body, annotations: { c: "d" } });
            const { labels, annotations } = await cloud.call(owner, "GET", one);
            assert.deepEqual([labels, annotations], [undefined, { c: "d" }]);
        });

        it("are changed in part by a mask, where the API has one", async () => {
            await cloud.call(owner, "POST", `${all}?${id}=hello`, { ...body, labels: { a: "b" } });
            const masked = cloud.call(owner, "PATCH", `${one}?updateMask=annotations`, { annotations: { c: "d" } });
            // Jobs have no mask: https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.jobs/patch
            if (plural === "jobs") {
                await assert.rejects(masked, /Field 'updateMask' could not be found/);
                return;
            }
            await masked;
            const { labels, annotations } = await cloud.call(owner, "GET", one);
            assert.deepEqual([labels, annotations], [{ a: "b" }, { c: "d" }]);
        });

        it("have ids as Cloud Run takes them, and one each", async () => {
            assert.equal(await cloud.status(owner, "POST", `${all}?${id}=No_good`, body), 400);
            assert.equal(await cloud.status(owner, "POST", `${all}?${id}=hello`, body), 200);
            assert.equal(await cloud.status(owner, "POST", `${all}?${id}=hello`, body), 409);
        });
    });
}
