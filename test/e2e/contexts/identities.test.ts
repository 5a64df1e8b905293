import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { CallerIdentity, Ingress, InvokableJob, InvokableService, Platform } from "../../../index";
import { claimsOf } from "../../../credentials";
import { value } from "../../components/support/deploy";
import { deployProgram, type DeployedProgram } from "../protocols/deployed";

const location = "europe-west1";
const made: Record<string, CallerIdentity> = {};
let orders: InvokableService;
let report: InvokableJob;
const pod = { namespaceName: "shop", serviceAccountName: "web" };

function program(): Promise<Record<string, unknown>> {
    orders = new InvokableService("orders", { image: "demo/orders:1", location, ingress: Ingress.All });
    report = new InvokableJob("report", { image: "demo/report:1", location });
    for (const runsOn of [Platform.ComputeEngine, Platform.AppEngine, Platform.CloudBuild]) {
        made[runsOn] = new CallerIdentity(runsOn, { runsOn, invokes: { orders } });
    }
    made["kubernetes"] = new CallerIdentity("pods", {
        ...{ runsOn: Platform.Kubernetes, kubernetes: pod, invokes: { orders } },
    });
    made["direct"] = new CallerIdentity("direct", {
        ...{
            runsOn: Platform.Kubernetes,
            kubernetes: { ...pod, serviceAccountName: "cron", direct: true },
            invokes: { report },
        },
    });
    return Promise.resolve({});
}

describe("CallerIdentity", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    before(async () => {
        deployed = await deployProgram(program, [{ image: "demo/orders:*", handler: join(__dirname, "stock.cjs") }]);
        assert.equal(deployed.result, "succeeded", deployed.said);
    });
    after(() => deployed.close());

    interface Called {
        status: number;
        token?: string;
        email?: string;
        error?: string;
    }

    /** Runs code in a place, with the variables of the component. It asks the metadata server of that place for its token. */
    async function call(name: string, as: string, on: string, query = ""): Promise<Called> {
        const own = await deployed.world.sandbox.clientEnvironment({ as, on });
        const variables = await value(made[name]!.environment);
        const { stdout } = await promisify(execFile)(
            process.execPath,
            [join(__dirname, "metadata-client.cjs"), query],
            {
                env: { ...process.env, NODE_OPTIONS: "", ...own, ...variables },
            },
        );
        return JSON.parse(stdout) as Called;
    }
    const memberOf = async (name: string): Promise<string> =>
        `serviceAccount:${await value(made[name]!.serviceAccountEmail)}`;

    for (const on of ["compute-engine", "app-engine", "cloud-build"]) {
        it(`calls from ${on} as its own account, and not without the grant`, async () => {
            assert.equal((await call(on, await memberOf(on), on)).status, 200);
            const [grant] = deployed.specs.flatMap((spec) =>
                spec.probes.flatMap((probe) =>
                    spec.name === on && probe.kind === "policy" && probe.grant.role === "roles/run.invoker"
                        ? [probe.grant]
                        : [],
                ),
            );
            await deployed.without(grant!, async () => {
                assert.equal((await call(on, await memberOf(on), on)).status, 403);
                assert.equal((await deployed.check(on)).report.verdict, "failed");
            });
        });
    }

    it("has claims of the instance on Compute Engine, if they are asked for, and nowhere else", async () => {
        const claims = async (on: string, query: string) => {
            const { token = "" } = await call("compute-engine", await memberOf("compute-engine"), on, query);
            return claimsOf(token) as { google?: { compute_engine: Record<string, unknown> } };
        };
        const full = await claims("compute-engine", "&format=full&licenses=TRUE");
        assert.deepEqual(Object.keys(full.google?.compute_engine ?? {}).sort(), [
            ...["instance_creation_timestamp", "instance_id", "instance_name", "license_id", "project_id"],
            ...["project_number", "zone"],
        ]);
        assert.equal((await claims("compute-engine", "&format=full")).google?.compute_engine["license_id"], undefined);
        assert.equal((await claims("compute-engine", "")).google, undefined);
        assert.equal((await claims("app-engine", "&format=full&licenses=TRUE")).google, undefined);
    });

    it("lets pods with the service account of Kubernetes become the account, and no other pods", async () => {
        const account = await memberOf("kubernetes");
        assert.equal((await call("kubernetes", account, "kubernetes:shop/web")).status, 200);
        for (const other of ["kubernetes:shop/other", "kubernetes:other/web"]) {
            const { status, error = "" } = await call("kubernetes", account, other);
            assert.equal(status, 0);
            assert.match(error, /IAM returned 403 Forbidden: Permission 'iam\.serviceAccounts\.getOpenIdToken' denied/);
        }
    });

    it("lets a service account of Kubernetes run a job by its own access token, and has no ID token for it", async () => {
        const principal = "serviceAccount:demo.svc.id.goog[shop/cron]";
        const called = await call("direct", principal, "kubernetes:shop/cron");
        assert.equal(called.status, 200, JSON.stringify(called));
        assert.equal(called.email, "demo.svc.id.goog");
        const other = await call("direct", "serviceAccount:demo.svc.id.goog[shop/web]", "kubernetes:shop/web");
        assert.equal(other.status, 403);
        const asked = await call("direct", principal, "kubernetes:shop/cron", "id-token");
        assert.match(asked.error ?? "", /not linked/);
    });

    it("leaves nobody else who may call the service, and finds pods that somebody lets become the account", async () => {
        assert.match((await deployed.check("orders")).text, /who may call orders \(proven\)/);
        const email = await value(made["kubernetes"]!.serviceAccountEmail);
        const account = `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${email}`;
        const stranger = "serviceAccount:demo.svc.id.goog[eve/eve]";
        await deployed.world.grant(account, "roles/iam.workloadIdentityUser", stranger);
        const { text } = await deployed.check("orders");
        assert.match(text, /who may call orders \(violated\)[^]*stranger: demo\.svc\.id\.goog\[eve\/eve\]/);
        await deployed.world.revoke(account, "roles/iam.workloadIdentityUser", stranger);
    });

    it("says how the account is attached", async () => {
        const email = await value(made["kubernetes"]!.serviceAccountEmail);
        const annotation = `kubectl annotate serviceaccount web --namespace shop iam.gke.io/gcp-service-account=${email}`;
        assert.equal(await value(made["kubernetes"]!.attachCommand), annotation);
        assert.equal(await value(made["direct"]!.attachCommand), "");
        assert.match(await value(made["compute-engine"]!.attachCommand), /--service-account=\S+@demo\.iam/);
    });
});
