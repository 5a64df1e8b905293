import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { claimsOf, createCredentials, CredentialError, idToken, remoteKeys, verifyIdToken } from "../../credentials";
import { token } from "../../cli/commands/token";
import { findAccount } from "../../sandbox/iam";
import { startMetadataServer } from "../../sandbox/metadata";
import { skip } from "../support/skip";
import { accountUrl, startSandboxed, type Sandboxed } from "../support/sandboxed";

const audience = "https://orders.example.com";
const minter = "roles/iam.serviceAccountOpenIdTokenCreator";
const owner = "user:owner@example.com";

describe("tokens of the sandbox, by the real library and through its proxy", () => {
    let world: Sandboxed;
    let privileged: string;
    before(async () => {
        world = await startSandboxed();
        privileged = await world.account("privileged");
    });
    after(() => world.close());

    const options = () => ({ http: world.http, env: world.env });
    const verified = async (value: string, emails: string[]) =>
        verifyIdToken(value, {
            audience,
            emails,
            keys: remoteKeys("https://www.googleapis.com/oauth2/v3/certs", world.http),
        });

    it("a token creator mints an ID token of the privileged account; without the grant the role is named", async () => {
        const refused: unknown = await idToken(audience, { ...options(), as: privileged }).catch(
            (error: unknown) => error,
        );
        assert.ok(refused instanceof CredentialError);
        assert.equal(refused.code, "missing-role");
        assert.match(refused.fix ?? "", new RegExp(`binding ${privileged} --member=${owner} --role=${minter}`));

        await world.grant(accountUrl(privileged), minter, owner);
        const claims = await verified(await idToken(audience, { ...options(), as: privileged }), [privileged]);
        assert.equal(claims.email, privileged);
        await world.revoke(accountUrl(privileged), minter, owner);
        await assert.rejects(idToken(audience, { ...options(), as: privileged }), { code: "missing-role" });
    });

    it("delegates pass the right on, each on the next; a link that is missing breaks the chain", async () => {
        const [first, last] = [await world.account("first-link"), await world.account("last-link")];
        const creator = "roles/iam.serviceAccountTokenCreator";
        await world.grant(accountUrl(first), creator, owner);
        const credentials = await createCredentials(options());
        const chain = { as: last, delegates: [first] };
        await assert.rejects(credentials.idToken(audience, chain), { code: "missing-role" });
        await world.grant(accountUrl(last), creator, `serviceAccount:${first}`);
        const claims = await verified(await credentials.idToken(audience, chain), [last]);
        assert.equal(claims.email, last);
    });

    it("a key file is exchanged for ID and access tokens until its account is disabled", async () => {
        const email = await world.account("with-key");
        const key = await world.admin("POST", `${accountUrl(email)}/keys`, {});
        const file = Buffer.from(key["privateKeyData"] as string, "base64").toString("utf8");
        const own = { ...options(), env: { ...world.env, GOOGLE_OAUTH_ACCESS_TOKEN: "" }, credentials: file };
        assert.equal((await verified(await idToken(audience, own), [email])).email, email);
        const credentials = await createCredentials(own);
        assert.match(await credentials.accessToken(), /./);
        assert.equal(await credentials.member(), `serviceAccount:${email}`);

        await world.admin("POST", `${accountUrl(email)}:disable`, {});
        await assert.rejects(idToken(audience, own), { code: "refused" });
    });

    it("an account that is not there, a disabled one and an ended token are refused", async () => {
        const nobody = `nobody@${world.sandbox.project}.iam.gserviceaccount.com`;
        await assert.rejects(idToken(audience, { ...options(), as: nobody }), CredentialError);
        const ended = { ...options(), accessToken: "ya29.ended", as: privileged };
        await assert.rejects(idToken(audience, ended), { code: "refused" });
    });

    it("the token command prints claims, and the token itself only when asked to", async () => {
        await world.grant(accountUrl(privileged), minter, owner);
        const run = async (raw: boolean) => {
            let [out, log] = ["", ""];
            const flags = { audience, as: privileged, ...(raw && { raw }) };
            await token(flags, { write: (text) => (out += text) }, { write: (text) => (log += text) }, options());
            assert.doesNotMatch(log, /eyJ|ya29/);
            return out;
        };
        const claims = await run(false);
        assert.doesNotMatch(claims, /eyJ|ya29/);
        assert.equal((JSON.parse(claims) as { email: string }).email, privileged);
        assert.equal((await verified((await run(true)).trim(), [privileged])).email, privileged);
    });

    it("a workload gets its own account's tokens from the metadata server, until the account is disabled", async () => {
        const email = await world.account("workload");
        const { cloud, project } = world.sandbox;
        const account = () => findAccount(cloud.store, email);
        const metadata = await startMetadataServer(cloud, { project, region: "europe-west1", account });
        // The library reads these from the process alone.
        const before = Object.keys(metadata.env).map((name) => [name, process.env[name]] as const);
        Object.assign(process.env, metadata.env);
        try {
            const own = { ...options(), source: "metadata" } as const;
            const claims = await verified(await idToken(audience, own), [email]);
            assert.equal(claims.email, email);
            const credentials = await createCredentials(own);
            assert.equal(await credentials.member(), `serviceAccount:${email}`);
            await world.admin("POST", `${accountUrl(email)}:disable`, {});
            await assert.rejects(idToken(audience, own), CredentialError);
        } finally {
            for (const [name, value] of before) {
                if (value === undefined) {
                    Reflect.deleteProperty(process.env, name);
                } else {
                    process.env[name] = value;
                }
            }
            await metadata.close();
        }
    });

    it("gcloud prints the token of the account that it is signed in with, until it signs out", async function () {
        const gcloud = promisify(execFile);
        const folder = mkdtempSync(path.join(tmpdir(), "gcloud-"));
        // What the sandbox says for programs without a sign-in of their own would come first.
        const entries = Object.entries({ ...process.env, ...world.env });
        const own = Object.fromEntries(entries.filter(([name]) => !name.startsWith("CLOUDSDK_AUTH")));
        const env = { ...own, CLOUDSDK_CONFIG: folder };
        try {
            const installed = await gcloud("gcloud", ["version"], { env }).then(
                () => true,
                () => false,
            );
            if (!installed) {
                return skip(this, "gcloud is not installed");
            }
            const email = await world.account("signed-in");
            const key = await world.admin("POST", `${accountUrl(email)}/keys`, {});
            const file = path.join(folder, "key.json");
            writeFileSync(file, Buffer.from(key["privateKeyData"] as string, "base64"));
            await gcloud("gcloud", ["auth", "activate-service-account", `--key-file=${file}`, "--quiet"], { env });
            const credentials = await createCredentials({ http: world.http, env, source: "gcloud" });
            assert.match(credentials.source.description, /development only/);
            const claims = claimsOf(await credentials.idToken(audience));
            assert.equal(claims?.["email"], email);
            assert.notEqual(claims["aud"], audience);
            await assert.rejects(credentials.idToken("123.apps.googleusercontent.com"), { code: "not-possible" });
            await gcloud("gcloud", ["auth", "revoke", email, "--quiet"], { env });
            const again = await createCredentials({ http: world.http, env, source: "gcloud" });
            await assert.rejects(again.idToken(audience), { code: "refused" });
        } finally {
            rmSync(folder, { recursive: true });
        }
    });

    it("a process with the sandbox's environment and nothing else gets them by proxy and authority", async () => {
        const main = path.resolve(__dirname, "../../cli/main.ts");
        const register = path.resolve(__dirname, "../../scripts/register.cjs");
        const args = ["--no-experimental-strip-types", "-r", register, main, "token"];
        const run = (...more: string[]) =>
            promisify(execFile)(process.execPath, [...args, "--audience", audience, ...more], {
                env: { ...process.env, ...world.env },
            });
        await world.grant(accountUrl(privileged), minter, owner);
        const { stdout, stderr } = await run("--as", privileged);
        assert.equal((JSON.parse(stdout) as { aud: string }).aud, audience);
        assert.match(
            stderr,
            /^the access token given.*is not set\n.*\nchosen: an access token \(GOOGLE_OAUTH_ACCESS_TOKEN\)/s,
        );
        const refused: unknown = await run().catch((error: unknown) => error);
        const { code, stderr: said } = refused as { code: number; stderr: string };
        assert.equal(code, 1);
        assert.match(said, /name a service account to act as/);
        assert.doesNotMatch(stdout + stderr + said, /eyJ|ya29/);
    });
});
