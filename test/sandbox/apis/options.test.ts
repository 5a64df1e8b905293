import assert from "node:assert/strict";
import { owner, type TestCloud } from "../support/cloud";
import { cloudForKinds, kinds } from "./kinds";

const PROJECT = "//cloudresourcemanager.googleapis.com/projects/demo";
/** The kinds whose requests have `validate_only`, and whose deletions have `allow_missing`, in Google's definitions. */
const VALIDATED = ["a Cloud Run service", "a worker pool of Cloud Run", "a job of Cloud Run", "a trigger"];
const MISSED = ["a trigger"];
/** The kinds that cannot be deleted, with the status of an attempt: https://cloud.google.com/kms/docs/object-hierarchy says why. */
const KEPT: Record<string, number> = { "a ring of keys": 404, "a key": 501 };

describe("options that many requests have", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await cloudForKinds();
    });
    afterEach(() => cloud.close());

    /** All that is kept, but for the operations that tell of it. */
    const kept = (): Record<string, unknown> =>
        Object.fromEntries(Object.entries(cloud.store.snapshot()).filter(([name]) => !name.endsWith(".operations")));

    for (const { what, create, at, bad } of kinds) {
        const [verb, url, body] = create;
        const address = (base: string, query: string): string => `${base}${base.includes("?") ? "&" : "?"}${query}`;
        const status = async (method: string, base: string, query: string, sent?: unknown): Promise<number> =>
            await cloud.status(owner, method, address(base, query), sent);

        it(`of ${what}: validateOnly changes nothing, and says what is wrong`, async () => {
            const before = kept();
            const answer = VALIDATED.includes(what) ? 200 : 400;
            // A plain route of Cloud Storage or of identity pools takes any query.
            const isRoute = ["a bucket", "an identity pool"].includes(what);
            if (!isRoute) {
                assert.equal(await status(verb, url, "validateOnly=true", body), answer);
                assert.deepEqual(kept(), before, "nothing is made");
            }
            if (answer === 200) {
                for (const change of bad) {
                    assert.equal(await status(verb, url, "validateOnly=true", { ...body, ...change }), 400);
                }
                await cloud.call(owner, verb, url, body);
                const made = kept();
                assert.equal(await status("PATCH", at, "validateOnly=true", { ...body, labels: { a: "b" } }), 200);
                assert.equal(await status("DELETE", at, "validateOnly=true"), 200);
                assert.deepEqual(kept(), made, "nothing is changed or deleted");
            }
        });

        it(`of ${what}: allowMissing lets a deletion find nothing where its request has it, and etags still hold`, async () => {
            const before = kept();
            if (MISSED.includes(what)) {
                assert.equal(await status("DELETE", at, "allowMissing=true"), 200);
                assert.deepEqual(kept(), before);
                await cloud.call(owner, verb, url, body);
                assert.equal(await status("DELETE", at, "allowMissing=true&etag=stale"), 409);
                assert.equal(await status("DELETE", at, "allowMissing=true"), 200);
            }
            assert.equal(await status("DELETE", at, ""), KEPT[what] ?? 404);
        });

        it(`of ${what}: a deletion leaves the project's policy as it is`, async () => {
            const policy = cloud.iam.getPolicy(PROJECT);
            await cloud.call(owner, verb, url, body);
            const expected = KEPT[what] === undefined ? [200, 204] : [KEPT[what]];
            assert.ok(expected.includes(await status("DELETE", at, "")));
            assert.deepEqual(cloud.iam.getPolicy(PROJECT), policy);
        });
    }

    it("of an execution of a job: validateOnly runs and deletes none", async () => {
        const job = kinds.find(({ what }) => what === "a job of Cloud Run");
        assert.ok(job);
        await cloud.call(owner, job.create[0], job.create[1], job.create[2]);
        const before = kept();
        await cloud.call(owner, "POST", `${job.at}:run`, { validateOnly: true });
        assert.deepEqual(kept(), before);
        const { response } = (await cloud.call(owner, "POST", `${job.at}:run`, {})) as { response: { name: string } };
        const execution = `https://run.googleapis.com/v2/${response.name}`;
        await cloud.call(owner, "DELETE", `${execution}?validateOnly=true`);
        assert.equal(await cloud.status(owner, "DELETE", `${execution}?etag=stale`), 409);
        assert.equal(await cloud.status(owner, "GET", execution), 200);
        await cloud.call(owner, "DELETE", execution);
        assert.equal(await cloud.status(owner, "GET", execution), 404);
    });
});
