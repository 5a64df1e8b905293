import { strict as assert } from "node:assert";
import { encodeJwt } from "../../../sandbox/tokens";
import { owner, testCloud, type TestCloud } from "../support/cloud";
import { openDoors, type Doors } from "./door";

const api = "https://apigateway.googleapis.com/v1beta";
const global = "projects/demo/locations/global";
const region = "projects/demo/locations/europe-west1";
const audience = "https://orders.example.com";

/** Each issuer, and where a document may say that its keys are. */
const ISSUERS: Record<string, string | undefined> = {
    "https://securetoken.google.com/shop":
        "https://www.googleapis.com/service_accounts/v1/metadata/x509/securetoken@system.gserviceaccount.com",
    "https://acme.eu.auth0.com/": "https://acme.eu.auth0.com/.well-known/jwks.json",
    "https://acme.okta.com/oauth2/default": "https://acme.okta.com/oauth2/default/v1/keys",
    "https://login.example.com": undefined,
    "https://accounts.google.com": undefined,
};
const issuers = Object.keys(ISSUERS);

/** A document with an operation for each issuer. */
function openapi(backend: string, keys: Record<string, string | undefined> = ISSUERS): string {
    const all = Object.entries(keys);
    return JSON.stringify({
        ...{ swagger: "2.0", info: { title: "orders", version: "1" }, "x-google-backend": { address: backend } },
        securityDefinitions: Object.fromEntries(
            all.map(([issuer, jwks], index) => [
                `of${index}`,
                {
                    ...{ authorizationUrl: "", flow: "implicit", type: "oauth2" },
                    ...{ "x-google-issuer": issuer, "x-google-jwks_uri": jwks, "x-google-audiences": audience },
                },
            ]),
        ),
        paths: Object.fromEntries(
            all.map((_, index) => [
                `/of${index}`,
                { get: { operationId: `of${index}`, security: [{ [`of${index}`]: [] }], responses: {} } },
            ]),
        ),
    });
}

describe("a gateway whose document names issuers outside of Google Cloud", () => {
    let cloud: TestCloud;
    let doors: Doors;
    let backend: string;
    let gateway: string;

    const made = (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> =>
        cloud.call(owner, method, `${api}/${path}`, body);
    const config = (contents: string, id: string, account: string): Promise<unknown> =>
        made("POST", `${global}/apis/orders/configs?apiConfigId=${id}`, {
            openapiDocuments: [
                { document: { path: "orders.json", contents: Buffer.from(contents).toString("base64") } },
            ],
            gatewayServiceAccount: account,
        });
    let own: string;

    before(async () => {
        cloud = testCloud();
        doors = await openDoors(cloud);
        ({ email: own } = await cloud.account("gateway"));
        const services = `https://run.googleapis.com/v2/${region}/services`;
        await cloud.call(owner, "POST", `${services}?serviceId=orders`, {
            template: { containers: [{ image: "orders" }] },
        });
        backend = String((await cloud.call(owner, "GET", `${services}/orders`))["uri"]);
        cloud.iam.setPolicy(`//run.googleapis.com/${region}/services/orders`, {
            bindings: [{ role: "roles/run.invoker", members: [`serviceAccount:${own}`] }],
        });
        await made("POST", `${global}/apis?apiId=orders`, {});
        await config(openapi(backend), "one", own);
        await made("POST", `${region}/gateways?gatewayId=front`, { apiConfig: `${global}/apis/orders/configs/one` });
        gateway = `https://${String((await made("GET", `${region}/gateways/front`))["defaultHostname"])}`;
    });
    after(() => {
        doors.close();
        cloud.close();
    });

    const now = (): number => Math.floor(cloud.clock.now() / 1000);
    const claimsOf = (iss: string): Record<string, unknown> => ({
        ...{ iss, sub: "user-7", aud: audience, email: "kim@example.com", iat: now(), exp: now() + 600 },
    });
    const asked = async (index: number, token: string): Promise<[status: number, message: string]> => {
        const { status, body } = await doors.withToken(`${gateway}/of${index}`, token);
        return [status, status === 200 ? "" : (JSON.parse(body) as { message: string }).message];
    };

    for (const [index, issuer] of issuers.entries()) {
        it(`lets in who has a token of ${issuer}, and tells the backend who it is`, async () => {
            assert.deepEqual(await asked(index, cloud.tokens.sign(claimsOf(issuer))), [200, ""]);
            const info = String(doors.reached?.request.headers["x-apigateway-api-userinfo"]);
            const told = JSON.parse(Buffer.from(info, "base64url").toString()) as Record<string, unknown>;
            assert.deepEqual([told["iss"], told["sub"]], [issuer, "user-7"]);
        });

        it(`refuses at the operation of ${issuer} the tokens of others, for others, and of another time`, async () => {
            const claims = claimsOf(issuer);
            const account = await cloud.account(`forger-${index}`);
            const { id, privateKey } = cloud.tokens.systemKey(account);
            const others = issuers.filter((each) => each !== issuer);
            const table: [string, string, number, string][] = [
                ...others.map((other): [string, string, number, string] => [
                    ...([other, cloud.tokens.sign(claimsOf(other)), 401, "Jwt issuer is not configured"] as const),
                ]),
                [
                    "a slash more",
                    cloud.tokens.sign({ ...claims, iss: `${issuer}/` }),
                    401,
                    "Jwt issuer is not configured",
                ],
                ["no issuer", cloud.tokens.sign({ ...claims, iss: undefined }), 401, "Jwt issuer is not configured"],
                ["audience", cloud.tokens.sign({ ...claims, aud: "shop" }), 403, "Audiences in Jwt are not allowed"],
                [
                    "no audience",
                    cloud.tokens.sign({ ...claims, aud: undefined }),
                    403,
                    "Audiences in Jwt are not allowed",
                ],
                ["late", cloud.tokens.sign({ ...claims, iat: now() - 900, exp: now() - 300 }), 401, "Jwt is expired"],
                [
                    "early",
                    cloud.tokens.sign({ ...claims, iat: now() + 900, nbf: now() + 900, exp: now() + 1800 }),
                    401,
                    "Jwt verification fails",
                ],
                ["another key", encodeJwt(claims, id, privateKey), 401, "Jwt verification fails"],
            ];
            for (const [what, token, status, message] of table) {
                assert.deepEqual(await asked(index, token), [status, message], what);
                assert.equal(doors.reached, undefined, what);
            }
        });
    }

    it("refuses by name a document with keys of somebody else, because the sandbox does not have these", async () => {
        const strange: [issuer: string, keys: string][] = [
            ["https://acme.eu.auth0.com/", "https://keys.example.com/jwks.json"],
            ["https://securetoken.google.com/shop", "https://www.googleapis.com/oauth2/v3/certs"],
            ["https://accounts.google.com", "https://acme.eu.auth0.com/.well-known/jwks.json"],
            ["http://login.example.com", "http://login.example.com/keys"],
            [own, "https://acme.eu.auth0.com/.well-known/jwks.json"],
        ];
        for (const [index, [issuer, keys]] of strange.entries()) {
            await assert.rejects(
                config(openapi(backend, { [issuer]: keys }), `strange-${index}`, own),
                (error: Error) => {
                    assert.ok(error.message.includes(`tokens of ${issuer} with the keys at ${keys}`), error.message);
                    return /UNIMPLEMENTED|501/.test(error.message);
                },
            );
        }
    });
});
