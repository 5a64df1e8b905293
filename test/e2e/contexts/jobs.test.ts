import assert from "node:assert/strict";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedSchedule, AuthenticatedWorkflow, Ingress, InvokableJob, InvokableService } from "../../../index";
import type { GrantRef } from "../../../smoke";
import { value } from "../../components/support/deploy";
import { deployProgram, type DeployedProgram } from "../protocols/deployed";

const location = "europe-west1";
const executions = "https://workflowexecutions.googleapis.com/v1";
const made: Record<string, InvokableJob> = {};
const flows: Record<string, AuthenticatedWorkflow> = {};

const runUrl = '${sys.get_env("REPORT_URL") + ":run"}';
/** What a workflow can write to run a job. None of them has auth. */
const calls: Record<string, string> = {
    url: `call: http.post\n        args:\n          url: ${runUrl}`,
    connector: `call: googleapis.run.v2.projects.locations.jobs.run\n        args:\n          name: \${sys.get_env("REPORT_JOB")}\n          connector_params: {skip_polling: true}`,
    first: `call: googleapis.run.v1.namespaces.jobs.run\n        args:\n          name: \${"namespaces/" + sys.get_env("GOOGLE_CLOUD_PROJECT_ID") + "/jobs/report"}\n          location: europe-west1\n          connector_params: {skip_polling: true}`,
    overriding: `call: http.post\n        args:\n          url: ${runUrl}\n          body: {overrides: {containerOverrides: [{args: [again]}]}}`,
};

function program(): Promise<Record<string, unknown>> {
    const stock = new InvokableService("stock", { image: "demo/stock:1", location, ingress: Ingress.All });
    const job = (name: string, args: object = {}): InvokableJob =>
        (made[name] = new InvokableJob(name, {
            ...{ image: "demo/report:1", location, name, invokes: { stock }, maxRetries: 0 },
            ...args,
        }));
    const report = job("report", { smokeCheck: { run: true } });
    const overridable = job("overridable", { overrides: true });
    const flow = (name: string, call: string, target: InvokableJob): void => {
        const text = `main:\n  steps:\n    - run:\n        ${call}\n        result: r\n    - done:\n        return: \${r}\n`;
        flows[name] = new AuthenticatedWorkflow(name, {
            ...{ location, source: new pulumi.asset.StringAsset(text), targets: { report: target } },
            ...{ smokeCheck: { enabled: false } },
        });
    };
    for (const [name, call] of Object.entries(calls)) {
        flow(name, call, report);
    }
    flow("allowed", calls["overriding"]!, overridable);
    new AuthenticatedSchedule("nightly", {
        ...{ location, schedule: "0 2 * * *", target: report, smokeCheck: { run: true } },
    });
    return Promise.resolve({});
}

describe("InvokableJob", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    before(async () => {
        const task = join(__dirname, "report-task.cjs");
        const services = [{ image: "demo/stock:*", handler: join(__dirname, "stock.cjs") }];
        const jobs = [{ image: "demo/report:*", command: [process.execPath, task] }];
        deployed = await deployProgram(program, services, [], jobs);
        assert.equal(deployed.result, "succeeded", deployed.said);
    });
    after(() => deployed.close());

    const grantOf = async (email: pulumi.Output<string>, job: InvokableJob, role: string): Promise<GrantRef> => ({
        ...{ member: `serviceAccount:${await value(email)}`, role, label: "report", resource: await value(job.url) },
    });

    async function executed(name: string): Promise<{ state: string; error?: { payload: string } }> {
        const { world } = deployed;
        const id = await value(flows[name]!.workflowId);
        const begun = await world.admin("POST", `${executions}/${id}/executions`, {});
        for (;;) {
            const now = await world.admin("GET", `${executions}/${String(begun["name"])}`);
            if (now["state"] !== "ACTIVE") {
                return now as { state: string };
            }
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    }

    it("denies who shows no token or a forged one, runs as the check asks, and calls its targets as itself", async () => {
        assert.deepEqual(await deployed.verdicts("report", true), {
            "anonymous → report": "passed",
            "broken token → report": "passed",
            "report has roles/run.invoker on stock": "passed",
            "report runs": "passed",
            "nobody else → report": "passed",
            "the account of report is enabled": "passed",
        });
        assert.doesNotMatch((await deployed.check("report", deployed.specs, true)).text, /not tried/);
        const own = deployed.world.sandbox.cloud.decisions.list();
        const email = await value(made["report"]!.serviceAccountEmail);
        assert.ok(own.some((one) => one.allowed && one.principal.includes(email) && /invoke/.test(one.permission)));
    });

    it("is red when its own call is refused, and when everybody may run it", async () => {
        const [grant] = deployed.specs.flatMap(({ name, probes }) =>
            probes.flatMap((probe) => (name === "report" && probe.kind === "policy" ? [probe.grant] : [])),
        );
        assert.ok(grant);
        await deployed.without(grant, async () => {
            const { text } = await deployed.check("report", deployed.specs, true);
            assert.match(text, /report runs[^]*the execution report-\w+ ran, and its own program failed/);
        });
        const url = await value(made["report"]!.url);
        await deployed.world.grant(url, "roles/run.invoker", "allUsers");
        const verdicts = await deployed.verdicts("report", true);
        await deployed.world.revoke(url, "roles/run.invoker", "allUsers");
        assert.equal(verdicts["nobody else → report"], "failed");
    });

    for (const name of ["url", "connector", "first"]) {
        it(`is run by a workflow that writes the ${name}, and not without the grant`, async () => {
            const ended = await executed(name);
            assert.equal(ended.state, "SUCCEEDED", JSON.stringify(ended));
            const grant = await grantOf(flows[name]!.serviceAccountEmail, made["report"]!, "roles/run.invoker");
            await deployed.without(grant, async () => {
                const { state, error } = await executed(name);
                assert.equal(state, "FAILED");
                assert.match(error?.payload ?? "", /run\.jobs\.run/);
            });
        });
    }

    it("lets callers override an execution only if it says so", async () => {
        const { state, error } = await executed("overriding");
        assert.equal(state, "FAILED");
        assert.match(error?.payload ?? "", /run\.jobs\.runWithOverrides/);
        assert.equal((await executed("allowed")).state, "SUCCEEDED");
        const role = "roles/run.jobsExecutorWithOverrides";
        const grant = await grantOf(flows["allowed"]!.serviceAccountEmail, made["overridable"]!, role);
        await deployed.without(grant, async () => assert.equal((await executed("allowed")).state, "FAILED"));
    });

    it("is run on a schedule, and the schedule's check is red without the grant", async () => {
        const grants = deployed.specs.flatMap(({ name, probes }) =>
            probes.flatMap((probe) => (name === "nightly" && probe.kind === "policy" ? [probe.grant] : [])),
        );
        assert.deepEqual(
            grants.map(({ role }) => role),
            ["roles/run.invoker"],
        );
        assert.equal((await deployed.verdicts("nightly"))["nightly → target"], "passed");
        await deployed.without(grants[0]!, async () => {
            assert.equal((await deployed.verdicts("nightly"))["nightly → target"], "failed");
        });
    });
});
