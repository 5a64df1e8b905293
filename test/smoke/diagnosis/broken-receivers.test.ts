import assert from "node:assert/strict";
import { registerIngress } from "../../../sandbox/ingress";
import { formatReport, runSmokeCheck, type GrantRef, type Probe, type RequestProbe } from "../../../smoke";
import { accountUrl, startSandboxed, type Sandboxed } from "../../support/sandboxed";
import { healthy, invoker, minter, owner } from "../deployment";

const region = "projects/demo/locations/europe-west1";
const functionUrl = "https://europe-west1-demo.cloudfunctions.net/price";
const functionResource = `https://cloudfunctions.googleapis.com/v1/${region}/functions/price`;
const functionInvoker = "roles/cloudfunctions.invoker";
const app = `https://run.googleapis.com/v2/${region}/services/app`;
const iap = "https://iap.googleapis.com/v1/projects/demo/iap_web/cloud_run-europe-west1/services/app";
const accessor = "roles/iap.httpsResourceAccessor";
const client = "123.apps.googleusercontent.com";

describe("a check of functions, of IAP, and with APIs that are disabled", () => {
    let world: Sandboxed;
    let prober: string;
    let member: string;
    let appUrl: string;
    before(async () => {
        world = await startSandboxed({ propagationMilliseconds: 0 });
        const { cloud } = world.sandbox;
        registerIngress(cloud, (_, request, response) => healthy(request, response));
        prober = await world.account("prober");
        member = `serviceAccount:${prober}`;
        await world.grant(accountUrl(prober), minter, owner);
        for (const name of ["price", "stock"]) {
            await world.admin("POST", `https://cloudfunctions.googleapis.com/v1/${region}/functions`, {
                name: `${region}/functions/${name}`,
                runtime: "nodejs22",
                entryPoint: "answer",
                httpsTrigger: {},
                sourceArchiveUrl: "gs://sources/x.zip",
                serviceAccountEmail: prober,
            });
        }
        await world.grant(functionResource, functionInvoker, member);
        const template = { containers: [{ image: "demo/app:1" }] };
        await world.admin("POST", app.replace(/\/app$/, "?serviceId=app"), { template, iapEnabled: true });
        appUrl = String((await world.admin("GET", app))["uri"]);
        const number = /-(\d+)\./.exec(((await world.admin("GET", app))["urls"] as string[])[0] ?? "")?.[1] ?? "";
        await world.grant(app, invoker, `serviceAccount:service-${number}@gcp-sa-iap.iam.gserviceaccount.com`);
        await world.admin("PATCH", `${iap}:iapSettings`, {
            accessSettings: { oauthSettings: { programmaticClients: [client] } },
        });
        await access(member);
    });
    after(() => world.close());

    const access = (...members: string[]) =>
        world.admin("POST", `${iap}:setIamPolicy`, { policy: { bindings: [{ role: accessor, members }] } });
    const check = async (probe: Probe, deadlineSeconds = 20) => {
        const { clock } = world.sandbox.cloud;
        const report = await runSmokeCheck(
            { version: 1, name: "callers", project: "demo", fingerprint: {}, probes: [probe] },
            {
                http: world.http,
                credentials: { env: world.env },
                deadlineSeconds,
                clock: {
                    now: () => clock.now(),
                    sleep: (ms) => {
                        clock.advance(ms);
                        return Promise.resolve();
                    },
                },
            },
        );
        const [{ verdict, diagnosis } = { verdict: "absent", diagnosis: undefined }] = report.probes;
        return { verdict, ...diagnosis, text: formatReport(report) };
    };
    const request = (url: string, audience: string, grant: Omit<GrantRef, "member">): RequestProbe => ({
        kind: "request",
        name: "probe",
        url,
        credential: { kind: "idToken", serviceAccount: prober, audience },
        outcome: "allowed",
        grants: [{ ...grant, member }],
    });
    const price = (audience = functionUrl) =>
        request(`${functionUrl}/of/7`, audience, { role: functionInvoker, resource: functionResource, label: "price" });
    const erp = (audience = client) => request(appUrl, audience, { role: accessor, resource: iap, label: "app" });

    it("is green at a function, and names the role that it needs if another was granted", async () => {
        assert.equal((await check(price())).verdict, "passed");
        await world.revoke(functionResource, functionInvoker, member);
        const missing = await check(price());
        assert.deepEqual([missing.verdict, missing.code], ["failed", "grant-missing"], missing.text);
        assert.match(missing.cause ?? "", /lacks cloudfunctions\.functions\.invoke on price/);
        assert.match(missing.fix ?? "", /^gcloud functions add-iam-policy-binding price --region=europe-west1/);
        await world.grant(functionResource, "roles/cloudfunctions.viewer", member);
        const wrong = await check(price());
        assert.equal(wrong.code, "wrong-role", wrong.text);
        assert.match(wrong.cause ?? "", /it has roles\/cloudfunctions\.viewer there, which does not suffice/);
        await world.grant(functionResource, functionInvoker, member);
        assert.equal((await check(price())).verdict, "passed");
    });

    it("names a function's audience, and sends no token that another function on its host would accept", async () => {
        const origin = new URL(functionUrl).origin;
        const root = await check(price(origin));
        assert.equal(root.code, "wrong-audience", root.text);
        assert.match(root.cause ?? "", new RegExp(`the service accepts ${functionUrl}`));
        const other = await check(price(`${origin}/stock`));
        assert.match(other.cause ?? "", /not shown to it, because it could be used elsewhere/);
        await assert.rejects(
            check({ ...price(`${origin}/stock`), outcome: "denied" }),
            /denied probe "probe" would send a token for \S+\/stock/,
        );
    });

    it("is green at IAP, and names the client ID and the role that it needs", async () => {
        const green = await check(erp());
        assert.equal(green.verdict, "passed", green.text);
        const wrong = await check(erp("999.apps.googleusercontent.com"));
        assert.deepEqual([wrong.verdict, wrong.code], ["failed", "wrong-audience"], wrong.text);
        assert.match(wrong.cause ?? "", /^401 by IAP: audience was 999\.apps\.googleusercontent\.com, \S+ accepts \S+/);
        await access("user:ann@example.com");
        const refused = await check(erp());
        assert.equal(refused.code, "grant-missing", refused.text);
        assert.match(refused.cause ?? "", /lacks iap\.webServiceVersions\.accessViaIAP on app/);
        assert.match(
            refused.fix ?? "",
            /^gcloud iap web add-iam-policy-binding --resource-type=cloud-run --service=app/,
        );
        await access(member);
        assert.equal((await check(erp())).verdict, "passed");
    });

    it("counts IAP's sign-in page as a denial, and does not take the application for an open one", async () => {
        const anonymous: RequestProbe = {
            kind: "request",
            name: "anonymous",
            url: appUrl,
            credential: { kind: "none" },
            outcome: "denied",
            deniedStatus: [302, 401],
        };
        assert.equal((await check(anonymous)).verdict, "passed");
        assert.equal((await check({ ...anonymous, outcome: "allowed" })).code, "iap-sign-in");
    });

    it("names the secret that a workflow may not read, until it may", async () => {
        const secret = "https://secretmanager.googleapis.com/v1/projects/demo/secrets/key";
        const role = "roles/secretmanager.secretAccessor";
        const replication = { automatic: {} };
        await world.admin("POST", secret.replace(/\/key$/, "?secretId=key"), { replication });
        await world.admin("POST", `${secret}:addVersion`, { payload: { data: "c2VjcmV0" } });
        const sourceContents = `main:
  steps:
    - key:
        call: http.get
        args:
          url: ${secret}/versions/latest:access
          auth: {type: OAuth2}
    - done:
        return: ok
`;
        const workflow = `${region}/workflows/reader`;
        const url = `https://workflows.googleapis.com/v1/${workflow}`;
        await world.admin("POST", url.replace(/\/reader$/, "?workflowId=reader"), {
            serviceAccount: prober,
            sourceContents,
        });
        const grants = [{ member, role, resource: secret, label: "key" }];
        const probe: Probe = { kind: "workflow", name: "reader", workflow, grants };
        const refused = await check(probe);
        assert.deepEqual([refused.verdict, refused.code], ["failed", "grant-missing"], refused.text);
        assert.match(
            refused.cause ?? "",
            /^step "key" \(main, line \d+\): 403: \S+ lacks secretmanager\.versions\.access/,
        );
        assert.match(refused.fix ?? "", /^gcloud secrets add-iam-policy-binding key --project=demo/);
        await world.grant(secret, role, member);
        const green = await check(probe);
        assert.equal(green.verdict, "passed", green.text);
    });

    for (const [api, probe, verdict] of [
        ["iamcredentials.googleapis.com", () => price(), "not-tried"],
        [
            "workflowexecutions.googleapis.com",
            (): Probe => ({ kind: "workflow", name: "probe", workflow: `${region}/workflows/fulfil` }),
            "failed",
        ],
        [
            "cloudscheduler.googleapis.com",
            (): Probe => ({ kind: "schedule", name: "probe", job: `${region}/jobs/nightly` }),
            "failed",
        ],
    ] as const) {
        it(`names ${api} if it is disabled`, async () => {
            const services = `https://serviceusage.googleapis.com/v1/projects/demo/services/${api}`;
            await world.admin("POST", `${services}:disable`, {});
            try {
                const found = await check(probe());
                assert.deepEqual([found.verdict, found.code], [verdict, "api-disabled"], found.text);
                assert.match(found.fix ?? "", new RegExp(`^gcloud services enable ${api}`));
            } finally {
                await world.admin("POST", `${services}:enable`, {});
            }
        });
    }
});
