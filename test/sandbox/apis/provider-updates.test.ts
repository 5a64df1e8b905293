import assert from "node:assert/strict";
import { owner, testCloud, type TestCloud } from "../support/cloud";

type Body = Record<string, unknown>;

const PLACE = "projects/demo/locations/europe-west1";

/**
 * Updates and deletions as the gcp provider makes them: where it sends no mask, it sends the whole resource without what
 * the program no longer says, and reads afterwards whether that is gone.
 */
describe("the gcp provider's updates without a mask", () => {
    let cloud: TestCloud;
    beforeEach(() => (cloud = testCloud()));
    afterEach(() => cloud.close());
    const call = (method: string, url: string, body?: unknown): Promise<Body> =>
        cloud.call(owner, method, `https://${url}`, body);

    it("remove settings of IAP: a block that is gone, and all of them when they are destroyed", async () => {
        const name = "projects/demo/iap_web/cloud_run-europe-west1/services/orders";
        const url = `iap.googleapis.com/v1/${name}:iapSettings`;
        const accessSettings = { oauthSettings: { programmaticClients: ["client"] } };
        const applicationSettings = { cookieDomain: "example.com" };
        await call("PATCH", url, { name, accessSettings, applicationSettings });
        assert.deepEqual(await call("GET", url), { name, accessSettings, applicationSettings });
        await call("PATCH", url, { accessSettings });
        assert.deepEqual(await call("GET", url), { name, accessSettings });
        // What the provider sends for a deletion.
        await call("PATCH", url, {});
        assert.deepEqual(await call("GET", url), { name });
    });

    it("change only what a mask names where there is one", async () => {
        const name = "projects/demo/iap_web/cloud_run-europe-west1/services/orders";
        const url = `iap.googleapis.com/v1/${name}:iapSettings`;
        const accessSettings = { corsSettings: { allowHttpOptions: true } };
        await call("PATCH", url, { name, accessSettings });
        await call("PATCH", `${url}?updateMask=iapSettings.applicationSettings`, {
            applicationSettings: { cookieDomain: "example.com" },
        });
        assert.deepEqual((await call("GET", url)).accessSettings, accessSettings);
    });

    it("take from a scheduled request what it no longer has, and leave when it ran and whether it is paused", async () => {
        const jobs = `cloudscheduler.googleapis.com/v1/${PLACE}/jobs`;
        const httpTarget = { uri: "https://orders.example/", httpMethod: "GET" };
        const kept = { schedule: "0 * * * *", timeZone: "Etc/UTC", httpTarget };
        const said = { description: "d", attemptDeadline: "320s", retryConfig: { retryCount: 2 } };
        await call("POST", jobs, { name: `${PLACE}/jobs/j`, ...kept, ...said });
        await call("POST", `${jobs}/j:pause`, {});
        await call("POST", `${jobs}/j:run`, {});
        const { lastAttemptTime } = await call("GET", `${jobs}/j`);
        assert.ok(lastAttemptTime);
        await call("PATCH", `${jobs}/j`, kept);
        const read = await call("GET", `${jobs}/j`);
        assert.deepEqual(
            [read.description, read.retryConfig, read.attemptDeadline, read.state, typeof read.lastAttemptTime],
            [undefined, undefined, "180s", "PAUSED", "string"],
        );
    });

    it("leave a notification channel its type, which they do not repeat", async () => {
        const channels = "monitoring.googleapis.com/v3/projects/demo/notificationChannels";
        const labels = { email_address: "ops@example.com" };
        const { name } = await call("POST", channels, { type: "email", displayName: "Ops", description: "d", labels });
        const url = `monitoring.googleapis.com/v3/${String(name)}`;
        await call("PATCH", url, { displayName: "Ops", enabled: true, labels });
        const { type, description, creationRecord } = await call("GET", url);
        assert.deepEqual([type, description, typeof creationRecord], ["email", undefined, "object"]);
    });

    it("read regions and the project by beta, as the provider's own client of Compute Engine does", async () => {
        const project = "compute.googleapis.com/compute/beta/projects";
        assert.equal((await call("GET", `${project}/100000000001`)).name, "demo");
        const { items } = await call("GET", `${project}/demo/regions`);
        assert.ok((items as Body[]).some(({ name }) => name === "europe-west1"));
        const stranger = { kind: "user", email: "stranger@example.com" } as const;
        assert.equal(await cloud.status(stranger, "GET", `https://${project}/demo`), 403);
    });

    it("make custom roles of permissions that are not here, but not of ones that are misspelt", async () => {
        const roles = "iam.googleapis.com/v1/projects/demo/roles";
        const role = (...includedPermissions: string[]): Body => ({ title: "t", includedPermissions });
        await call("POST", roles, { roleId: "reader", role: role("bigquery.jobs.create", "run.routes.invoke") });
        const wrong = { roleId: "wrong", role: role("run.routes.invok") };
        assert.equal(await cloud.status(owner, "POST", `https://${roles}`, wrong), 400);
        assert.equal(await cloud.status(owner, "POST", `https://${roles}`, { roleId: "w", role: role("jobs") }), 400);
    });
});
