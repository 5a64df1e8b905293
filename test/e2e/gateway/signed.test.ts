import assert from "node:assert/strict";
import { documentChanges } from "../../../cli/sandbox/mutate/settings";
import { join } from "node:path";
import { AuthenticatedSchedule, deployer, Ingress, InvokableGateway, InvokableService } from "../../../index";
import type { GrantRef } from "../../../smoke";
import { value } from "../../components/support/deploy";
import { deployProgram, type DeployedProgram } from "../protocols/deployed";

const location = "europe-west1";
const off = { smokeCheck: { enabled: false } };
const apiHost = "https://apigateway.googleapis.com/v1";
let api: InvokableGateway;
let shop: InvokableService;

function program(): Promise<Record<string, unknown>> {
    const open = { location, ingress: Ingress.All, ...off };
    const orders = new InvokableService("orders", { image: "demo/backend:1", ...open });
    const stock = new InvokableService("stock", { image: "demo/backend:1", ...open });
    api = new InvokableGateway("api", {
        location,
        backends: { orders, stock },
        routes: { "/orders/{path=**}": "orders", "/stock": "stock" },
        smokeCheck: {
            ...{ path: "/orders/1", expect: { result: { url: "/orders/1" } } },
            probeMinters: [deployer()],
        },
    });
    shop = new InvokableService("shop", { image: "demo/caller:1", invokes: { api }, ...open });
    new AuthenticatedSchedule("visit", { location, schedule: "0 2 * * *", target: shop, ...off });
    return Promise.resolve({});
}

describe("an InvokableGateway that takes the tokens of its signer", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    before(async () => {
        const handler = (image: string) => ({ image: `demo/${image}:*`, handler: join(__dirname, `${image}.cjs`) });
        deployed = await deployProgram(program, [handler("backend"), handler("caller")]);
        assert.equal(deployed.result, "succeeded", deployed.said);
    });
    after(() => deployed.close());

    /** Has the service call the gateway, and returns what the gateway answered. */
    async function called(query = ""): Promise<{ status: number; body: string }> {
        const { world } = deployed;
        const url = await value(shop.url);
        const email = "visit";
        const accounts = (await world.admin("GET", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts")) as {
            accounts: { email: string; uniqueId: string }[];
        };
        const visitor = accounts.accounts.find((each) => each.email.startsWith(email));
        assert.ok(visitor);
        const token = world.sandbox.cloud.tokens.mintIdToken(visitor, url, { includeEmail: true });
        const answer = await world.http.request({
            url: `${url}/?${query}`,
            headers: { authorization: `Bearer ${token}` },
        });
        assert.equal(answer.status, 200, answer.body);
        return JSON.parse(answer.body) as { status: number; body: string };
    }

    const grantOf = async (member: string): Promise<GrantRef> => ({
        member,
        role: "roles/iam.serviceAccountTokenCreator",
        resource: `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${await value(api.signerEmail!)}`,
        label: "api",
    });

    it("proves whom it lets in and whom it denies, at the gateway and past it", async () => {
        assert.deepEqual(await deployed.verdicts("api"), {
            "api lets in its callers alone": "passed",
            "anonymous → api": "passed",
            "broken token → api": "passed",
            "token for another audience → api": "passed",
            "account without grant → api": "passed",
            "anonymous → orders, past api": "passed",
            "anonymous → stock, past api": "passed",
            "account without grant → orders, past api": "passed",
            "account without grant → stock, past api": "passed",
            "api has roles/run.invoker on orders": "passed",
            "api has roles/run.invoker on stock": "passed",
            "probe minter → tokens of api-stranger": "passed",
            "probe minter → tokens of api": "passed",
            "signed token → api": "passed",
            "nobody else → api": "passed",
            "the account of api is enabled": "passed",
            "the account of api's signer is enabled": "passed",
        });
    });

    it("lets in a caller that its signer signs for, and refuses the same caller's ID token", async () => {
        const { status, body } = await called("path=/orders/7?full=1");
        assert.equal(status, 200, body);
        assert.deepEqual(JSON.parse(body), {
            ...{ iss: await value(api.signerEmail!), url: "/orders/7?full=1", method: "GET" },
        });
        const refused = await called("google=1");
        assert.deepEqual(
            [refused.status, JSON.parse(refused.body)],
            [401, { code: 401, message: "Jwt issuer is not configured" }],
        );
        assert.equal((await called("audience=https://elsewhere.example.com")).status, 403);
        assert.equal((await called("path=/other")).status, 404);
    });

    it("lets in nobody who may not sign as its signer", async () => {
        const grant = await grantOf(`serviceAccount:${await value(shop.serviceAccountEmail)}`);
        await deployed.without(grant, async () => {
            const { status, body } = await called();
            assert.equal(status, 0);
            assert.match(body, /^signJwt: 403/);
        });
        assert.equal((await called()).status, 200);
    });

    it("has a check that is red for a stranger who may sign, for a key of the signer, and for a lost grant", async () => {
        const { world } = deployed;
        const { resource, role } = await grantOf("");
        const stranger = "user:stranger@example.com";
        await world.grant(resource, role, stranger);
        assert.equal((await deployed.verdicts("api"))["nobody else → api"], "warning");
        await world.revoke(resource, role, stranger);
        const key = (await world.admin("POST", `${resource}/keys`, {})) as { name: string };
        const { text } = await deployed.check("api");
        assert.match(text, /api can be called by others than its declared callers: key \w+ of api-signer/);
        await world.admin("DELETE", `https://iam.googleapis.com/v1/${key.name}`);
        const [own] = deployed.specs.flatMap(({ name, probes }) =>
            probes.flatMap((probe) => (name === "api" && probe.kind === "policy" ? [probe.grant] : [])),
        );
        assert.ok(own);
        await deployed.without(own, async () => {
            const verdicts = await deployed.verdicts("api");
            assert.equal(verdicts[`api has roles/run.invoker on ${own.label}`], "failed");
            assert.equal(verdicts["signed token → api"], own.label === "orders" ? "failed" : "passed");
        });
        assert.equal((await deployed.verdicts("api"))["nobody else → api"], "passed");
    });

    it("has a check that is red for each other document that somebody deploys", async () => {
        const { world } = deployed;
        const gateway = await value(api.gateway.id);
        const declared = await value(api.gateway.apiConfig);
        const config = await world.admin("GET", `${apiHost}/${declared}?view=FULL`);
        const [{ document }] = config["openapiDocuments"] as [{ document: { contents: string } }];
        const own = JSON.parse(Buffer.from(document.contents, "base64").toString()) as Record<string, unknown>;
        const { caller } = own["securityDefinitions"] as { caller: Record<string, string> };
        const google = {
            "x-google-issuer": "https://accounts.google.com",
            "x-google-jwks_uri": "https://www.googleapis.com/oauth2/v3/certs",
        };
        const paths = own["paths"] as Record<string, Record<string, object>>;
        const first = (changes: object): object => ({
            ...paths,
            "/stock": { ...paths["/stock"], get: { ...paths["/stock"]!["get"], ...changes } },
        });
        const others: [string, object, RegExp][] = [
            ["open", { security: [] }, /asks for no token at GET \/orders/],
            [
                "preflights",
                { "x-google-endpoints": [{ name: "a", allowCors: true }] },
                /asks for no token at OPTIONS of every path, by allowCors/,
            ],
            ["one-open", { paths: first({ security: [] }) }, /asks for no token at GET \/stock/],
            ["optional", { security: [{ caller: [] }, {}] }, /asks for no token at/],
            [
                "issuer",
                { securityDefinitions: { caller: { ...caller, ...google } } },
                /takes tokens of https:\/\/accounts/,
            ],
            [
                "audience",
                { securityDefinitions: { caller: { ...caller, "x-google-audiences": "https://a.example.com" } } },
                /takes tokens for https:\/\/a\.example\.com/,
            ],
            [
                "backend",
                { paths: first({ "x-google-backend": { address: "https://elsewhere-abc-ew.a.run.app" } }) },
                /sends requests to https:\/\/elsewhere/,
            ],
        ];
        for (const [id, changes, said] of others) {
            const contents = Buffer.from(JSON.stringify({ ...own, ...changes })).toString("base64");
            const name = `${declared.replace(/\/configs\/.*/, "")}/configs/${id}`;
            await world.admin("POST", `${apiHost}/${declared.replace(/\/configs\/.*/, "")}/configs?apiConfigId=${id}`, {
                openapiDocuments: [{ document: { path: "openapi.json", contents } }],
                gatewayServiceAccount: config["gatewayServiceAccount"],
            });
            await world.admin("PATCH", `${apiHost}/${gateway}?updateMask=apiConfig`, { apiConfig: name });
            const { report, text } = await deployed.check("api");
            assert.equal(report.verdict, "failed", id);
            assert.match(text, said, id);
        }
        await world.admin("PATCH", `${apiHost}/${gateway}?updateMask=apiConfig`, { apiConfig: declared });
        assert.equal((await deployed.check("api")).report.verdict, "passed");
    });

    it("has a check that reads of each mutant of its document what is changed", async () => {
        const { store } = deployed.world.sandbox.cloud;
        const declared = await value(api.gateway.apiConfig);
        const [name, kept] = store
            .list("apigateway.configs")
            .find(([each]) => declared.endsWith(each.split("/").at(-1)!))!;
        const config = kept as { openapiDocuments: [{ document: { contents: string } }] };
        const [first] = config.openapiDocuments;
        const said: Record<string, RegExp> = {
            "issuer of caller": /takes tokens of elsewhere@/,
            "keys of caller": /verifies tokens by the keys at \S+\/elsewhere@/,
            "issuer of everybody of caller": /takes tokens of https:\/\/accounts/,
            "audience of caller": /takes tokens for https:\/\/elsewhere/,
            "no token": /asks for no token at/,
            address: /sends requests to https:\/\/elsewhere/,
            "audience of the backend": /sends tokens for https:\/\/elsewhere/,
        };
        const changes = documentChanges(first.document.contents);
        assert.deepEqual(changes.map(({ what }) => what).sort(), Object.keys(said).sort());
        for (const { what, contents } of changes) {
            const document = { ...first.document, contents };
            store.put("apigateway.configs", name, { ...config, openapiDocuments: [{ ...first, document }] });
            const { report, text } = await deployed.check("api");
            assert.equal(report.verdict, "failed", what);
            assert.match(text, said[what] ?? /never/, what);
        }
        store.put("apigateway.configs", name, config);
        assert.equal((await deployed.check("api")).report.verdict, "passed");
    });
});
