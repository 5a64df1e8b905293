import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { createCredentials, type CredentialError, idToken, remoteKeys, verifyIdToken } from "../../credentials";
import { accountUrl, startSandboxed, type Sandboxed } from "../support/sandboxed";

const audience = "https://orders.example.com";
const issuer = "https://token.actions.example.com";
const role = "roles/iam.workloadIdentityUser";

describe("workload identity federation, by the real library against the sandbox", () => {
    let world: Sandboxed;
    let folder: string;
    let target: string;
    let member: string;
    let provider: string;
    let sign: (claims: object, lifetimeSeconds?: number) => Promise<string>;
    before(async () => {
        world = await startSandboxed({ propagationMilliseconds: 0 });
        folder = mkdtempSync(path.join(tmpdir(), "federation-"));
        target = await world.account("deployer");
        const { privateKey, publicKey } = await generateKeyPair("ES256");
        const jwk = { ...(await exportJWK(publicKey)), kid: "ci", alg: "ES256", use: "sig" };
        const pools = "https://iam.googleapis.com/v1/projects/demo/locations/global/workloadIdentityPools";
        await world.admin("POST", `${pools}?workloadIdentityPoolId=ci-pool`, {});
        await world.admin("POST", `${pools}/ci-pool/providers?workloadIdentityPoolProviderId=ci-provider`, {
            attributeMapping: { "google.subject": "assertion.sub", "attribute.repository": "assertion.repository" },
            attributeCondition: 'assertion.repository == "shop/orders"',
            oidc: { issuerUri: issuer, jwksJson: JSON.stringify({ keys: [jwk] }) },
        });
        const project = await world.admin("GET", "https://cloudresourcemanager.googleapis.com/v3/projects/demo");
        const pool = `//iam.googleapis.com/${String(project["name"])}/locations/global/workloadIdentityPools/ci-pool`;
        provider = `${pool}/providers/ci-provider`;
        member = `principalSet:${pool}/attribute.repository/shop/orders`;
        sign = (claims, lifetime = 600) => {
            const now = Math.floor(world.sandbox.cloud.clock.now() / 1000);
            return new SignJWT({ repository: "shop/orders", ...claims })
                .setProtectedHeader({ alg: "ES256", kid: "ci" })
                .setIssuer(issuer)
                .setAudience(`https:${provider}`)
                .setSubject("repo:shop/orders:ref:refs/heads/main")
                .setIssuedAt(now - Math.max(0, -lifetime))
                .setExpirationTime(now + lifetime)
                .sign(privateKey);
        };
    });
    after(async () => {
        await world.close();
        rmSync(folder, { recursive: true });
    });

    /** The file that `gcloud iam workload-identity-pools create-cred-config` writes, beside the token that CI puts there. */
    const options = async (claims: object = {}, impersonating = true, lifetime?: number) => {
        const token = path.join(folder, "token");
        writeFileSync(token, await sign(claims, lifetime));
        const credentials = JSON.stringify({
            type: "external_account",
            audience: provider,
            subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
            token_url: "https://sts.googleapis.com/v1/token",
            credential_source: { file: token },
            ...(impersonating && {
                service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${target}:generateAccessToken`,
            }),
        });
        return { http: world.http, env: { CLOUDSDK_CONFIG: folder, NO_GCE_CHECK: "true" }, credentials };
    };
    const verified = (token: string) =>
        verifyIdToken(token, {
            audience,
            emails: [target],
            now: () => world.sandbox.cloud.clock.now(),
            keys: remoteKeys("https://www.googleapis.com/oauth2/v3/certs", world.http),
        });

    it("gets ID and access tokens of the account that the file names, with the role on it and not without", async () => {
        await assert.rejects(idToken(audience, await options()), (error: CredentialError) => {
            assert.equal(error.code, "missing-role");
            assert.match(error.message, new RegExp(`lacks iam\\.serviceAccounts\\.getOpenIdToken on ${target}`));
            return true;
        });
        await world.grant(accountUrl(target), role, member);
        assert.equal((await verified(await idToken(audience, await options()))).email, target);
        const credentials = await createCredentials(await options());
        assert.match(await credentials.accessToken(), /./);
        assert.equal(await credentials.member(), `serviceAccount:${target}`);
    });

    it("acts as an account that is asked for, where the file names none", async () => {
        const direct = await options({}, false);
        assert.equal((await verified(await idToken(audience, { ...direct, as: target }))).email, target);
        await assert.rejects(idToken(audience, direct), { code: "not-possible" });
    });

    it("is refused by the provider's condition, with an altered token and with one that has ended", async () => {
        const refused = async (given: Promise<Awaited<ReturnType<typeof options>>>) =>
            assert.rejects(idToken(audience, await given), (error: CredentialError) => {
                assert.equal(error.code, "refused", error.message);
                assert.doesNotMatch(error.message, /eyJ/);
                return true;
            });
        await refused(options({ repository: "eve/orders" }));
        await refused(options({}, true, -600));
        const altered = await options();
        const file = path.join(folder, "token");
        writeFileSync(file, `${(await sign({})).slice(0, -8)}AAAAAAAA`);
        await refused(Promise.resolve(altered));
    });
});
