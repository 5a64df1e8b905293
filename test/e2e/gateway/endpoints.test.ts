import assert from "node:assert/strict";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { cloudrunv2, endpoints } from "@pulumi/gcp";
import { Ingress, InvokableService } from "../../../index";
import { value } from "../../components/support/deploy";
import { deployProgram, type DeployedProgram } from "../protocols/deployed";

const location = "europe-west1";
const image = "gcr.io/endpoints-release/endpoints-runtime-serverless:2";
const off = { smokeCheck: { enabled: false } };
const serviceName = "shop.endpoints.demo.cloud.goog";
let orders: InvokableService;
let front: InvokableService;
let api: endpoints.Service;
let grant: endpoints.ServiceIamMember;

const document = (backend: string, audience: string): string => `swagger: "2.0"
info: { title: shop, version: "1" }
host: ${serviceName}
x-google-backend: { address: "${backend}" }
securityDefinitions:
    google:
        type: oauth2
        authorizationUrl: ""
        flow: implicit
        x-google-issuer: https://accounts.google.com
        x-google-jwks_uri: https://www.googleapis.com/oauth2/v3/certs
        x-google-audiences: ${audience}
security: [{ google: [] }]
paths:
    /orders/{order}:
        get:
            operationId: order
            parameters: [{ name: order, in: path, required: true, type: string }]
            responses: { "200": { description: ok } }
`;

function program(audience = "https://shop.example.com", env: Record<string, string> = {}) {
    return (): Promise<Record<string, unknown>> => {
        orders = new InvokableService("orders", { image: "demo/backend:1", location, ingress: Ingress.All, ...off });
        api = new endpoints.Service("shop", {
            serviceName,
            openapiConfig: orders.url.apply((url) => document(url, audience)),
        });
        front = new InvokableService("front", {
            ...{ image, location, ingress: Ingress.All, invokes: { orders }, ...off },
            env: { ENDPOINTS_SERVICE_NAME: api.serviceName, ...env },
        });
        grant = new endpoints.ServiceIamMember("front", {
            serviceName: api.serviceName,
            role: "roles/servicemanagement.serviceController",
            member: front.member,
        });
        // What verifies tokens is ESPv2. Cloud Run lets everybody through to it, as Google's pages have it.
        new cloudrunv2.ServiceIamMember("open", {
            ...{ name: front.service.name, location, role: "roles/run.invoker", member: "allUsers" },
        });
        return Promise.resolve({ dns: api.dnsAddress, config: api.configId });
    };
}

describe("Cloud Endpoints with ESPv2 before Cloud Run", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    before(async () => {
        deployed = await deployProgram(program(), [
            { image: "demo/backend:*", handler: join(__dirname, "backend.cjs") },
        ]);
        assert.equal(deployed.result, "succeeded", deployed.said);
    });
    after(() => deployed.close());

    let visitor: string;
    before(async () => {
        visitor = await deployed.world.account("visitor");
    });

    async function get(
        audience: string | undefined,
        {
            path = "/orders/7",
            url = front.url,
            headers = {},
        }: { path?: string; url?: pulumi.Output<string>; headers?: object } = {},
    ): Promise<{ status: number; body: string }> {
        const { tokens } = deployed.world.sandbox.cloud;
        const { uniqueId } = (await deployed.world.admin(
            "GET",
            `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${visitor}`,
        )) as { uniqueId: string };
        const token = audience && tokens.mintIdToken({ email: visitor, uniqueId }, audience, { includeEmail: true });
        const sent = { ...(token && { authorization: `Bearer ${token}` }), ...headers };
        return deployed.world.http.request({ url: `${await value(url)}${path}`, headers: sent });
    }

    it("is deployed and refreshed without a change, and says its configuration", async () => {
        const outputs = await value(api.configId);
        assert.match(outputs, /^\d{4}-\d\d-\d\dr0$/);
        assert.equal(await value(api.dnsAddress), serviceName);
        const { changes } = await deployed.stack.refresh();
        assert.deepEqual(Object.keys(changes), ["same"]);
        assert.deepEqual(Object.keys((await deployed.stack.up()).changes), ["same"]);
    });

    it("lets in a token that its document names, and calls the backend as the account of the service", async () => {
        const { status, body } = await get("https://shop.example.com", {
            headers: { "x-endpoint-api-userinfo": Buffer.from('{"email":"admin@example.com"}').toString("base64url") },
        });
        assert.equal(status, 200, body);
        const seen = JSON.parse(body) as { email: string; url: string };
        assert.deepEqual([seen.email, seen.url], ["visitor@demo.iam.gserviceaccount.com", "/orders/7"]);
        const own = await value(front.serviceAccountEmail);
        const [last] = deployed.world.sandbox.cloud.decisions.list().slice(-1);
        assert.deepEqual([last?.principal, last?.permission], [`serviceAccount:${own}`, "run.routes.invoke"]);
        assert.equal((await get(`https://${serviceName}`)).status, 200);
    });

    it("refuses every other token, path and way past it", async () => {
        assert.equal((await get(undefined)).status, 401);
        assert.equal((await get(await value(front.url))).status, 403);
        assert.equal((await get("https://shop.example.com", { path: "/other" })).status, 404);
        assert.equal((await get(await value(orders.url), { url: orders.url })).status, 403);
    });

    it("answers nobody without the grant that lets it read its configuration", async () => {
        const policy = `https://kept-policies.googleapis.com/v1/servicemanagement.googleapis.com/services/${serviceName}`;
        const [role, member] = [await value(grant.role), await value(grant.member)];
        await deployed.world.revoke(policy, role, member);
        const { status, body } = await get("https://shop.example.com");
        assert.equal(status, 503);
        assert.match(
            body,
            /front-\w+@demo\.iam\.gserviceaccount\.com lacks roles\/servicemanagement\.serviceController/,
        );
        await deployed.world.grant(policy, role, member);
        assert.equal((await get("https://shop.example.com")).status, 200);
    });

    it("serves another document once it is rolled out, and none that is for another host", async () => {
        const up = await deployed.change(program("https://other.example.com"));
        assert.equal(up, "succeeded");
        assert.equal((await get("https://shop.example.com")).status, 403);
        assert.equal((await get("https://other.example.com")).status, 200);
        const url = `https://servicemanagement.googleapis.com/v1/services/${serviceName}/configs:submit`;
        const fileContents = Buffer.from(document("https://x.a.run.app", "a").replace(serviceName, "a.example.com"));
        const file = { fileContents: fileContents.toString("base64"), filePath: "o.yaml", fileType: "OPEN_API_YAML" };
        await assert.rejects(
            deployed.world.admin("POST", url, { configSource: { files: [file] } }),
            /the document is for the host a\.example\.com/,
        );
    });

    it("is configured by nobody who may not, and made in no project of others", async () => {
        const { sandbox } = deployed.world;
        const services = "https://servicemanagement.googleapis.com/v1/services";
        const as = (body: object, url: string, principal?: string) =>
            sandbox.request("POST", url, { body, ...(principal !== undefined && { principal }) });
        const stranger = "user:stranger@example.com";
        const submitted = await as({}, `${services}/${serviceName}/configs:submit`, stranger);
        assert.equal(submitted.status, 403);
        assert.match(JSON.stringify(submitted.body), /servicemanagement\.services\.update/);
        const other = { serviceName: "other.endpoints.elsewhere.cloud.goog", producerProjectId: "elsewhere" };
        const project = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
        await deployed.world.grant(project, "roles/servicemanagement.admin", stranger);
        assert.equal((await as(other, services, stranger)).status, 403);
        const name = "other.endpoints.elsewhere.cloud.goog";
        assert.equal((await as({ serviceName: name, producerProjectId: "demo" }, services)).status, 400);
        assert.equal((await as({ serviceName, producerProjectId: "demo" }, services)).status, 409);
        assert.equal((await as({ serviceName: "free.example.com" }, services, stranger)).status, 200);
    });

    it("refuses a flag by name whose meaning the sandbox does not know", async () => {
        assert.equal(await deployed.change(program("a", { ESPv2_ARGS: "--cors_preset=basic" })), "succeeded");
        const { status, body } = await get("a");
        assert.equal(status, 503);
        assert.match(body, /--cors_preset=basic of ESPv2_ARGS/);
    });
});
