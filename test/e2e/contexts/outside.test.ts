import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CredentialError, idToken } from "../../../credentials";
import { providerChanges } from "../../../cli/sandbox/mutate/settings";
import { FederatedCaller, type FederatedCallerArgs, Ingress, InvokableService } from "../../../index";
import { issueToken } from "../../../sandbox";
import { value } from "../../components/support/deploy";
import { certify, type Certified } from "../../support/certificates";
import { assertionOf, entityId, metadataOf, signed } from "../../support/saml";
import { deployProgram, type DeployedProgram } from "../protocols/deployed";

const location = "europe-west1";
const GITHUB = "https://token.actions.githubusercontent.com";
const made: Record<string, FederatedCaller> = {};
let orders: InvokableService;

/** Each platform. What those prove themselves with that have no issuer is tried elsewhere. */
const platforms: Record<string, Partial<FederatedCallerArgs>> = {
    github: { github: { repository: "acme/shop", ownerId: "7", gitRef: "refs/heads/main" } },
    azure: { oidc: { issuer: "https://sts.windows.net/tenant/", subject: "object", audiences: ["api://shop"] } },
    gitlab: {
        oidc: {
            issuer: "https://gitlab.com",
            subject: "project_path:acme/shop:ref_type:branch:ref:main",
            condition: 'assertion.namespace_id == "7"',
        },
    },
    aws: { aws: { accountId: "123456789012", role: "shop" } },
};

function program(): Promise<Record<string, unknown>> {
    orders = new InvokableService("orders", { image: "demo/orders:1", location, ingress: Ingress.All });
    for (const [name, args] of Object.entries(platforms)) {
        made[name] = new FederatedCaller(name, { invokes: { orders }, ...args });
    }
    return Promise.resolve({});
}

describe("FederatedCaller", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    let folder: string;
    let idp: Certified;
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "outside-"));
        const { pem } = await certify({ subject: "CN=root", ca: true });
        idp = await certify({ subject: "CN=idp" });
        platforms["saml"] = { saml: { metadata: metadataOf(idp), subject: "shop" } };
        platforms["x509"] = { x509: { trustAnchors: [pem], commonName: "shop" } };
        deployed = await deployProgram(program, [{ image: "demo/orders:*", handler: join(__dirname, "stock.cjs") }]);
        assert.equal(deployed.result, "succeeded", deployed.said);
    });
    after(async () => {
        await deployed.close();
        rmSync(folder, { recursive: true, force: true });
    });

    /** What the platform says of the caller, as its documentation has it. */
    const claims: Record<string, { iss: string; sub: string; [claim: string]: string }> = {
        github: {
            ...{ iss: GITHUB, sub: "repo:acme/shop:ref:refs/heads/main", repository: "acme/shop" },
            ...{ repository_owner_id: "7", ref: "refs/heads/main", environment: "production" },
        },
        azure: { iss: "https://sts.windows.net/tenant/", sub: "object", aud: "api://shop" },
        gitlab: {
            ...{ iss: "https://gitlab.com", sub: "project_path:acme/shop:ref_type:branch:ref:main", namespace_id: "7" },
        },
        saml: { iss: entityId, sub: "shop" },
    };

    /** What a platform gives the caller to prove itself, and of which type it is. */
    function credential(
        name: string,
        { iss, sub, aud, ...more }: Record<string, string>,
    ): [text: string, type: string] {
        if (name === "saml") {
            const assertion = assertionOf({ issuer: iss ?? "", subject: sub ?? "", audiences: [aud ?? ""] });
            return [Buffer.from(signed(assertion, idp)).toString("base64"), "saml2"];
        }
        return [issueToken(deployed.world.sandbox, { iss: iss ?? "", sub: sub ?? "", aud: aud ?? "", ...more }), "jwt"];
    }

    /** Calls the service by Google's library with the file that `gcloud iam workload-identity-pools create-cred-config` writes. */
    async function call(name: string, changed: Record<string, string> = {}): Promise<number> {
        const { world } = deployed;
        const provider = `//iam.googleapis.com/${await value(made[name]!.providerName)}`;
        const file = join(folder, "token");
        const [text, type] = credential(name, { aud: `https:${provider}`, ...claims[name]!, ...changed });
        writeFileSync(file, text);
        const account = await value(made[name]!.serviceAccountEmail);
        const credentials = JSON.stringify({
            ...{ type: "external_account", audience: provider, credential_source: { file } },
            subject_token_type: `urn:ietf:params:oauth:token-type:${type}`,
            token_url: "https://sts.googleapis.com/v1/token",
            service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${account}:generateAccessToken`,
        });
        const url = (await value(made[name]!.environment))["ORDERS_URL"]!;
        const env = { CLOUDSDK_CONFIG: folder, NO_GCE_CHECK: "true" };
        const token = await idToken(url, { http: world.http, env, credentials });
        return (await world.http.request({ url, headers: { authorization: `Bearer ${token}` } })).status;
    }

    for (const name of Object.keys(claims)) {
        it(`calls from ${name} as its own account, and not without each of its grants`, async () => {
            assert.equal(await call(name), 200);
            const grants = deployed.specs.flatMap((spec) =>
                spec.name === name
                    ? spec.probes.flatMap((probe) => (probe.kind === "policy" ? [probe.grant] : []))
                    : [],
            );
            assert.deepEqual(grants.map(({ role }) => role).sort(), [
                "roles/iam.workloadIdentityUser",
                "roles/run.invoker",
            ]);
            for (const grant of grants) {
                await deployed.without(grant, async () => {
                    const status = await call(name).catch((error: unknown) => (error as CredentialError).code);
                    assert.equal(status, grant.role === "roles/run.invoker" ? 403 : "missing-role");
                    assert.equal((await deployed.check(name)).report.verdict, "failed");
                });
            }
            assert.equal((await deployed.check(name)).report.verdict, "passed");
        });
    }

    const others: [who: string, name: string, changed: Record<string, string>][] = [
        ["another repository of the owner", "github", { repository: "acme/other" }],
        ["a repository of that name of another owner", "github", { repository_owner_id: "8" }],
        ["another branch", "github", { ref: "refs/heads/eve" }],
        ["another issuer", "github", { iss: "https://gitlab.com" }],
        ["another audience", "github", { aud: "https://github.com/acme" }],
        ["another workload of the tenant", "azure", { sub: "other" }],
        ["another tenant", "azure", { iss: "https://sts.windows.net/other/" }],
        ["a project of that path in another namespace", "gitlab", { namespace_id: "8" }],
        ["another subject", "saml", { sub: "other" }],
        ["another identity provider", "saml", { iss: "https://other.example.com" }],
        ["an assertion for another service", "saml", { aud: "https://other.example.com" }],
    ];
    for (const [who, name, changed] of others) {
        it(`refuses ${who} on ${name}`, async () => {
            await assert.rejects(call(name, changed), { code: "refused" });
        });
    }

    it("leaves nobody else who may call the service, not even by becoming one of the accounts", async () => {
        const { text } = await deployed.check("orders");
        assert.match(text, /who may call orders \(proven\)/);
    });

    it("has a condition on every provider, and a principal that is not all of the pool", async () => {
        for (const [name, { poolProvider, federatedMember }] of Object.entries(made)) {
            assert.match(String(await value(poolProvider.attributeCondition)), /== "/, name);
            assert.match(await value(federatedMember), /\/(subject|attribute\.\w+)\/./, name);
        }
    });

    it("is red if somebody changes in any way whose credentials its provider takes, and who they become", async () => {
        const { store } = deployed.world.sandbox.cloud;
        const providers = "iam.workloadIdentityPoolProviders";
        for (const [name, kept] of store.list(providers)) {
            const provider = kept as Record<string, unknown>;
            const [caller] = name.split("/").at(-1)!.split("-");
            const own = Object.keys(made).find((each) => name.includes(`/workloadIdentityPools/${each}-`));
            assert.ok(own !== undefined && caller !== undefined, name);
            const { attributeCondition: _, ...open } = provider;
            const fields = Object.keys(provider).filter((field) => /^(oidc|aws|saml|x509)$/.test(field));
            assert.equal(fields.length, 1);
            const changes = [{ what: "condition", value: open }, ...providerChanges(provider)];
            assert.ok(changes.length >= 3);
            for (const { what, value: changed } of changes) {
                store.put(providers, name, changed);
                const { report, text } = await deployed.check(own);
                assert.equal(report.verdict, "failed", `${what} of ${own}: ${text}`);
                assert.match(text, /alone is let in: the \S+ of \S+ is/, what);
            }
            store.put(providers, name, provider);
            assert.equal((await deployed.check(own)).report.verdict, "passed");
        }
    });
});
