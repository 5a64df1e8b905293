import assert from "node:assert/strict";
import { join } from "node:path";
import { cloudrunv2, endpoints, serviceaccount } from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { ContinuousCheck, type EndpointsCheckArgs, Ingress, InvokableService, TokenMinter } from "../../../index";
import { specsOfState, verifySpecs } from "../../../smoke";
import { value } from "../../components/support/deploy";
import { deployProgram, type DeployedProgram } from "../protocols/deployed";

const location = "europe-west1";
const serviceName = "shop.endpoints.demo.cloud.goog";
const managed = `https://servicemanagement.googleapis.com/v1/services/${serviceName}`;
const audience = "https://shop.example.com";
const google = "https://accounts.google.com";
const KEYS = "https://www.googleapis.com/service_accounts/v1/metadata/x509";
const stranger = "user:stranger@example.com";
let orders: InvokableService;
let front: InvokableService;
let signer: serviceaccount.Account;

const documentFor = (backend: string, issuer: string) => {
    const operation = (operationId: string) => ({ operationId, responses: { "200": { description: "ok" } } });
    const keys = issuer === google ? "https://www.googleapis.com/oauth2/v3/certs" : `${KEYS}/${issuer}`;
    return {
        ...{ swagger: "2.0", info: { title: "shop", version: "1" }, host: serviceName },
        "x-google-backend": { address: backend },
        securityDefinitions: {
            caller: {
                ...{ type: "oauth2", authorizationUrl: "", flow: "implicit" },
                ...{ "x-google-issuer": issuer, "x-google-jwks_uri": keys, "x-google-audiences": audience },
            },
        },
        security: [{ caller: [] }] as object[],
        paths: {
            "/orders": { get: operation("orders") },
            "/public/{page}": { get: { ...operation("page"), security: [] } },
        },
    };
};

/** A proxy that is open at its own front door, and a check of it on a schedule. */
function program(
    requested: string,
    declared: Partial<EndpointsCheckArgs> = {},
    asTarget: (service: InvokableService) => ContinuousTarget = (service) => service,
    callers: string[] = [],
    readsProject = true,
) {
    return (): Promise<Record<string, unknown>> => {
        signer = new serviceaccount.Account("signer", { accountId: "signer" });
        const off = { smokeCheck: { enabled: false } };
        orders = new InvokableService("orders", { image: "demo/backend:1", location, ingress: Ingress.All, ...off });
        const issuer = pulumi.output(declared.issuers ?? [signer.email]).apply(([first = ""]) => first);
        const api = new endpoints.Service("shop", {
            serviceName,
            openapiConfig: pulumi.all([orders.url, issuer]).apply(([url, by]) => JSON.stringify(documentFor(url, by))),
        });
        front = new InvokableService("front", {
            ...{ image: "gcr.io/endpoints-release/endpoints-runtime-serverless:2", location, ingress: Ingress.All },
            ...{ invokes: { orders }, customAudiences: [audience] },
            env: { ENDPOINTS_SERVICE_NAME: api.serviceName },
            smokeCheck: {
                enabled: false,
                endpoints: {
                    ...{ issuers: [signer.email], audiences: [audience], open: ["GET /public/{page}"] },
                    ...{ path: "/orders", ...declared },
                },
            },
        });
        new endpoints.ServiceIamMember("front", {
            ...{ serviceName: api.serviceName, role: "roles/servicemanagement.serviceController" },
            member: front.member,
        });
        // What a component grants on the signer is declared.
        new TokenMinter("minter", { caller: "user:kim@example.com", privilegedAccount: signer.email, ...off });
        const open = new cloudrunv2.ServiceIamMember("open", {
            ...{ name: front.service.name, location, role: "roles/run.invoker", member: "allUsers" },
        });
        new ContinuousCheck(
            "pulse",
            {
                ...{ location, smokeCheck: { run: true }, readsProject },
                requests: { front: { target: asTarget(front), path: requested, callers } },
            },
            { dependsOn: open },
        );
        return Promise.resolve({});
    };
}

type ContinuousTarget = InvokableService | InvokableService["target"];

describe("a continuous check of a service that is ESPv2", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    before(async () => {
        deployed = await deployProgram(program("/public/hours"), [
            { image: "demo/backend:*", handler: join(__dirname, "backend.cjs") },
        ]);
        assert.equal(deployed.result, "succeeded", deployed.said);
    });
    after(() => deployed.close());

    /** What the workflow that checks ends with: nothing, or what failed. */
    async function failures(): Promise<string> {
        const { world, stack } = deployed;
        const { clock } = world.sandbox.cloud;
        const reports = await verifySpecs(specsOfState(stack.export()), {
            ...{ http: world.http, credentials: { env: world.env }, deadlineSeconds: 1200, only: "pulse → " },
            clock: {
                now: () => clock.now(),
                sleep: async (milliseconds) => {
                    clock.advance(milliseconds);
                    // What was sent needs a moment to arrive, and all of it happens in this process: a slow one is late here too.
                    await new Promise((done) => setTimeout(done, 10));
                },
            },
        });
        const probe = reports.flatMap(({ probes }) => probes).find(({ kind }) => kind === "workflow");
        assert.ok(probe);
        return probe.verdict === "passed" ? "" : (probe.diagnosis?.cause ?? "no cause").replaceAll("\\", "");
    }

    /** What the last result says that nothing looked at. */
    const notRead = (): Promise<string> => told("notRead");

    async function told(what: "notRead" | "unknown"): Promise<string> {
        const { entries = [] } = (await deployed.world.admin("POST", "https://logging.googleapis.com/v2/entries:list", {
            ...{ resourceNames: ["projects/demo"], filter: 'jsonPayload.check="pulse"' },
            ...{ orderBy: "timestamp desc", pageSize: 1 },
        })) as { entries?: { jsonPayload: Record<typeof what, string[]> }[] };
        return (entries[0]?.jsonPayload[what] ?? []).join("\n");
    }

    async function rollOut(document: object): Promise<void> {
        const fileContents = Buffer.from(JSON.stringify(document)).toString("base64");
        const { response } = await deployed.world.admin("POST", `${managed}/configs:submit`, {
            configSource: { files: [{ fileContents, filePath: "openapi.json", fileType: "OPEN_API_YAML" }] },
        });
        const { id } = (response as { serviceConfig: { id: string } }).serviceConfig;
        await deployed.world.admin("POST", `${managed}/rollouts`, {
            trafficPercentStrategy: { percentages: { [id]: 100 } },
        });
    }

    it("takes the open front door for right, and says that the document is not read", async () => {
        assert.equal(await failures(), "");
        assert.match(
            await notRead(),
            /^the document of Cloud Endpoints that front serves \(gcp-invoke verify reads it\)$/m,
        );
        assert.doesNotMatch(await notRead(), /what front denies/);
    });

    it("fails where the document lets in others, and passes after it is what it was", async () => {
        const own = documentFor(await value(orders.url), await value(signer.email));
        const byGoogle = documentFor(await value(orders.url), google);
        for (const [changed, said] of [
            [{ ...own, security: [] }, /a call without a token must be denied with \[401,401,401\]/],
            [byGoogle, /an? (token for another audience|ID token of Google's) must be denied with \[401,401,401\]/],
            [
                {
                    ...own,
                    securityDefinitions: { ...own.securityDefinitions, other: byGoogle.securityDefinitions.caller },
                    security: [{ caller: [] }, { other: [] }],
                },
                /must be denied with \[401,401,401\]/,
            ],
        ] as const) {
            await rollOut(changed);
            assert.match(await failures(), said);
            await rollOut(own);
            assert.equal(await failures(), "");
        }
    });

    it("fails where somebody else may change the service, or sign as the issuer by a role on the project", async () => {
        const { world } = deployed;
        const url = `https://run.googleapis.com/v2/${await value(front.service.id)}`;
        const project = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
        for (const [resource, role] of [
            [url, "roles/run.admin"],
            [project, "roles/iam.serviceAccountTokenCreator"],
        ] as const) {
            await world.grant(resource, role, stranger);
            assert.match(await failures(), new RegExp(`${role} ${stranger}`));
            await world.revoke(resource, role, stranger);
            assert.equal(await failures(), "");
        }
    });

    it("fails where somebody whom nobody declared has a role on the account that signs", async () => {
        const { world } = deployed;
        const account = `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${await value(signer.email)}`;
        for (const role of [
            ...[
                "roles/iam.serviceAccountTokenCreator",
                "roles/iam.serviceAccountKeyAdmin",
                "roles/iam.serviceAccountUser",
            ],
            ...["roles/iam.workloadIdentityUser", "roles/owner"],
        ]) {
            await world.grant(account, role, stranger);
            assert.match(await failures(), new RegExp(`front: nobody else signs.*signer@.*${role} ${stranger}`));
            await world.revoke(account, role, stranger);
            assert.equal(await failures(), "");
        }
        for (const role of ["roles/iam.serviceAccountViewer", "roles/iam.securityReviewer"]) {
            await world.grant(account, role, stranger);
            assert.equal(await failures(), "");
            await world.revoke(account, role, stranger);
        }
        await world.grant(account, "roles/iam.serviceAccountTokenCreator", stranger);
        assert.equal(await deployed.change(program("/public/hours", {}, undefined, [stranger])), "succeeded");
        assert.equal(await failures(), "");
        await world.revoke(account, "roles/iam.serviceAccountTokenCreator", stranger);
        await world.grant(account, "roles/iam.serviceAccountTokenCreator", "user:other@example.com");
        assert.match(await failures(), /serviceAccountTokenCreator user:other@example\.com/);
        await world.revoke(account, "roles/iam.serviceAccountTokenCreator", "user:other@example.com");
    });

    it("says what it may not read of the account that signs", async () => {
        assert.equal(await deployed.change(program("/public/hours", {}, undefined, [], false)), "succeeded");
        assert.equal(await failures(), "");
        assert.match(
            await told("unknown"),
            /^who may sign as signer@\S+, whose policy readsProject: true lets the check read/m,
        );
        assert.equal(await deployed.change(program("/public/hours")), "succeeded");
        assert.equal(await failures(), "");
        assert.doesNotMatch(await told("unknown"), /who may sign/);
    });

    it("refuses a request that the document never answers to it, and takes each that it does", async () => {
        assert.match(
            await deployed.change(program("/orders")),
            /requests\.front\.path: "\/orders" is answered to tokens of signer@\S+ alone, .* \(GET \/public\/\{page\}\)/,
        );
        assert.match(await deployed.change(program("/public/a/b")), /requests\.front\.path: .* is answered to tokens/);
        assert.equal(await deployed.change(program("/public/hours?day=1")), "succeeded");
        // The plain data of the component is the same target.
        assert.equal(await deployed.change(program("/public/hours", {}, ({ target }) => target)), "succeeded");
        assert.equal(await failures(), "");
    });

    it("tries nothing where no path is declared, and says so", async () => {
        assert.equal(await deployed.change(program("/public/hours", { path: undefined! })), "succeeded");
        await rollOut({ ...documentFor(await value(orders.url), await value(signer.email)), security: [] });
        assert.equal(await failures(), "");
        assert.match(await notRead(), /^what front denies \(smokeCheck: \{ endpoints: \{ path \} \}/m);
    });

    it("lets in accounts of Google's where the document does, and denies tokens for others", async () => {
        assert.equal(await deployed.change(program("/orders", { issuers: [google] })), "succeeded");
        await rollOut(documentFor(await value(orders.url), google));
        assert.equal(await failures(), "");
        const other = documentFor(await value(orders.url), google);
        const definition = {
            ...other.securityDefinitions.caller,
            "x-google-audiences": `${audience},https://denied.invalid`,
        };
        await rollOut({ ...other, security: [] });
        assert.match(await failures(), /a call without a token must be denied with \[401,401,401\]/);
        await rollOut({ ...other, securityDefinitions: { caller: definition } });
        assert.match(await failures(), /a token for another audience must be denied with \[403,403,403\]/);
    });
});
