import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Sandbox } from "../../../sandbox";

describe("clients without the sandbox's certificate", () => {
    let sandbox: Sandbox;
    before(async () => {
        sandbox = await Sandbox.start({ project: "demo" });
    });
    after(() => sandbox.close());

    it("reach the APIs over plain HTTP by the provider's custom endpoints, with a token and not without", async () => {
        const variables = await sandbox.clientEnvironment({ mode: "endpoints" });
        const url = `${variables.GOOGLE_IAM_BETA_CUSTOM_ENDPOINT ?? ""}projects/demo/serviceAccounts?alt=json`;
        const headers = { authorization: `Bearer ${variables.GOOGLE_OAUTH_ACCESS_TOKEN ?? ""}` };
        assert.equal((await fetch(url, { headers })).status, 200);
        assert.equal((await fetch(url)).status, 401);
    });

    it("send a large object to the endpoint where they began with it, which needs no certificate", async () => {
        const variables = await sandbox.clientEnvironment({ mode: "endpoints" });
        const headers = { authorization: `Bearer ${variables.GOOGLE_OAUTH_ACCESS_TOKEN ?? ""}` };
        const buckets = "https://storage.googleapis.com/storage/v1/b?project=demo";
        await sandbox.request("POST", buckets, { body: { name: "large", location: "EU" } });
        const path = "/upload/storage/v1/b/large/o?uploadType=resumable&name=a.zip";
        const begun = await fetch(sandbox.network.url + path, { method: "POST", headers });
        const location = begun.headers.get("location") ?? "";
        assert.equal(new URL(location).origin, sandbox.network.url);
        const body = "the object";
        const sent = await fetch(location, { method: "PUT", headers, body });
        assert.equal(((await sent.json()) as { size: string }).size, String(body.length));
    });

    it("reach the older API of Cloud Run by an endpoint that names the region, which the provider fills in", async () => {
        const variables = await sandbox.clientEnvironment({ mode: "endpoints" });
        const endpoint = variables.GOOGLE_CLOUD_RUN_CUSTOM_ENDPOINT ?? "";
        const url = `${endpoint}apis/serving.knative.dev/v1/namespaces/demo/services`;
        const headers = { authorization: `Bearer ${variables.GOOGLE_OAUTH_ACCESS_TOKEN ?? ""}` };
        const service = (region: string) => ({
            method: "POST",
            body: JSON.stringify({
                apiVersion: "serving.knative.dev/v1",
                kind: "Service",
                metadata: { name: "s", namespace: "demo" },
                spec: { template: { spec: { containers: [{ image: `example.com/${region}` }] } } },
            }),
            headers,
        });
        for (const region of ["europe-west1", "us-east1"]) {
            const made = await fetch(url.replace("{{location}}", region), service(region));
            assert.equal(made.status, 200, await made.text());
            const read = await sandbox.request(
                "GET",
                `https://run.googleapis.com/v2/projects/demo/locations/${region}/services/s`,
            );
            assert.match(JSON.stringify(read.body), new RegExp(`example\\.com/${region}`));
        }
    });

    it("reach each endpoint at the version of the API that the provider asks for", async () => {
        const variables = await sandbox.clientEnvironment({ mode: "endpoints" });
        const headers = { authorization: `Bearer ${variables.GOOGLE_OAUTH_ACCESS_TOKEN ?? ""}` };
        sandbox.cloud.iam.groups.set("team@example.com", ["user:ann@example.com"]);
        const policy = "policies/cloudresourcemanager.googleapis.com%2Fprojects%2Fdemo/denypolicies/none";
        for (const [name, path] of [
            ["GOOGLE_CLOUD_IDENTITY_CUSTOM_ENDPOINT", "groups:lookup?groupKey.id=team@example.com"],
            ["GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT", "projects/demo/services/run.googleapis.com"],
            ["GOOGLE_COMPUTE_CUSTOM_ENDPOINT", "projects/demo/regions/us-central1"],
        ] as const) {
            const answer = await fetch(`${variables[name] ?? ""}${path}`, { headers });
            assert.equal(answer.status, 200, await answer.text());
        }
        // An API that does not know the version would say so.
        const missing = await fetch(`${variables.GOOGLE_IAM2_CUSTOM_ENDPOINT ?? ""}${policy}`, { headers });
        assert.match(await missing.text(), /'demo\/none' was not found/);
        for (const [name, version] of [
            ["GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT", "v1beta1"],
            ["GOOGLE_COMPUTE_CUSTOM_ENDPOINT", "compute/beta"],
            ["GOOGLE_IAM2_CUSTOM_ENDPOINT", "v2beta"],
            ["GOOGLE_CLOUD_IDENTITY_CUSTOM_ENDPOINT", "v1beta1"],
            ["GOOGLE_CLOUDFUNCTIONS2_CUSTOM_ENDPOINT", "v2beta"],
        ] as const) {
            assert.equal(new URL(variables[name] ?? "").pathname.split("/").slice(2, -1).join("/"), version, name);
        }
    });

    it("reach no other host by that way", async () => {
        const { status } = await fetch(`${sandbox.network.url}/unknown.googleapis.com/v1/things`);
        assert.equal(status, 400);
        assert.ok(sandbox.cloud.hosts.refused().some(({ host }) => host === "unknown.googleapis.com"));
        assert.equal((await fetch(`${sandbox.network.url}/example.com/`)).status, 400);
    });

    it("get endpoints that the provider's own check of them accepts", async () => {
        const variables = await sandbox.clientEnvironment({ mode: "endpoints" });
        const endpoints = Object.entries(variables).filter(([name]) => name.endsWith("_CUSTOM_ENDPOINT"));
        assert.ok(endpoints.length > 20);
        for (const [name, value] of endpoints) {
            assert.match(value ?? "", /^http:\/\/127\.0\.0\.1:\d+\/[^/]+\/(.+\/)?$/, name);
        }
        // `GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT` is the setting `cloudRunV2CustomEndpoint`.
        const settings = readFileSync(require.resolve("@pulumi/gcp/config/vars.d.ts"), "utf8");
        const camel = (name: string): string =>
            name
                .toLowerCase()
                .replace(/^google_/, "")
                .replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
        const unknown = endpoints.filter(([name]) => !settings.includes(`const ${camel(name)}:`));
        assert.deepEqual(unknown, []);
    });

    it("get an endpoint for each API that the sandbox serves and the provider calls", async () => {
        const variables = await sandbox.clientEnvironment({ mode: "endpoints" });
        const named = Object.entries(variables)
            .filter(([name]) => name.endsWith("_CUSTOM_ENDPOINT"))
            .map(([, value]) => new URL(value ?? "").pathname.split("/")[1]?.replace(/^.*-run\./, "run."));
        const served = sandbox.cloud.apis.list().map(({ host }) => host);
        // Only libraries, gcloud and the sandbox itself call these, at their own names.
        const others = /^(\*-run|accounts|cloudbuild|kept-policies|oauth2|openidconnect|sts|www|workflowexecutions)\./;
        assert.deepEqual(
            [...new Set(served)].filter((host) => !others.test(host) && !named.includes(host)),
            [],
        );
    });
});
