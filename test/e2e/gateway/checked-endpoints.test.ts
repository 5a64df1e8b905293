import assert from "node:assert/strict";
import { join } from "node:path";
import { cloudrunv2, endpoints, serviceaccount } from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { documentChanges } from "../../../cli/sandbox/mutate/settings";
import { deployer, Ingress, InvokableService, type EndpointsCheckArgs } from "../../../index";
import { formatReport, type RequestProbe, type SmokeSpec, verifySpecs } from "../../../smoke";
import { value } from "../../components/support/deploy";
import { accountUrl } from "../../support/sandboxed";
import { deployProgram, type DeployedProgram } from "../protocols/deployed";

const location = "europe-west1";
const image = "gcr.io/endpoints-release/endpoints-runtime-serverless:2";
const off = { smokeCheck: { enabled: false } };
const serviceName = "shop.endpoints.demo.cloud.goog";
const managed = `https://servicemanagement.googleapis.com/v1/services/${serviceName}`;
const audience = "https://shop.example.com";
const google = {
    "x-google-issuer": "https://accounts.google.com",
    "x-google-jwks_uri": "https://www.googleapis.com/oauth2/v3/certs",
};
const KEYS = "https://www.googleapis.com/service_accounts/v1/metadata/x509";
let orders: InvokableService;
let front: InvokableService;
let signer: serviceaccount.Account;

const documentFor = (backend: string, email: string) => ({
    swagger: "2.0",
    info: { title: "shop", version: "1" },
    host: serviceName,
    "x-google-backend": { address: backend },
    securityDefinitions: {
        caller: {
            ...{ type: "oauth2", authorizationUrl: "", flow: "implicit" },
            ...{ "x-google-issuer": email, "x-google-jwks_uri": `${KEYS}/${email}`, "x-google-audiences": audience },
        },
    },
    security: [{ caller: [] }] as object[],
    paths: {
        "/orders/{order}": {
            get: {
                operationId: "order",
                parameters: [{ name: "order", in: "path", required: true, type: "string" }],
                responses: { "200": { description: "ok" } },
            },
        },
        "/healthz": { get: { operationId: "healthz", security: [], responses: { "200": { description: "ok" } } } },
    } as Record<string, Record<string, object>>,
});

function program(env: Record<string, string> = {}, check?: Partial<EndpointsCheckArgs> | false) {
    return (): Promise<Record<string, unknown>> => {
        signer = new serviceaccount.Account("signer", { accountId: "signer" });
        orders = new InvokableService("orders", { image: "demo/backend:1", location, ingress: Ingress.All, ...off });
        const api = new endpoints.Service("shop", {
            serviceName,
            openapiConfig: pulumi
                .all([orders.url, signer.email])
                .apply(([url, email]) => JSON.stringify(documentFor(url, email))),
        });
        front = new InvokableService("front", {
            ...{ image, location, ingress: Ingress.All, invokes: { orders } },
            env: { ENDPOINTS_SERVICE_NAME: api.serviceName, ...env },
            smokeCheck:
                check === false
                    ? { enabled: false }
                    : {
                          endpoints: {
                              ...{ issuers: [signer.email], audiences: [audience], open: ["GET /healthz"] },
                              path: "/orders/7",
                              ...check,
                          },
                          probeMinters: [deployer()],
                      },
        });
        new endpoints.ServiceIamMember("front", {
            serviceName: api.serviceName,
            role: "roles/servicemanagement.serviceController",
            member: front.member,
        });
        new cloudrunv2.ServiceIamMember("open", {
            ...{ name: front.service.name, location, role: "roles/run.invoker", member: "allUsers" },
        });
        return Promise.resolve({});
    };
}

describe("the check of a service that is ESPv2", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    let own: ReturnType<typeof documentFor>;
    before(async () => {
        deployed = await deployProgram(program(), [
            { image: "demo/backend:*", handler: join(__dirname, "backend.cjs") },
        ]);
        assert.equal(deployed.result, "succeeded", deployed.said);
        own = documentFor(await value(orders.url), await value(signer.email));
    });
    after(() => deployed.close());

    /** Sends a document, and returns the ID of its configuration. */
    async function submit(document: object): Promise<string> {
        const fileContents = Buffer.from(JSON.stringify(document)).toString("base64");
        const { response } = await deployed.world.admin("POST", `${managed}/configs:submit`, {
            configSource: { files: [{ fileContents, filePath: "openapi.json", fileType: "OPEN_API_YAML" }] },
        });
        return (response as { serviceConfig: { id: string } }).serviceConfig.id;
    }

    const rollOut = (percentages: Record<string, number>) =>
        deployed.world.admin("POST", `${managed}/rollouts`, { trafficPercentStrategy: { percentages } });

    const current = async (): Promise<string> => String((await deployed.world.admin("GET", `${managed}/config`))["id"]);

    /** What the proxy answers to a token that is signed here, with claims and the account whose key signs it. */
    async function asked(claims: object, by = "signer"): Promise<number> {
        return (await sent(await signed(claims, by))).status;
    }

    async function signed(claims: object, by: string): Promise<string> {
        const { world } = deployed;
        const email = `${by}@demo.iam.gserviceaccount.com`;
        const now = Math.floor(world.sandbox.cloud.clock.now() / 1000);
        const payload = { iss: email, sub: email, aud: audience, iat: now, exp: now + 600, ...claims };
        const url = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email}:signJwt`;
        const { signedJwt } = await world.admin("POST", url, { payload: JSON.stringify(payload) });
        return String(signedJwt);
    }

    const sent = async (token: string) =>
        deployed.world.http.request({
            url: `${await value(front.url)}/orders/7`,
            headers: { authorization: `Bearer ${token}` },
        });

    /** The check without its requests. */
    const documentAlone = (): SmokeSpec[] =>
        deployed.specs
            .filter(({ name }) => name === "front")
            .map((spec) => ({ ...spec, probes: spec.probes.filter(({ kind }) => kind === "endpoints") }));

    it("proves what the document lets in and denies", async () => {
        const verdicts = await deployed.verdicts("front");
        assert.deepEqual(
            Object.entries(verdicts).filter(([, verdict]) => verdict !== "passed"),
            [],
        );
        for (const name of [
            "front lets in what its document names",
            "anonymous → front",
            "broken token → front",
            "token for another audience → front",
            "account without grant → front",
        ]) {
            assert.equal(verdicts[name], "passed", name);
        }
    });

    it("says who else may sign as the issuer, because those may call", async () => {
        const { world } = deployed;
        const account = accountUrl(await value(signer.email));
        const name = `nobody else → tokens of ${await value(signer.email)}`;
        const visitor = await world.account("visitor");
        const stranger = `serviceAccount:${visitor}`;
        assert.equal((await deployed.verdicts("front"))[name], "passed");
        await world.grant(account, "roles/iam.serviceAccountTokenCreator", stranger);
        const { text } = await deployed.check("front");
        assert.match(text, /visitor@demo\.iam\.gserviceaccount\.com/);
        assert.notEqual((await deployed.verdicts("front"))[name], "passed");
        await world.revoke(account, "roles/iam.serviceAccountTokenCreator", stranger);
        assert.equal((await deployed.verdicts("front"))[name], "passed");
    });

    it("agrees with the proxy, which takes the tokens of the named issuer and no others", async () => {
        const { world } = deployed;
        const stranger = await world.account("stranger");
        const owner = world.sandbox.cloud.settings.owner;
        for (const account of [stranger, await value(signer.email)]) {
            await world.grant(accountUrl(account), "roles/iam.serviceAccountTokenCreator", owner);
        }
        const email = await value(signer.email);
        assert.equal(await asked({}), 200);
        assert.equal(await asked({ aud: `https://${serviceName}` }), 200);
        assert.equal(await asked({ aud: "https://elsewhere.example.com" }), 403);
        assert.equal(await asked({}, "stranger"), 401);
        // In the name of the signer, by the key of another.
        assert.equal(await asked({ iss: email, sub: email }, "stranger"), 401);
        const token = await signed({}, "signer");
        assert.equal((await sent(token)).status, 200);
        world.sandbox.cloud.clock.advance(700_000);
        const expired = await sent(token);
        assert.deepEqual([expired.status, JSON.parse(expired.body)], [401, { code: 401, message: "Jwt is expired" }]);
        const plain = await world.http.request({ url: `${await value(front.url)}/healthz` });
        assert.equal(plain.status, 200);
        assert.equal((await world.http.request({ url: `${await value(front.url)}/orders/7` })).status, 401);
    });

    it("is red for each other document that somebody rolls out, and green again after a rollback", async () => {
        const declared = await current();
        const { caller } = own.securityDefinitions;
        const operation = own.paths["/orders/{order}"]!["get"]!;
        const others: [string, object, RegExp][] = [
            ["open", { security: [] }, /asks for no token at GET \/orders\/\{order\}/],
            ["optional", { security: [{ caller: [] }, {}] }, /asks for no token at GET \/orders/],
            [
                "one more open path",
                { paths: { ...own.paths, "/admin": { post: { ...operation, operationId: "admin", security: [] } } } },
                /asks for no token at POST \/admin/,
            ],
            [
                "issuer",
                { securityDefinitions: { caller: { ...caller, ...google } } },
                /takes tokens of https:\/\/accounts\.google\.com, and takes no tokens of signer@/,
            ],
            [
                "one more issuer",
                {
                    securityDefinitions: { ...own.securityDefinitions, other: { ...caller, ...google } },
                    security: [{ caller: [] }, { other: [] }],
                },
                /takes tokens of https:\/\/accounts/,
            ],
            [
                "audience",
                { securityDefinitions: { caller: { ...caller, "x-google-audiences": `${audience}, https://a.b` } } },
                /takes tokens for https:\/\/a\.b/,
            ],
            [
                "backend",
                { "x-google-backend": { address: "https://elsewhere-abc-ew.a.run.app" } },
                /sends tokens for https:\/\/elsewhere\S+, and sends requests to https:\/\/elsewhere/,
            ],
            [
                "token for another backend",
                { "x-google-backend": { ...own["x-google-backend"], jwt_audience: "https://elsewhere.example.com" } },
                /sends tokens for https:\/\/elsewhere/,
            ],
        ];
        for (const [what, changes, said] of others) {
            await rollOut({ [await submit({ ...own, ...changes })]: 100 });
            const { report, text } = await deployed.check("front");
            assert.equal(report.verdict, "failed", what);
            assert.match(text, said, what);
        }
        const bad = await current();
        await rollOut({ [declared]: 100 });
        assert.equal((await deployed.check("front")).report.verdict, "passed");
        // A split is judged by all of its configurations, also by one that ESPv2 does not serve yet.
        await rollOut({ [declared]: 90, [bad]: 10 });
        assert.match((await deployed.check("front")).text, /sends tokens for https:\/\/elsewhere/);
        assert.equal(await asked({}), 200);
        const open = await submit({ ...own, security: [] });
        await rollOut({ [declared]: 40, [open]: 60 });
        assert.equal((await deployed.world.http.request({ url: `${await value(front.url)}/orders/7` })).status, 200);
        assert.match((await deployed.check("front")).text, /asks for no token at GET \/orders/);
        await rollOut({ [declared]: 100 });
        assert.equal((await deployed.check("front")).report.verdict, "passed");
    });

    it("takes no rollout whose shares are not those of its configurations", async () => {
        const id = await current();
        for (const [percentages, said] of [
            [{ [id]: 99 }, /add up to 100/],
            [{}, /add up to 100/],
            [{ [id]: 100, none: 0 }, /no configuration none/],
            [{ "2000-01-01r0": 100 }, /no configuration 2000-01-01r0/],
        ] as const) {
            await assert.rejects(rollOut(percentages), said);
        }
        const { rollouts } = await deployed.world.admin("GET", `${managed}/rollouts?filter=status=SUCCESS&pageSize=1`);
        assert.equal((rollouts as object[]).length, 1);
        assert.deepEqual(await deployed.world.admin("GET", `${managed}/rollouts?filter=status=FAILED`), {
            rollouts: [],
        });
        const full = await deployed.world.admin("GET", `${managed}/configs/${id}?view=FULL`);
        assert.match(JSON.stringify(full["sourceInfo"]), /"fileType":"OPEN_API_YAML"/);
        assert.equal((await deployed.world.admin("GET", `${managed}/configs/${id}`))["sourceInfo"], undefined);
    });

    it("reads of each mutant of its document what is changed", async () => {
        const { store } = deployed.world.sandbox.cloud;
        const id = await current();
        const kept = store.get("servicemanagement.services", serviceName) as { documents: Record<string, string> };
        for (const { what, contents } of documentChanges(kept.documents[id]!)) {
            store.put("servicemanagement.services", serviceName, {
                ...kept,
                documents: { ...kept.documents, [id]: contents },
            });
            assert.equal((await deployed.check("front")).report.verdict, "failed", what);
        }
        store.put("servicemanagement.services", serviceName, kept);
        assert.equal((await deployed.check("front")).report.verdict, "passed");
    });

    it("says which permission it lacks, and takes no configuration for right that it may not read", async () => {
        const { sandbox, http } = deployed.world;
        const auditor = "user:auditor@example.com";
        const project = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
        await deployed.world.grant(project, "roles/run.viewer", auditor);
        const read = async (): Promise<string> => {
            const specs = documentAlone();
            const credentials = { env: sandbox.environment(auditor) };
            const [report] = await verifySpecs(specs, { http, credentials, deadlineSeconds: 5 });
            return `${report?.probes[0]?.verdict ?? ""}\n${report ? formatReport(report) : ""}`;
        };
        assert.match(
            await read(),
            /^not-tried[^]*403; the check needs servicemanagement\.services\.get on shop\.endpoints\.demo\.cloud\.goog/,
        );
        await deployed.world.admin("POST", `${managed}:getIamPolicy`, {});
        const { bindings = [], ...policy } = (await deployed.world.admin("POST", `${managed}:getIamPolicy`, {})) as {
            bindings?: object[];
        };
        const wider = [...bindings, { role: "roles/servicemanagement.serviceController", members: [auditor] }];
        await deployed.world.admin("POST", `${managed}:setIamPolicy`, { policy: { ...policy, bindings: wider } });
        assert.match(await read(), /^passed/);
    });

    it("says in the words of the proxy why it refuses a token, and where the proxy is open", async () => {
        const url = `${await value(front.url)}/orders/7`;
        const resource = `https://run.googleapis.com/v2/${await value(front.service.id)}`;
        const accounts = (await deployed.world.admin(
            "GET",
            "https://iam.googleapis.com/v1/projects/demo/serviceAccounts",
        )) as {
            accounts: { email: string }[];
        };
        const serviceAccount = accounts.accounts.find(({ email }) => email.startsWith("front-stranger"))!.email;
        const spec = deployed.specs.find(({ name }) => name === "front")!;
        const asking = async (change: Partial<RequestProbe>): Promise<string> => {
            const probe: RequestProbe = {
                ...{ kind: "request", name: "asked", url, resource, outcome: "allowed", deniedStatus: [401] },
                credential: { kind: "idToken", serviceAccount, audience },
                ...change,
            };
            return (await deployed.check("front", [{ ...spec, probes: [probe] }])).text;
        };
        assert.match(await asking({}), /401 by the gateway: "Jwt issuer is not configured"/);
        const health = `${await value(front.url)}/healthz`;
        const denied = { outcome: "denied", credential: { kind: "none" } } as const;
        assert.match(await asking({ ...denied, url: health }), /its document asks for no token at GET \/healthz/);
        assert.doesNotMatch(await asking(denied), /asks for no token/);
    });

    it("is red for an open configuration that only the address of a tag serves", async () => {
        const { world } = deployed;
        const resource = `https://run.googleapis.com/v2/${await value(front.service.id)}`;
        const before = (await world.admin("GET", resource)) as {
            latestReadyRevision: string;
            template: { containers: [{ env: object[] }] };
        };
        const open = await submit({ ...own, security: [] });
        const [container] = before.template.containers;
        const env = [...container.env, { name: "ENDPOINTS_SERVICE_VERSION", value: open }];
        const revision = before.latestReadyRevision.split("/").at(-1);
        await world.admin("PATCH", `${resource}?updateMask=template,traffic`, {
            template: { ...before.template, revision: "", containers: [{ ...container, env }] },
            traffic: [
                { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision, percent: 100 },
                { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", tag: "next" },
            ],
        });
        const root = await value(front.url);
        const get = async (url: string): Promise<number> =>
            (await world.http.request({ url: `${url}/orders/7` })).status;
        assert.equal(await get(root), 401);
        assert.equal(await get(root.replace("https://", "https://next---")), 200);
        assert.match((await deployed.check("front", documentAlone())).text, /asks for no token at GET \/orders/);
        await world.admin("PATCH", `${resource}?updateMask=template,traffic`, {
            template: { ...before.template, revision: "" },
            traffic: [],
        });
        assert.equal((await deployed.check("front", documentAlone())).report.verdict, "passed");
    });

    it("reads the configuration that is fixed, and says where nothing tells which one is served", async () => {
        const declared = await current();
        const open = await submit({ ...own, security: [] });
        const checked = async (env: Record<string, string>): Promise<string> => {
            assert.equal(await deployed.change(program(env, false)), "succeeded");
            return (await deployed.check("front", documentAlone())).text;
        };
        assert.match(await checked({ ENDPOINTS_SERVICE_VERSION: open }), /asks for no token at GET \/orders/);
        assert.doesNotMatch(await checked({ ENDPOINTS_SERVICE_VERSION: declared }), /asks for no token|not tried/);
        assert.match(await checked({ ESPv2_ARGS: "--service_json_path=/a.json" }), /not known: --service_json_path/);
        assert.match(
            await checked({ ENDPOINTS_SERVICE_VERSION: "2000-01-01r9" }),
            /2000-01-01r9 .*could not be read: 404/,
        );
    });
});
