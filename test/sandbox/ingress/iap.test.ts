import { strict as assert } from "node:assert";
import { createPublicKey, verify } from "node:crypto";
import { createLocalJWKSet, importSPKI, jwtVerify, type JSONWebKeySet } from "jose";
import type { Origin, Principal } from "../../../sandbox/cloud";
import { hostDoor } from "../../../sandbox/ingress";
import { decodeJwt } from "../../../sandbox/tokens";
import { owner, testCloud, type TestCloud } from "../support/cloud";
import { openDoors, type Doors } from "./door";

const services = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
const iapName = "projects/demo/iap_web/cloud_run-europe-west1/services/app";
const appAudience = "/projects/100000000001/locations/europe-west1/services/app";
const client = "123.apps.googleusercontent.com";
const ann: Principal = { kind: "user", email: "ann@example.com" };

describe("Identity-Aware Proxy", () => {
    let cloud: TestCloud;
    let doors: Doors;
    let url: string;
    let robot: Principal & { kind: "serviceAccount" };

    beforeEach(async () => {
        cloud = testCloud();
        doors = await openDoors(cloud);
        robot = await cloud.account("robots");
        await cloud.call(owner, "POST", `${services}?serviceId=app`, {
            template: { containers: [{ image: "example/app:1" }] },
            iapEnabled: true,
        });
        url = String((await cloud.call(owner, "GET", `${services}/app`)).uri);
        agent("roles/run.invoker");
        access(`serviceAccount:${robot.email}`, "user:ann@example.com");
    });
    afterEach(() => {
        doors.close();
        cloud.close();
    });
    const agent = (...roles: string[]) =>
        cloud.iam.setPolicy("//run.googleapis.com/projects/demo/locations/europe-west1/services/app", {
            bindings: roles.map((role) => ({
                role,
                members: ["serviceAccount:service-100000000001@gcp-sa-iap.iam.gserviceaccount.com"],
            })),
        });
    const access = (...members: string[]) =>
        cloud.iam.setPolicy(`//iap.googleapis.com/${iapName}`, {
            bindings: [{ role: "roles/iap.httpsResourceAccessor", members }],
        });
    const settings = (accessSettings: object) =>
        cloud.call(owner, "PATCH", `https://iap.googleapis.com/v1/${iapName}:iapSettings`, {
            name: iapName,
            accessSettings,
        });
    const selfSigned = async (claims: object) => {
        const iat = Math.floor(cloud.clock.now() / 1000);
        cloud.iam.setPolicy(`//iam.googleapis.com/projects/demo/serviceAccounts/${robot.email}`, {
            bindings: [{ role: "roles/iam.serviceAccountTokenCreator", members: ["user:owner@example.com"] }],
        });
        const payload = { iss: robot.email, sub: robot.email, iat, exp: iat + 600, ...claims };
        const path = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${robot.email}:signJwt`;
        return String((await cloud.call(owner, "POST", path, { payload: JSON.stringify(payload) })).signedJwt);
    };

    it("tells what is behind it who came, in an assertion that its published keys verify", async () => {
        const forged = ["x-goog-iap-jwt-assertion", "forged", "X-Goog-Authenticated-User-Email", "eve@example.com"];
        const token = cloud.tokens.mintIdToken(robot, appAudience);
        const { status } = await doors.knock(url, ["authorization", `Bearer ${token}`, ...forged]);
        assert.equal(status, 200);
        assert.ok(doors.reached);
        const { headers, rawHeaders } = doors.reached.request;
        assert.equal(headers["x-goog-authenticated-user-email"], `accounts.google.com:${robot.email}`);
        assert.equal(headers["x-goog-authenticated-user-id"], `accounts.google.com:${robot.uniqueId}`);
        assert.equal(rawHeaders.includes("forged") || rawHeaders.includes("eve@example.com"), false);
        assert.equal(headers.authorization, undefined);
        const assertion = String(headers["x-goog-iap-jwt-assertion"]);
        const get = (path: string) => cloud.call(owner, "GET", `https://www.gstatic.com/iap/verify/${path}`);
        const expected = { issuer: "https://cloud.google.com/iap", audience: appAudience, algorithms: ["ES256"] };
        const currentDate = new Date(cloud.clock.now());
        const keys = createLocalJWKSet((await get("public_key-jwk")) as unknown as JSONWebKeySet);
        const { payload, protectedHeader } = await jwtVerify(assertion, keys, { ...expected, currentDate });
        assert.equal(payload.email, robot.email);
        assert.equal(payload.sub, `accounts.google.com:${robot.uniqueId}`);
        assert.equal(Number(payload.exp) - Number(payload.iat), 600);
        const pem = String((await get("public_key"))[String(protectedHeader.kid)]);
        await jwtVerify(assertion, await importSPKI(pem, "ES256"), { ...expected, currentDate });
        cloud.tokens.rotate();
        const after = createLocalJWKSet((await get("public_key-jwk")) as unknown as JSONWebKeySet);
        await jwtVerify(assertion, after, { ...expected, currentDate });
    });

    it("sends who shows nothing to the sign-in page, and says 401 to a script", async () => {
        const { status, headers, decision } = await doors.knock(url);
        assert.equal(status, 302);
        assert.match(String(headers.location), /^https:\/\/accounts\.google\.com\//);
        assert.equal(headers["x-goog-iap-generated-response"], "true");
        assert.equal(decision.allowed, false);
        assert.equal((await doors.knock(url, ["x-requested-with", "XMLHttpRequest"])).status, 401);
        assert.equal((await doors.knock(url, [], "OPTIONS")).status, 302);
        await settings({ corsSettings: { allowHttpOptions: true } });
        assert.equal((await doors.knock(url, [], "OPTIONS")).status, 200);
        assert.equal(doors.reached?.request.headers["x-goog-iap-jwt-assertion"], undefined);
    });

    it("takes ID tokens for itself and for the clients that its settings name, and no others", async () => {
        const token = cloud.tokens.mintIdToken(robot, client);
        const refused = await doors.withToken(url, token);
        assert.equal(refused.status, 401);
        assert.match(
            refused.body,
            /^Invalid IAP credentials: JWT audience doesn't match this application \('aud' claim \(123\.apps/,
        );
        await settings({ oauthSettings: { programmaticClients: [client] } });
        assert.equal((await doors.withToken(url, token)).status, 200);
        const forRun = await doors.withToken(url, cloud.tokens.mintIdToken(robot, url));
        assert.equal(forRun.status, 401, "a token for Cloud Run does not go round IAP");
        const nameless = cloud.tokens.mintIdToken(robot, client, { includeEmail: false });
        assert.match((await doors.withToken(url, nameless)).body, /JWT 'email' claim isn't a string/);
    });

    it("takes a JWT that an account signed for the URL, or for all below it, and for no other", async () => {
        for (const [aud, status] of [
            [`${url}/*`, 200],
            [`${url}/reports`, 200],
            [`${url}/other`, 401],
            [url, 401],
            ["https://evil.example.com/*", 401],
            [[`${url}/*`], 401],
        ] as const) {
            const answer = await doors.withToken(`${url}/reports?x=1`, await selfSigned({ aud }));
            assert.equal(answer.status, status, JSON.stringify(aud));
        }
        const now = Math.floor(cloud.clock.now() / 1000);
        for (const wrong of [
            { exp: now - 1 },
            { exp: now + 7200 },
            { sub: "ann@example.com" },
            { iat: 1e300, exp: now + 60 },
        ]) {
            assert.equal((await doors.withToken(url, await selfSigned({ aud: `${url}/*`, ...wrong }))).status, 401);
        }
    });

    it("takes an access token with the scopes openid and email, also beside the application's own authorization", async () => {
        const scopes = ["openid", "https://www.googleapis.com/auth/userinfo.email"];
        const good = cloud.tokens.mintAccessToken(ann, scopes);
        assert.equal((await doors.withToken(url, good)).status, 200);
        const poor = cloud.tokens.mintAccessToken(ann, ["https://www.googleapis.com/auth/cloud-platform"]);
        assert.equal((await doors.withToken(url, poor)).status, 401);
        const own = ["authorization", "Basic b3du", "proxy-authorization", `Bearer ${good}`];
        assert.equal((await doors.knock(url, own)).status, 200);
        assert.equal(doors.reached?.request.headers.authorization, "Basic b3du");
        assert.equal(doors.reached.request.headers["proxy-authorization"], undefined);
    });

    it("answers 403 to who may not pass, and where its own agent may not invoke the service", async () => {
        const token = cloud.tokens.mintIdToken(robot, appAudience);
        access("user:ann@example.com");
        const denied = await doors.withToken(url, token);
        assert.equal(denied.status, 403);
        assert.match(denied.body, /You don't have access/);
        assert.equal(denied.decision.permission, "iap.webServiceVersions.accessViaIAP");
        access(`serviceAccount:${robot.email}`);
        agent();
        const agentless = await doors.withToken(url, token);
        assert.equal(agentless.status, 403);
        assert.match(agentless.decision.principal, /gcp-sa-iap/);
    });

    it("guards a machine in a network too, which nobody reaches from outside of it", async () => {
        cloud.hosts.serve(
            "10.0.0.2",
            hostDoor(cloud, (_request, response) => response.end("behind"), { pattern: "10.0.0.2", iap: "inner" }),
        );
        const origins: [origin: Origin, status: number][] = [
            [{ kind: "outside" }, 404],
            [{ kind: "google", service: "cloudscheduler", project: "demo" }, 404],
            [{ kind: "google", service: "workflows", project: "demo" }, 404],
            [{ kind: "workload", project: "demo", resource: "caller", vpc: false }, 404],
            [{ kind: "workload", project: "demo", resource: "caller", vpc: true }, 401],
            [
                { kind: "google", service: "workflows", project: "demo", network: "projects/demo/global/networks/n" },
                401,
            ],
        ];
        for (const [origin, status] of origins) {
            doors.origin = origin;
            const answer = await doors.withToken("http://10.0.0.2/", "a.forged.token");
            assert.equal(answer.status, status, JSON.stringify(origin));
        }
    });

    it("guards a host of one's own under a backend service's name", async () => {
        cloud.hosts.serve(
            "app.example.com",
            hostDoor(cloud, (_request, response) => response.end("behind"), {
                pattern: "app.example.com",
                iap: "app-backend",
            }),
        );
        const name = "projects/demo/iap_web/compute/services/app-backend";
        const token = cloud.tokens.mintIdToken(robot, client);
        await cloud.call(owner, "PATCH", `https://iap.googleapis.com/v1/${name}:iapSettings`, {
            name,
            accessSettings: { oauthSettings: { programmaticClients: [client] } },
        });
        assert.equal((await doors.knock("https://app.example.com/")).status, 302);
        assert.equal((await doors.withToken("https://app.example.com/", token)).status, 403);
        cloud.iam.setPolicy(`//iap.googleapis.com/${name}`, {
            bindings: [{ role: "roles/iap.httpsResourceAccessor", members: [`serviceAccount:${robot.email}`] }],
        });
        assert.equal((await doors.withToken("https://app.example.com/", token)).status, 200);
    });

    it("keeps its keys apart from those of ID tokens", () => {
        const assertion = cloud.tokens.iap.sign({ iss: "https://accounts.google.com", aud: url });
        assert.equal(decodeJwt(assertion)?.header.alg, "ES256");
        assert.equal(cloud.tokens.verifyIdToken(assertion).ok, false);
        const [pem = ""] = Object.values(cloud.tokens.iap.publicKeys());
        const [head = "", body = "", signature = ""] = assertion.split(".");
        const key = { key: createPublicKey(pem), dsaEncoding: "ieee-p1363" as const };
        assert.equal(verify("sha256", Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url")), true);
    });
});
