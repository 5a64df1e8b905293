import { strict as assert } from "node:assert";
import type { Principal } from "../../../sandbox/cloud";
import { encodeJwt } from "../../../sandbox/tokens";
import { owner, testCloud, type TestCloud } from "../support/cloud";
import { openDoors, type Doors } from "./door";

const api = "https://apigateway.googleapis.com/v1beta";
const global = "projects/demo/locations/global";
const region = "projects/demo/locations/europe-west1";
const audience = "https://orders.example.com";
type Account = Principal & { kind: "serviceAccount" };

/** An OpenAPI document with one open operation, and others that ask for a token. */
function openapi(backend: string, batch: string): string {
    return `swagger: '2.0'
info: { title: orders, version: 1.0.0 }
basePath: /v1
x-google-backend: { address: ${backend} }
securityDefinitions:
    google:
        authorizationUrl: ''
        flow: implicit
        type: oauth2
        x-google-issuer: https://accounts.google.com
        x-google-jwks_uri: https://www.googleapis.com/oauth2/v3/certs
        x-google-audiences: '${audience}, other'
    batch:
        authorizationUrl: ''
        flow: implicit
        type: oauth2
        x-google-issuer: ${batch}
        x-google-jwks_uri: https://www.googleapis.com/service_accounts/v1/metadata/x509/${batch}
        x-google-audiences: ${audience}
security:
    - google: []
paths:
    /orders:
        get: { operationId: list, responses: { '200': { description: ok } } }
        post:
            operationId: create
            security: [{ google: [] }, { batch: [] }]
            responses: { '200': { description: ok } }
    /orders/{order}:
        get:
            operationId: one
            x-google-backend: { address: ${backend}/order, jwt_audience: ${backend} }
            responses: { '200': { description: ok } }
    /health:
        get: { operationId: health, security: [], responses: { '200': { description: ok } } }
    /elsewhere:
        get:
            operationId: elsewhere
            x-google-backend: { address: https://elsewhere.example.com, disable_auth: true }
            responses: { '200': { description: ok } }
`;
}

const encoded = (text: string): string => Buffer.from(text).toString("base64");

describe("the front door of API Gateway", () => {
    let cloud: TestCloud;
    let doors: Doors;
    let caller: Account;
    let batch: Account;
    let own: Account;
    let backend: string;
    let gateway: string;
    let managedService: string;

    const made = (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> =>
        cloud.call(owner, method, `${api}/${path}`, body);
    const config = (contents: string, id: string, account = own.email): Promise<unknown> =>
        made("POST", `${global}/apis/orders/configs?apiConfigId=${id}`, {
            openapiDocuments: [{ document: { path: "orders.yaml", contents: encoded(contents) } }],
            gatewayServiceAccount: account,
        });

    before(async () => {
        cloud = testCloud();
        doors = await openDoors(cloud);
        caller = await cloud.account("caller");
        batch = await cloud.account("batch-jobs");
        own = await cloud.account("gateway");
        const run = "https://run.googleapis.com/v2";
        await cloud.call(owner, "POST", `${run}/${region}/services?serviceId=orders`, {
            template: { containers: [{ image: "orders" }] },
        });
        backend = String((await cloud.call(owner, "GET", `${run}/${region}/services/orders`))["uri"]);
        await made("POST", `${global}/apis?apiId=orders`, {});
        ({ managedService } = (await made("GET", `${global}/apis/orders`)) as { managedService: string });
        await config(openapi(backend, batch.email), "one");
        await made("POST", `${region}/gateways?gatewayId=front`, { apiConfig: `${global}/apis/orders/configs/one` });
        const { defaultHostname } = await made("GET", `${region}/gateways/front`);
        gateway = `https://${String(defaultHostname)}`;
    });
    after(() => {
        doors.close();
        cloud.close();
    });
    beforeEach(() => {
        cloud.iam.setPolicy(`//run.googleapis.com/${region}/services/orders`, {
            bindings: [{ role: "roles/run.invoker", members: [`serviceAccount:${own.email}`] }],
        });
    });

    /** The claims of a bearer token. */
    const claimsOf = (header: unknown): Record<string, unknown> =>
        JSON.parse(Buffer.from(String(header).split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;

    it("has an address at gateway.dev, and the API's own audience", () => {
        assert.match(gateway, /^https:\/\/front-\d+\.ew\.gateway\.dev$/);
        assert.match(managedService, /^orders-\d+\.apigateway\.demo\.cloud\.goog$/);
    });

    it("lets a token for an audience of the document in, and calls the backend as its own account", async () => {
        const token = cloud.tokens.mintIdToken(caller, audience);
        const { status, decision } = await doors.withToken(`${gateway}/v1/orders?page=2`, token);
        assert.equal(status, 200);
        assert.equal(decision.principal, `serviceAccount:${own.email}`);
        const { headers = {}, url } = doors.reached?.request ?? {};
        assert.equal(url, "/v1/orders?page=2");
        assert.equal(claimsOf(headers.authorization)["email"], own.email);
        assert.equal(claimsOf(headers.authorization)["aud"], backend);
        assert.equal(headers["x-forwarded-authorization"], `Bearer ${token}`);
        const info = Buffer.from(String(headers["x-apigateway-api-userinfo"]), "base64url").toString();
        assert.equal((JSON.parse(info) as { email: string }).email, caller.email);
    });

    it("takes an audience without its scheme, with a slash at its end, and the API's own name", async () => {
        for (const given of ["orders.example.com", `${audience}/`, "other", `https://${managedService}`]) {
            const { status } = await doors.withToken(`${gateway}/v1/orders`, cloud.tokens.mintIdToken(caller, given));
            assert.equal(status, 200, given);
        }
    });

    it("takes a token that an account of the document signed itself, where the operation says so", async () => {
        const key = cloud.tokens.systemKey(batch);
        const iat = Math.floor(cloud.clock.now() / 1000);
        const claims = { iss: batch.email, sub: batch.email, aud: audience, iat, exp: iat + 600 };
        const signed = encodeJwt(claims, key.id, key.privateKey);
        const post = (token: string) =>
            doors.knock(`${gateway}/v1/orders`, ["authorization", `Bearer ${token}`], "POST");
        assert.equal((await post(signed)).status, 200);
        assert.equal((await doors.withToken(`${gateway}/v1/orders`, signed)).status, 401);
        const other = cloud.tokens.systemKey(caller);
        for (const forged of [
            encodeJwt(claims, other.id, other.privateKey),
            encodeJwt({ ...claims, sub: caller.email }, key.id, key.privateKey),
            encodeJwt({ ...claims, exp: iat + 7200 }, key.id, key.privateKey),
        ]) {
            const { status, body } = await post(forged);
            assert.deepEqual([status, JSON.parse(body)], [401, { code: 401, message: "Jwt verification fails" }]);
        }
    });

    it("refuses every other token, with the words of its proxy", async () => {
        const iat = Math.floor(cloud.clock.now() / 1000);
        const claims = { iss: "https://accounts.google.com", sub: "1", aud: audience, email: caller.email };
        const table: [string, string[], number, string][] = [
            ["none", [], 401, "Jwt is missing"],
            ["a password", ["authorization", "Basic abc"], 401, "Jwt is missing"],
            ["no JWT", ["authorization", "Bearer abc"], 401, "Jwt is not in the form of Header.Payload.Signature"],
            [
                "another audience",
                ["authorization", `Bearer ${cloud.tokens.mintIdToken(caller, gateway)}`],
                403,
                "Audiences in Jwt are not allowed",
            ],
            [
                "an end in the past",
                ["authorization", `Bearer ${cloud.tokens.sign({ ...claims, iat: iat - 7200, exp: iat - 3600 })}`],
                401,
                "Jwt is expired",
            ],
            [
                "another issuer",
                [
                    "authorization",
                    `Bearer ${cloud.tokens.sign({ ...claims, iss: "https://evil.example", iat, exp: iat + 60 })}`,
                ],
                401,
                "Jwt issuer is not configured",
            ],
            [
                "a signature of somebody else",
                ["authorization", `Bearer ${cloud.tokens.mintIdToken(caller, audience).replace(/\.[^.]*$/, ".AAAA")}`],
                401,
                "Jwt verification fails",
            ],
            [
                "an access token",
                ["authorization", `Bearer ${cloud.tokens.mintAccessToken(caller, ["openid"])}`],
                401,
                "Jwt is not in the form of Header.Payload.Signature",
            ],
        ];
        for (const [what, headers, code, message] of table) {
            const { status, body, decision } = await doors.knock(`${gateway}/v1/orders`, headers);
            const answer = JSON.parse(body) as { code: number; message: string };
            assert.equal(status, code, what);
            assert.ok(answer.message.startsWith(message), `${what}: ${answer.message}`);
            assert.equal(decision.allowed, false);
            assert.equal(doors.reached, undefined, what);
        }
    });

    it("lets nobody past it who tells the backend another caller, and keeps the backend closed to the caller", async () => {
        const forged = encoded(JSON.stringify({ email: "admin@example.com" }));
        const headers = ["x-apigateway-api-userinfo", forged, "x-forwarded-authorization", "Bearer x"];
        assert.equal((await doors.knock(`${gateway}/v1/health`, headers)).status, 200);
        const { headers: seen = {} } = doors.reached?.request ?? {};
        assert.equal(seen["x-apigateway-api-userinfo"], undefined);
        assert.equal(seen["x-forwarded-authorization"], undefined);
        assert.equal((await doors.withToken(backend, cloud.tokens.mintIdToken(caller, backend))).status, 403);
        cloud.iam.setPolicy(`//run.googleapis.com/${region}/services/orders`, { bindings: [] });
        const { status, decision } = await doors.withToken(
            `${gateway}/v1/orders`,
            cloud.tokens.mintIdToken(caller, audience),
        );
        assert.equal(status, 403);
        assert.equal(decision.missing?.role, "roles/run.invoker");
    });

    it("translates paths as the document says, and knows no others", async () => {
        const token = cloud.tokens.mintIdToken(caller, audience);
        await doors.withToken(`${gateway}/v1/orders/7?full=1`, token);
        assert.equal(doors.reached?.request.url, "/order?full=1&order=7");
        await doors.knock(`${gateway}/v1/orders?access_token=${token}&page=1`);
        assert.equal(doors.reached.request.url, "/v1/orders?page=1");
        const paths: [string, string, number][] = [
            ["GET", "/v1/orders/7/items", 404],
            ["GET", "/orders", 404],
            ["DELETE", "/v1/orders", 405],
            ["GET", "/v1/elsewhere", 503],
        ];
        for (const [verb, path, expected] of paths) {
            const { status } = await doors.knock(`${gateway}${path}`, ["authorization", `Bearer ${token}`], verb);
            assert.equal(status, expected, path);
        }
        assert.equal((await doors.knock("https://nobody-1.ew.gateway.dev/v1/orders")).status, 404);
    });

    it("passes the preflights of browsers on without a token only where the document says allowCors", async () => {
        const preflight = async (path: string): Promise<[status: number, reached: string | undefined]> => {
            const { status } = await doors.knock(`${gateway}${path}`, [], "OPTIONS");
            return [status, doors.reached?.request.method];
        };
        assert.deepEqual(await preflight("/v1/orders"), [405, undefined]);
        const update = async (id: string): Promise<unknown> =>
            made("PATCH", `${region}/gateways/front?updateMask=apiConfig`, {
                apiConfig: `${global}/apis/orders/configs/${id}`,
            });
        const allowing = "x-google-endpoints: [{ name: front, allowCors: true }]\n";
        await config(`${openapi(backend, batch.email)}${allowing}`, "cors");
        await update("cors");
        assert.deepEqual(await preflight("/v1/orders/7"), [200, "OPTIONS"]);
        assert.deepEqual(await preflight("/v1/none"), [404, undefined]);
        assert.equal((await doors.knock(`${gateway}/v1/orders`)).status, 401);
        await update("one");
        assert.deepEqual(await preflight("/v1/orders"), [405, undefined]);
    });

    it("answers 500 where its account is disabled", async () => {
        const account = `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${own.email}`;
        await cloud.call(owner, "POST", `${account}:disable`, {});
        const token = cloud.tokens.mintIdToken(caller, audience);
        assert.equal((await doors.withToken(`${gateway}/v1/orders`, token)).status, 500);
        await cloud.call(owner, "POST", `${account}:enable`, {});
        assert.equal((await doors.withToken(`${gateway}/v1/orders`, token)).status, 200);
    });

    it("deletes nothing that is in use", async () => {
        for (const path of [`${global}/apis/orders`, `${global}/apis/orders/configs/one`]) {
            await assert.rejects(made("DELETE", path), /^Error: 400: .*FAILED_PRECONDITION/);
        }
    });

    it("takes no document that it cannot serve as Google does", async () => {
        const right = openapi(backend, batch.email);
        const wrong: [string, string, RegExp][] = [
            ["a version", right.replace("swagger: '2.0'", "openapi: 3.0.4"), /OpenAPI .*3\.0\.4/],
            ["no YAML", "a: [", /no YAML or JSON/],
            ["no operation", right.replace(/^paths:[^]*/m, "paths: {}"), /no operation/],
            ["no ID", right.replace("operationId: list, ", ""), /operationId/],
            ["no backend", right.replace(/^x-google-backend.*$/m, ""), /x-google-backend must be/],
            ["a backend that is no URL", right.replace(`address: ${backend} }`, "address: orders }"), /not the URL/],
            ["a deadline that is no number", right.replace(`${backend} }`, `${backend}, deadline: long }`), /deadline/],
            ["an unknown definition", right.replace("    - google: []", "    - nobody: []"), /nobody/],
            ["two at once", right.replace("{ google: [] }, {", "{ google: [],"), /at once/],
            [
                "an issuer without keys here",
                right.replace("https://accounts.google.com", "https://a.auth0.com/"),
                /auth0/,
            ],
            ["keys of another account", right.replace(`x509/${batch.email}`, "x509/other@x"), /other@x/],
            [
                "one issuer twice",
                right.replace(`issuer: ${batch.email}`, "issuer: https://accounts.google.com"),
                /twice/,
            ],
        ];
        for (const [what, contents, message] of wrong) {
            await assert.rejects(config(contents, "wrong"), (error: Error) => {
                assert.match(error.message, /^(400|501): /, what);
                assert.match(error.message, message, what);
                return true;
            });
        }
        await assert.rejects(config(right, "wrong", "nobody@demo.iam.gserviceaccount.com"), /^Error: 403: .*actAs/);
    });
});
