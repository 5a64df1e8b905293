import { strict as assert } from "node:assert";
import { createHmac } from "node:crypto";
import type { Origin, Principal } from "../../../sandbox/cloud";
import { decodeJwt, encodeJwt, generateKey } from "../../../sandbox/tokens";
import { owner, testCloud, type TestCloud } from "../support/cloud";
import { type Answer, type Doors, openDoors } from "./door";

const services = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
const resource = "//run.googleapis.com/projects/demo/locations/europe-west1/services/orders";
type Account = Principal & { kind: "serviceAccount" };

describe("the front door of Cloud Run", () => {
    let cloud: TestCloud;
    let doors: Doors;
    let url: string;
    let fulfil: Account;

    beforeEach(async () => {
        cloud = testCloud();
        doors = await openDoors(cloud);
        fulfil = await cloud.account("fulfil");
        url = await deploy("orders");
    });
    afterEach(() => {
        doors.close();
        cloud.close();
    });

    async function deploy(id: string, more: object = {}): Promise<string> {
        const body = { template: { containers: [{ image: "example/orders:1" }] }, ...more };
        await cloud.call(owner, "POST", `${services}?serviceId=${id}`, body);
        return String((await cloud.call(owner, "GET", `${services}/${id}`)).uri);
    }
    const change = (more: object) =>
        cloud.call(owner, "PATCH", `${services}/orders`, {
            template: { containers: [{ image: "example/orders:1" }] },
            ...more,
        });
    const grant = (role: string, ...members: string[]) =>
        cloud.iam.setPolicy(resource, { bindings: [{ role, members }] });
    const invoker = (member = `serviceAccount:${fulfil.email}`) => grant("roles/run.invoker", member);
    const mint = (audience = url, account = fulfil) => cloud.tokens.mintIdToken(account, audience);

    /** Headers as a flat list, so that a name can come twice. */
    const knock = (headers: string[] = [], to = url): Promise<Answer> =>
        doors.knock(`${to}/reserve?token=secret`, headers);
    const withToken = (token: string, to = url) => knock(["authorization", `Bearer ${token}`], to);

    it("lets in a token for the service of an account with the role, and takes its signature away", async () => {
        invoker();
        const token = mint();
        const { status, decision } = await withToken(token);
        assert.equal(status, 200);
        const [header, payload] = token.split(".");
        const reached = doors.reached?.request;
        assert.ok(reached);
        assert.equal(
            reached.headers.authorization,
            `Bearer ${header ?? ""}.${payload ?? ""}.SIGNATURE_REMOVED_BY_GOOGLE`,
        );
        assert.equal(reached.rawHeaders.includes(`Bearer ${token}`), false);
        assert.equal(reached.headers["x-forwarded-proto"], "https");
        assert.equal(decision.allowed, true);
        assert.match(decision.reason, /roles\/run\.invoker is granted to serviceAccount:fulfil/);
        assert.equal(decision.claims?.aud, url);
        assert.doesNotMatch(JSON.stringify(decision), /eyJ|secret/);
    });

    it("answers 403 without a token, in Google's words", async () => {
        invoker();
        const { status, body, decision } = await knock();
        assert.equal(status, 403);
        assert.match(body, /Your client does not have permission to get URL <code>\/reserve<\/code> from this server/);
        assert.equal(decision.stage, "token");
        assert.equal(doors.reached, undefined);
    });

    describe("answers 401 to", () => {
        beforeEach(() => void invoker());
        afterEach(() => assert.equal(doors.reached, undefined));
        const refused = async (token: string, reason: RegExp) => {
            const { status, headers, decision } = await withToken(token);
            assert.equal(status, 401);
            assert.match(headers["www-authenticate"] ?? "", /invalid_token/);
            assert.match(decision.reason, reason);
            assert.equal(decision.stage, "token");
        };
        const claims = () => decodeJwt(mint())?.claims ?? {};
        const kid = () => String(cloud.tokens.jwks().keys[0]?.kid);
        const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

        it("a token for another service", () =>
            refused(mint("https://stock.example.run.app"), /token is for https:\/\/stock/));
        it("a token for the service with a query", () => refused(mint(`${url}/reserve?mode=full`), /token is for/));
        it("an access token", () =>
            refused(
                cloud.tokens.mintAccessToken(fulfil, ["https://www.googleapis.com/auth/cloud-platform"]),
                /access token/,
            ));
        it("an expired token", async () => {
            const token = mint();
            cloud.clock.advance(3_601_000);
            await refused(token, /expired/);
        });
        it("a token that is not valid yet", () => {
            const iat = Math.floor(cloud.clock.now() / 1000) + 900;
            return refused(cloud.tokens.sign({ ...claims(), iat, exp: iat + 3600 }), /not valid before/);
        });
        it("another issuer", () => refused(cloud.tokens.sign({ ...claims(), iss: "https://evil.example" }), /issuer/));
        it("an unknown key", () => {
            const key = generateKey();
            return refused(encodeJwt(claims(), key.id, key.privateKey), /not published/);
        });
        it("alg none", () => refused(`${part({ alg: "none", kid: kid() })}.${part(claims())}.`, /no JWT|algorithm/));
        it("HS256 with the public key as secret", async () => {
            const signed = `${part({ alg: "HS256", kid: kid() })}.${part(claims())}`;
            const [pem = ""] = Object.values(await cloud.tokens.certificates());
            await refused(`${signed}.${createHmac("sha256", pem).update(signed).digest("base64url")}`, /HS256/);
        });
        it("an altered payload", () => {
            const [header = "", , signature = ""] = mint().split(".");
            return refused(`${header}.${part({ ...claims(), email: "eve@example.com" })}.${signature}`, /signature/);
        });
        it("a token that is cut off", () => refused(mint().slice(0, -30), /signature|JWT/));
        it("a token with the signature removed", () =>
            refused(`${mint().split(".").slice(0, 2).join(".")}.SIGNATURE_REMOVED_BY_GOOGLE`, /signature/));
        it("two Authorization headers", async () => {
            const bearer = `Bearer ${mint()}`;
            const { status, decision } = await knock(["Authorization", bearer, "authorization", bearer]);
            assert.equal(status, 401);
            assert.match(decision.reason, /more than one/);
        });
        it("another scheme", async () => {
            assert.equal((await knock(["authorization", `Basic ${mint()}`])).status, 401);
        });
    });

    describe("answers 403 to a right token", () => {
        const forbidden = async (reason: RegExp, token = mint()) => {
            const { status, decision } = await withToken(token);
            assert.equal(status, 403);
            assert.equal(decision.stage, "iam");
            assert.match(decision.reason, reason);
            assert.equal(doors.reached, undefined);
        };
        it("without the role, naming the grant that is missing", async () => {
            await forbidden(/grant roles\/run\.invoker to serviceAccount:fulfil@.* on service orders/);
            invoker();
            assert.equal((await withToken(mint())).status, 200);
        });
        it("with a role that does not invoke", async () => {
            grant("roles/run.viewer", `serviceAccount:${fulfil.email}`);
            await forbidden(/holds run\.routes\.invoke/);
        });
        it("once the role is taken away", async () => {
            invoker();
            assert.equal((await withToken(mint())).status, 200);
            doors.reached = undefined;
            cloud.iam.setPolicy(resource, { bindings: [] });
            await forbidden(/grant roles\/run\.invoker/);
        });
        it("once the account is disabled", async () => {
            invoker();
            const account = `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${fulfil.email}`;
            await cloud.call(owner, "POST", `${account}:disable`, {});
            await forbidden(/is disabled/);
        });
        it("once the account is deleted, and after it is made again", async () => {
            invoker();
            const token = mint();
            await cloud.call(
                owner,
                "DELETE",
                `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${fulfil.email}`,
            );
            await forbidden(/was deleted/, token);
            fulfil = await cloud.account("fulfil");
            await forbidden(/grant roles\/run\.invoker/);
            await forbidden(/was deleted/, token);
        });
        it("where the grant's condition is not met", async () => {
            const expression = 'resource.name.endsWith("/stock")';
            const bindings = [
                {
                    role: "roles/run.invoker",
                    members: [`serviceAccount:${fulfil.email}`],
                    condition: { title: "stock", expression },
                },
            ];
            cloud.iam.setPolicy(resource, { version: 3, bindings });
            await forbidden(/condition "stock" is not met/);
        });
    });

    it("answers at both addresses, to tokens for either", async () => {
        invoker();
        const { urls } = await cloud.call(owner, "GET", `${services}/orders`);
        assert.equal((urls as string[]).length, 2);
        for (const to of urls as string[]) {
            for (const audience of urls as string[]) {
                assert.equal((await withToken(mint(audience), to)).status, 200);
            }
        }
    });

    it("takes custom audiences", async () => {
        invoker();
        assert.equal((await withToken(mint("orders.acme.example"))).status, 401);
        await change({ customAudiences: ["orders.acme.example"] });
        assert.equal((await withToken(mint("orders.acme.example"))).status, 200);
    });

    it("looks at X-Serverless-Authorization where there is one, and leaves Authorization to the service", async () => {
        invoker();
        const both = ["authorization", "Bearer the-service's-own", "x-serverless-authorization"];
        assert.equal((await knock([...both, `Bearer ${mint()}`])).status, 200);
        const reached = doors.reached?.request;
        assert.ok(reached);
        assert.equal(reached.headers.authorization, "Bearer the-service's-own");
        assert.match(String(reached.headers["x-serverless-authorization"]), /SIGNATURE_REMOVED_BY_GOOGLE$/);
        assert.equal((await knock([...both, "Bearer nonsense"])).status, 401);
    });

    it("knows who calls by the subject where the token has no email", async () => {
        invoker();
        const token = cloud.tokens.mintIdToken(fulfil, url, { includeEmail: false });
        assert.equal((await withToken(token)).status, 200);
    });

    it("takes a user's token for gcloud's client", async () => {
        const claims = { ...decodeJwt(mint())?.claims, aud: "32555940559.apps.googleusercontent.com" };
        const token = cloud.tokens.sign({ ...claims, email: "ann@example.com", sub: "1" });
        assert.equal((await withToken(token)).status, 403);
        invoker("user:ann@example.com");
        assert.equal((await withToken(token)).status, 200);
    });

    it("asks no caller for a token if everybody may call, by a grant or by the service's setting", async () => {
        assert.equal((await knock()).status, 403);
        grant("roles/run.invoker", "allUsers");
        assert.equal((await knock()).status, 200);
        assert.equal((await withToken("the-app's-own")).status, 200);
        cloud.iam.setPolicy(resource, { bindings: [] });
        assert.equal((await knock()).status, 403);
        await change({ invokerIamDisabled: true });
        const { status, decision } = await knock();
        assert.equal(status, 200);
        assert.match(decision.reason, /invoker IAM check disabled/);
    });

    describe("with internal ingress", () => {
        beforeEach(async () => {
            invoker();
            await change({ ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" });
        });
        const from = async (where: Origin) => {
            doors.origin = where;
            return (await withToken(mint())).status;
        };

        it("is not there for the outside, whatever the token", async () => {
            assert.equal(await from({ kind: "outside" }), 404);
            assert.equal(cloud.decisions.list().at(-1)?.stage, "ingress");
        });
        it("lets in Google's services of the same project, and not of another", async () => {
            assert.equal(await from({ kind: "google", service: "workflows", project: "demo" }), 200);
            assert.equal(await from({ kind: "google", service: "workflows", project: "other" }), 404);
        });
        it("lets in workloads that send everything through the network, and no others", async () => {
            const workload = { kind: "workload" as const, project: "demo", resource: "front" };
            assert.equal(await from({ ...workload, vpc: true }), 200);
            assert.equal(await from({ ...workload, vpc: false }), 404);
            assert.equal(await from({ ...workload, project: "other", vpc: true }), 404);
        });
        it("still checks the token", async () => {
            doors.origin = { kind: "google", service: "workflows", project: "demo" };
            assert.equal((await knock()).status, 403);
        });
    });

    it("answers 404 where there is no service, no longer one, and where its addresses are disabled", async () => {
        invoker();
        assert.equal((await withToken(mint(), "https://nobody-abc-ew.a.run.app")).status, 404);
        assert.equal((await withToken(mint())).status, 200);
        await change({ defaultUriDisabled: true });
        assert.equal((await withToken(mint())).status, 404);
        await change({});
        assert.equal((await withToken(mint())).status, 200);
        await cloud.call(owner, "DELETE", `${services}/orders`);
        assert.equal((await withToken(mint())).status, 404);
    });

    it("escapes what it repeats of the address", async () => {
        const { body } = await doors.knock(`${url}/<script>`);
        assert.doesNotMatch(body, /<script>/);
    });
});
