import { strict as assert } from "node:assert";
import { encodeJwt, generateKey, toJwk } from "../../../../sandbox/tokens";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

const api = "https://iam.googleapis.com/v1/projects/demo/locations/global/workloadIdentityPools";
const pool = "//iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/ci-pool";
const audience = `${pool}/providers/ci-provider`;
const issuer = "https://token.example.com";
const key = generateKey("ec");

describe("exchanging other issuers' credentials", () => {
    let cloud: TestCloud;
    before(async () => {
        cloud = testCloud();
        await cloud.call(owner, "POST", `${api}?workloadIdentityPoolId=ci-pool`, { displayName: "CI" });
        await cloud.call(owner, "POST", `${api}/ci-pool/providers?workloadIdentityPoolProviderId=ci-provider`, {
            oidc: { issuerUri: issuer, jwksJson: JSON.stringify({ keys: [toJwk(key)] }) },
            attributeMapping: {
                "google.subject": "assertion.sub",
                "google.groups": "assertion.teams",
                "attribute.repository": "assertion.repository",
            },
            attributeCondition: 'attribute.repository.startsWith("acme/")',
        });
    });
    after(() => cloud.close());

    const claims = (more: object = {}) => {
        const iat = Math.floor(cloud.clock.now() / 1000);
        return {
            iss: issuer,
            aud: `https:${audience}`,
            sub: "repo:acme/shop",
            repository: "acme/shop",
            teams: ["ops"],
            iat,
            exp: iat + 300,
            ...more,
        };
    };
    const sign = (more: object = {}, by = key) => encodeJwt(claims(more), by.id, by.privateKey);
    const form = (subjectToken: string, more: Record<string, string> = {}) => ({
        grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
        requested_token_type: "urn:ietf:params:oauth:token-type:access_token",
        subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
        scope: "https://www.googleapis.com/auth/cloud-platform",
        audience,
        subject_token: subjectToken,
        ...more,
    });
    async function exchange(subjectToken: string, more: Record<string, string> = {}) {
        const answer = await cloud.apis.request("POST", "https://sts.googleapis.com/v1/token", {
            principal: { kind: "anonymous" },
            headers: { "content-type": "application/x-www-form-urlencoded" },
            body: new URLSearchParams(form(subjectToken, more)).toString(),
        });
        return answer as { status: number; body: Record<string, string> };
    }

    it("gives an access token of the principal that the provider's mapping tells", async () => {
        const { status, body } = await exchange(sign());
        assert.equal(status, 200);
        assert.equal(body.issued_token_type, "urn:ietf:params:oauth:token-type:access_token");
        const verified = cloud.tokens.verifyAccessToken(body.access_token ?? "");
        assert.ok(verified.ok);
        assert.deepEqual(verified.value.principal, {
            kind: "federated",
            subject: `principal:${pool}/subject/repo:acme/shop`,
            sets: [
                `principalSet:${pool}/*`,
                `principalSet:${pool}/group/ops`,
                `principalSet:${pool}/attribute.repository/acme/shop`,
            ],
        });
    });

    it("refuses an audience that is no full name, one of a provider that is not there, and a scope that is none", async () => {
        for (const wrong of [
            "",
            "ci-provider",
            "https://example.com",
            audience.slice(2),
            "//sts.googleapis.com/projects/1",
        ]) {
            assert.equal((await exchange(sign(), { audience: wrong })).body.error, "invalid_request", wrong);
        }
        for (const missing of [`${audience}x`, pool, "//iam.googleapis.com/projects/demo"]) {
            assert.equal((await exchange(sign(), { audience: missing })).body.error, "invalid_target", missing);
        }
        const { body } = await exchange(sign(), { scope: "https://orders-abc-ew.a.run.app" });
        assert.equal(body.error, "invalid_scope");
    });

    it("lets an exchanged principal impersonate an account only by a grant to the principal or to one of its sets", async () => {
        const { body } = await exchange(sign());
        const verified = cloud.tokens.verifyAccessToken(body.access_token ?? "");
        assert.ok(verified.ok);
        const who = verified.value.principal;
        const robot = await cloud.account("deployer");
        const url = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${robot.email}:generateAccessToken`;
        const scope = ["https://www.googleapis.com/auth/cloud-platform"];
        const on = `//iam.googleapis.com/projects/demo/serviceAccounts/${robot.email}`;
        const grant = (member: string) =>
            cloud.iam.setPolicy(on, { bindings: [{ role: "roles/iam.workloadIdentityUser", members: [member] }] });
        assert.equal(await cloud.status(who, "POST", url, { scope }), 403);
        for (const member of [
            `principal:${pool}/subject/repo:acme/shop`,
            `principalSet:${pool}/*`,
            `principalSet:${pool}/group/ops`,
            `principalSet:${pool}/attribute.repository/acme/shop`,
        ]) {
            grant(member);
            assert.equal(await cloud.status(who, "POST", url, { scope }), 200, member);
        }
        for (const member of [`principalSet:${pool}/group/dev`, `principal:${pool}/subject/repo:acme/other`]) {
            grant(member);
            assert.equal(await cloud.status(who, "POST", url, { scope }), 403, member);
        }
    });

    it("refuses credentials that are not the issuer's, for the provider, now, and of somebody the condition lets", async () => {
        const now = Math.floor(cloud.clock.now() / 1000);
        const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${sign().split(".")[1] ?? ""}.`;
        const refused: [what: string, token: string, error: string][] = [
            ["another key", sign({}, generateKey("ec")), "invalid_grant"],
            ["alg none", none, "invalid_grant"],
            ["no JWT", "abc", "invalid_grant"],
            ["expired", sign({ iat: now - 900, exp: now - 600 }), "invalid_grant"],
            ["too long", sign({ exp: now + 25 * 3600 }), "invalid_grant"],
            ["another audience", sign({ aud: "https://example.com" }), "invalid_grant"],
            ["another issuer", sign({ iss: "https://evil.example.com" }), "invalid_grant"],
            ["no subject", sign({ sub: "" }), "invalid_request"],
            ["the condition", sign({ repository: "evil/shop" }), "unauthorized_client"],
            ["a missing attribute", sign({ repository: undefined }), "unauthorized_client"],
        ];
        for (const [what, token, error] of refused) {
            const { status, body } = await exchange(token);
            assert.deepEqual([what, status, body.error], [what, 400, error]);
            assert.doesNotMatch(JSON.stringify(body), /eyJ/);
        }
        assert.equal((await exchange(sign())).status, 200);
    });

    it("refuses a provider that is not there, disabled or deleted", async () => {
        assert.equal((await exchange(sign(), { audience: `${audience}2` })).body.error, "invalid_target");
        const provider = `${api}/ci-pool/providers/ci-provider`;
        await cloud.call(owner, "PATCH", `${provider}?updateMask=disabled`, { disabled: true });
        assert.equal((await exchange(sign())).body.error, "invalid_target");
        await cloud.call(owner, "PATCH", `${provider}?updateMask=disabled`, { disabled: false });
        assert.equal((await exchange(sign())).status, 200);
        await cloud.call(owner, "DELETE", `${api}/ci-pool`);
        assert.equal((await exchange(sign())).body.error, "invalid_target");
        await cloud.call(owner, "POST", `${api}/ci-pool:undelete`, {});
        assert.equal((await exchange(sign())).status, 200);
    });

    it("is in the data access log by whom the issuer names, if that is asked for", async () => {
        const project = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
        const { bindings } = await cloud.call(owner, "POST", `${project}:getIamPolicy`);
        const read = async () => {
            const { entries = [] } = await cloud.call(owner, "POST", "https://logging.googleapis.com/v2/entries:list", {
                resourceNames: ["projects/demo"],
                filter: 'logName="projects/demo/logs/cloudaudit.googleapis.com%2Fdata_access"',
            });
            return entries as { protoPayload: Record<string, unknown> }[];
        };
        await exchange(sign());
        const auditConfigs = [{ service: "sts.googleapis.com", auditLogConfigs: [{ logType: "ADMIN_READ" }] }];
        await cloud.call(owner, "POST", `${project}:setIamPolicy`, {
            policy: { bindings, auditConfigs },
            updateMask: "bindings,etag,auditConfigs",
        });
        assert.deepEqual(await read(), []);
        assert.equal((await exchange(sign({ repository: "evil/shop" }))).status, 400);
        assert.equal((await exchange(sign())).status, 200);
        const entries = await read();
        assert.deepEqual(
            entries.map(({ protoPayload }) => {
                const { methodName, serviceName, resourceName, authenticationInfo, metadata } = protoPayload;
                return { methodName, serviceName, resourceName, authenticationInfo, metadata };
            }),
            [
                {
                    methodName: "google.identity.sts.v1.SecurityTokenService.ExchangeToken",
                    serviceName: "sts.googleapis.com",
                    resourceName: audience.replace("//iam.googleapis.com/", ""),
                    authenticationInfo: { principalSubject: "repo:acme/shop" },
                    metadata: { mapped_principal: `principal:${pool}/subject/repo:acme/shop` },
                },
            ],
        );
        assert.doesNotMatch(JSON.stringify(entries), /eyJ/);
    });

    it("guards pools and providers, and checks them when they are made", async () => {
        const reader = await cloud.account("reader");
        assert.equal(await cloud.status(reader, "GET", `${api}/ci-pool`), 403);
        assert.equal((await cloud.call(owner, "GET", `${api}/ci-pool`)).state, "ACTIVE");
        assert.equal(await cloud.status(owner, "POST", `${api}?workloadIdentityPoolId=ci-pool`, {}), 409);
        assert.equal(await cloud.status(owner, "POST", `${api}?workloadIdentityPoolId=gcp-x`, {}), 400);
        const providers = `${api}/ci-pool/providers?workloadIdentityPoolProviderId=other`;
        assert.equal(await cloud.status(owner, "POST", providers, { aws: {}, saml: {} }), 400);
        const oidc = { issuerUri: issuer };
        assert.equal(await cloud.status(owner, "POST", providers, { oidc }), 400);
        const broken = { "google.subject": "assertion.(" };
        assert.equal(await cloud.status(owner, "POST", providers, { oidc, attributeMapping: broken }), 400);
        const { workloadIdentityPools } = await cloud.call(owner, "GET", api);
        assert.equal((workloadIdentityPools as object[]).length, 1);
    });
});
