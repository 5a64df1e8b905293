import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import {
    createCredentials,
    type CredentialError,
    type CredentialOptions,
    remoteKeys,
    verifyIdToken,
} from "../../credentials";
import { accountUrl, startSandboxed, type Sandboxed } from "../support/sandboxed";

const audience = "https://orders.example.com";
const owner = "user:owner@example.com";
const creator = "roles/iam.serviceAccountTokenCreator";

/** A source: where it is found, whose ID token it gives, and what is taken away for it to be refused. */
interface Source {
    what: string;
    options: (place: Place) => Promise<CredentialOptions>;
    /** As which account ID tokens are asked for, where the source has none of its own. */
    as?: "target";
    description: RegExp;
    refuse: (place: Place) => Promise<unknown>;
    code: CredentialError["code"];
}

interface Place {
    world: Sandboxed;
    folder: string;
    /** The account whose tokens are asked for. */
    target: string;
    /** A file with that content, in a folder of its own. */
    file(content: object, name?: string): string;
    /** Nothing of this machine's own. */
    env: NodeJS.ProcessEnv;
}

const user = ({ world }: Place, token?: string) => ({
    type: "authorized_user",
    ...{ client_id: "c", client_secret: "not-a-secret" },
    refresh_token: token ?? world.sandbox.cloud.tokens.mintRefreshToken({ kind: "user", email: "owner@example.com" }),
});
const impersonated = (target: string) =>
    `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${target}:generateAccessToken`;
const key = async ({ world, target }: Place): Promise<object> => {
    const made = await world.admin("POST", `${accountUrl(target)}/keys`, {});
    return JSON.parse(Buffer.from(made["privateKeyData"] as string, "base64").toString()) as object;
};
const ungrant = ({ world, target }: Place) => world.revoke(accountUrl(target), creator, owner);
const disable = ({ world, target }: Place) => world.admin("POST", `${accountUrl(target)}:disable`, {});

const sources: Source[] = [
    {
        what: "a key file named by GOOGLE_APPLICATION_CREDENTIALS",
        options: async (it) => ({ env: { ...it.env, GOOGLE_APPLICATION_CREDENTIALS: it.file(await key(it)) } }),
        description: /^the service account key of target@\S+ \(GOOGLE_APPLICATION_CREDENTIALS\)$/,
        refuse: disable,
        code: "refused",
    },
    {
        what: "a key in GOOGLE_CREDENTIALS, as the provider takes it",
        options: async (it) => ({ env: { ...it.env, GOOGLE_CREDENTIALS: JSON.stringify(await key(it)) } }),
        description: /^the service account key of target@\S+ \(GOOGLE_CREDENTIALS\)$/,
        refuse: disable,
        code: "refused",
    },
    {
        what: "a user's own login, as gcloud leaves it",
        options: async (it) => {
            const config = path.join(it.folder, "config");
            mkdirSync(config, { recursive: true });
            it.file(user(it), "config/application_default_credentials.json");
            return Promise.resolve({ env: { ...it.env, CLOUDSDK_CONFIG: config } });
        },
        as: "target",
        description: /^a user's own credentials \(gcloud's application default credentials\)$/,
        refuse: ungrant,
        code: "missing-role",
    },
    {
        what: "an impersonated login, as gcloud leaves it",
        options: async (it) => {
            const content = {
                type: "impersonated_service_account",
                service_account_impersonation_url: impersonated(it.target),
                source_credentials: user(it),
            };
            return Promise.resolve({ env: { ...it.env, GOOGLE_APPLICATION_CREDENTIALS: it.file(content) } });
        },
        description: /^target@\S+, impersonated by a user's own credentials/,
        refuse: ungrant,
        code: "missing-role",
    },
    {
        what: "an access token that acts as the account of the provider's config",
        options: async ({ world, env, target }) =>
            Promise.resolve({
                accessToken: world.env["GOOGLE_OAUTH_ACCESS_TOKEN"] ?? "",
                impersonateServiceAccount: target,
                env,
            }),
        description: /^target@\S+, impersonated by an access token \(the access token given/,
        refuse: ungrant,
        code: "missing-role",
    },
    {
        what: "an access token of the environment, and the account that the environment names",
        options: async ({ world, env, target }) =>
            Promise.resolve({
                env: {
                    ...env,
                    GOOGLE_OAUTH_ACCESS_TOKEN: world.env["GOOGLE_OAUTH_ACCESS_TOKEN"],
                    GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: target,
                },
            }),
        description: /^target@\S+, impersonated by an access token \(GOOGLE_OAUTH_ACCESS_TOKEN\)$/,
        refuse: ungrant,
        code: "missing-role",
    },
];

describe("each default source, by the real library against the sandbox", () => {
    let place: Place;
    beforeEach(async () => {
        const world = await startSandboxed({ propagationMilliseconds: 0 });
        const folder = mkdtempSync(path.join(tmpdir(), "sources-"));
        const target = await world.account("target");
        await world.grant(accountUrl(target), creator, owner);
        place = {
            ...{ world, folder, target },
            env: { CLOUDSDK_CONFIG: path.join(folder, "none"), NO_GCE_CHECK: "true", PATH: "" },
            file(content, name = "credentials.json") {
                const where = path.join(folder, name);
                writeFileSync(where, JSON.stringify(content));
                return where;
            },
        };
    });
    afterEach(async () => {
        await place.world.close();
        rmSync(place.folder, { recursive: true });
    });

    for (const { what, options, as, description, refuse, code } of sources) {
        it(`${what}: tokens that Google's keys verify, and a refusal that says why`, async () => {
            const { world, target } = place;
            const own = { http: world.http, ...(await options(place)) };
            const keys = remoteKeys("https://www.googleapis.com/oauth2/v3/certs", world.http);
            const asked = as === undefined ? {} : { as: target };
            const credentials = await createCredentials(own);
            assert.match(credentials.source.description, description);
            const claims = await verifyIdToken(await credentials.idToken(audience, asked), {
                ...{ audience, emails: [target], keys },
            });
            assert.equal(claims.email, target);
            const projects = "https://cloudresourcemanager.googleapis.com/v1/projects/demo:testIamPermissions";
            const seen = await world.http.request({
                ...{ method: "POST", url: projects, body: JSON.stringify({ permissions: ["run.routes.invoke"] }) },
                headers: {
                    authorization: `Bearer ${await credentials.accessToken()}`,
                    "content-type": "application/json",
                },
            });
            assert.equal(seen.status, 200);

            await refuse(place);
            const again = await createCredentials(own);
            await assert.rejects(again.idToken(audience, asked), (error: CredentialError) => {
                assert.equal(error.code, code, error.message);
                if (code === "missing-role") {
                    assert.match(error.message, new RegExp(`^${owner} lacks .* on ${target}`));
                }
                assert.doesNotMatch(`${error.message} ${error.stack ?? ""}`, /eyJ|ya29|PRIVATE/);
                return true;
            });
        });
    }

    it("a user's own login has no ID token for an audience, and is refused once it was revoked", async () => {
        const { world, env } = place;
        const options = (token?: string) => ({
            ...{ http: world.http, env },
            credentials: place.file(user(place, token)),
        });
        await assert.rejects((await createCredentials(options())).idToken(audience), { code: "not-possible" });
        const revoked = await createCredentials(options("1//revoked-refresh-token-of-a-user"));
        await assert.rejects(revoked.accessToken(), (error: CredentialError) => {
            assert.equal(error.code, "refused");
            assert.doesNotMatch(error.message, /revoked-refresh/);
            return true;
        });
    });
});
