import assert from "node:assert/strict";
import { ContinuousCheck, type ContinuousCheckArgs, googleApi, Ingress, type InvokableService } from "../../index";
import { parseWorkflow, validateWorkflow } from "../../workflow";
import { createRunDoor } from "../../sandbox/ingress/run";
import { formatReport, runSmokeCheck } from "../../smoke";
import { startSandboxed } from "../support/sandboxed";
import { deploy, refusal } from "./support/deploy";
import { caller, location, service } from "./support/programs";

const check = (args: Partial<ContinuousCheckArgs>) => new ContinuousCheck("pulse", { location, ...args });

const program = () => {
    const fulfil = caller({ orders: service("orders") });
    check({
        requests: {
            front: {
                target: service("front", { ingress: Ingress.All }),
                path: "/hello",
                expect: { greeting: "hello" },
            },
            stock: { target: service("stock"), path: "/" },
        },
        workflows: { fulfil: { workflow: fulfil.workflowId, argument: { order: 7 }, expect: { status: "reserved" } } },
        notificationChannels: ["projects/demo/notificationChannels/1"],
    });
};

describe("ContinuousCheck", () => {
    it("is a schedule that executes a workflow, with an account and grants each, and an alert", async () => {
        const deployed = await deploy(program);
        assert.deepEqual(
            deployed.names().filter((name) => name.includes("pulse")),
            [
                "Account pulse-account",
                "Account pulse-schedule-account",
                "AlertPolicy pulse-alert",
                "AlertPolicy pulse-silence-alert",
                "AuthenticatedSchedule pulse-schedule",
                "AuthenticatedWorkflow pulse",
                "ContinuousCheck pulse",
                "IAMMember pulse-logging.logWriter",
                "IAMMember pulse-schedule-workflows.invoker",
                "IAMMember pulse-workflows.invoker",
                "Job pulse-schedule",
                "Metric pulse-results",
                "ServiceIamMember pulse-front",
                "ServiceIamMember pulse-stock",
                "Stash pulse-schedule-smoke",
                "Stash pulse-smoke",
                "Workflow pulse",
            ],
        );
        assert.equal(deployed.find("IAMMember", "pulse-schedule-workflows.invoker")["role"], "roles/workflows.invoker");
        const job = deployed.find("Job", "pulse-schedule") as { httpTarget: Record<string, unknown> };
        assert.match(
            String(job.httpTarget["uri"]),
            /^https:\/\/workflowexecutions\.googleapis\.com\/v1\/projects\/demo\/locations\/europe-west1\/workflows\/pulse[^/]*\/executions$/,
        );
        assert.ok("oauthToken" in job.httpTarget);
    });

    it("raises the alert by the log that its workflow writes", async () => {
        const deployed = await deploy(program);
        const alert = deployed.find("AlertPolicy", "pulse-alert") as {
            conditions: { conditionMatchedLog: { filter: string } }[];
            notificationChannels: string[];
        };
        assert.equal(
            alert.conditions[0]?.conditionMatchedLog.filter,
            'logName="projects/demo/logs/gcp-invoke-check" AND jsonPayload.check="pulse" AND severity>=ERROR',
        );
        assert.deepEqual(alert.notificationChannels, ["projects/demo/notificationChannels/1"]);
    });

    it("writes a source that Workflows takes, with a token on each call", async () => {
        const deployed = await deploy(program);
        const source = String(deployed.find("Workflow", "pulse")["sourceContents"]);
        const parsed = parseWorkflow(source, { file: "pulse.yaml" });
        assert.deepEqual([...parsed.diagnostics, ...validateWorkflow(parsed)], []);
        assert.equal(source.match(/type: OIDC/g)?.length, 2);
        assert.equal(source.match(/type: OAuth2/g)?.length, 3);
    });

    it("passes where callers get in, and fails, notes which and logs an error where one does not", async function () {
        this.timeout(30_000);
        const deployed = await deploy(program);
        const sourceContents = String(deployed.find("Workflow", "pulse")["sourceContents"]);
        const world = await startSandboxed({ propagationMilliseconds: 0 });
        try {
            const { cloud } = world.sandbox;
            let greeting = "hello";
            const door = createRunDoor(cloud, (_, request, response) => {
                response.setHeader("content-type", "application/json");
                response.end(request.url === "/hello" ? JSON.stringify({ greeting }) : "{}");
            });
            cloud.hosts.serve("*.a.run.app", door);
            const serviceAccount = await world.account("pulse-account");
            const member = `serviceAccount:${serviceAccount}`;
            const region = "projects/demo/locations/europe-west1";
            const services = `https://run.googleapis.com/v2/${region}/services`;
            const urls: Record<string, string> = {};
            for (const name of ["front", "stock"]) {
                const template = { containers: [{ image: "demo/x:1" }] };
                const ingress = name === "front" ? "INGRESS_TRAFFIC_ALL" : "INGRESS_TRAFFIC_INTERNAL_ONLY";
                await world.admin("POST", `${services}?serviceId=${name}`, { template, ingress });
                urls[`${name.toUpperCase()}_URL`] = String((await world.admin("GET", `${services}/${name}`))["uri"]);
                await world.grant(`${services}/${name}`, "roles/run.invoker", member);
            }
            const project = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
            await world.grant(project, "roles/logging.logWriter", member);
            await world.grant(project, "roles/workflows.invoker", member);
            const workflows = `https://workflows.googleapis.com/v1/${region}/workflows`;
            const checked = /workflows\/([^/]+)\/executions/.exec(sourceContents)?.[1] ?? "";
            const returns = "main:\n  params: [order]\n  steps:\n    - done:\n        return: {status: reserved}\n";
            await world.admin("POST", `${workflows}?workflowId=${checked}`, {
                serviceAccount,
                sourceContents: returns,
            });
            const own = { serviceAccount, sourceContents, userEnvVars: urls };
            await world.admin("POST", `${workflows}?workflowId=pulse`, own);
            const run = async () => {
                const report = await runSmokeCheck(
                    {
                        ...{ version: 1, name: "pulse", project: "demo", fingerprint: {} },
                        probes: [{ kind: "workflow", name: "pulse", workflow: `${region}/workflows/pulse` }],
                    },
                    {
                        http: world.http,
                        credentials: { env: world.env },
                        deadlineSeconds: 5,
                        clock: {
                            now: () => cloud.clock.now(),
                            sleep: (ms) => {
                                cloud.clock.advance(ms);
                                return new Promise((done) => setTimeout(done, 10));
                            },
                        },
                    },
                );
                const filter = 'logName="projects/demo/logs/gcp-invoke-check" AND jsonPayload.check="pulse"';
                const listed = await world.admin("POST", "https://logging.googleapis.com/v2/entries:list", {
                    resourceNames: ["projects/demo"],
                    filter,
                });
                const entries = listed["entries"] as { severity: string; jsonPayload: { failures: unknown } }[];
                return { report, text: formatReport(report), last: entries.at(-1) };
            };
            const green = await run();
            assert.equal(green.report.verdict, "passed", green.text);
            assert.deepEqual([green.last?.severity, green.last?.jsonPayload.failures], ["INFO", []]);

            greeting = "bye";
            await world.revoke(`${services}/stock`, "roles/run.invoker", member);
            const red = await run();
            assert.equal(red.report.verdict, "failed", red.text);
            assert.equal(red.last?.severity, "ERROR");
            assert.deepEqual(red.last.jsonPayload.failures, [
                { check: "front", error: 'expected greeting to be "hello", found "bye"' },
                { check: "stock", error: "HTTP server responded with error code 403" },
            ]);
        } finally {
            await world.close();
        }
    });

    it("refuses to check nothing, a Google API, and names that steps cannot have", async () => {
        const target = googleApi("run.googleapis.com");
        const front = (): InvokableService => service("front");
        assert.match(await refusal(() => check({})), /requests: are none, and neither are workflows/);
        assert.match(await refusal(() => check({ requests: { api: { target, path: "/" } } })), /is a Google API/);
        assert.match(
            await refusal(() => check({ requests: { "a b": { target: front(), path: "/" } } })),
            /"a b" is no name/,
        );
        assert.match(
            await refusal(() => check({ requests: { logging: { target: front(), path: "/" } } })),
            /"logging" is taken/,
        );
        assert.match(
            await refusal(() => check({ requests: { front: { target: front(), path: "x" } } })),
            /"x" does not begin with a slash/,
        );
    });
});
