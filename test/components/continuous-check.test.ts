import assert from "node:assert/strict";
import { ContinuousCheck, type ContinuousCheckArgs, googleApi, Ingress, InvokableService } from "../../index";
import { parseWorkflow, validateWorkflow } from "../../workflow";
import { deploy, refusal } from "./support/deploy";
import { location, service, shopCalls } from "./support/programs";

const check = (args: Partial<ContinuousCheckArgs>) => new ContinuousCheck("pulse", { location, ...args });

const program = () => {
    check({
        ...shopCalls(),
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
                "Account pulse-inside-account",
                "Account pulse-schedule-account",
                "AlertPolicy pulse-alert",
                "AlertPolicy pulse-silence-alert",
                "AuthenticatedSchedule pulse-schedule",
                "AuthenticatedWorkflow pulse",
                "ContinuousCheck pulse",
                "IAMMember pulse-logging.logWriter",
                "IAMMember pulse-schedule-workflows.invoker",
                "IAMMember pulse-workflows.invoker",
                "InsideProbe pulse-inside",
                "Job pulse-schedule",
                "Metric pulse-results",
                "ServiceIamMember pulse-front",
                "ServiceIamMember pulse-front-run.viewer",
                "ServiceIamMember pulse-stock",
                "ServiceIamMember pulse-stock-run.viewer",
                "Stash pulse-last-change",
                "Stash pulse-schedule-last-change",
                "Stash pulse-schedule-smoke",
                "Stash pulse-smoke",
                "Workflow pulse",
                "Workflow pulse-inside",
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

    it("raises the alert by the entries of the log that its workflow writes", async () => {
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
        // The log, an execution with a look at it for the workflow and four for each service, whose settings and policy are read, as
        // the policy of their project is.
        assert.equal(source.match(/type: OAuth2/g)?.length, 1 + 2 * (1 + 4 + 4) + 2 * 2 + 1);
    });

    it("calls and guards a multi-region service in each of its regions, and its domain", async () => {
        const wide = { image: "demo/x:1", regions: ["europe-west1", "us-east1", "asia-east1"] };
        const domain = { ingress: Ingress.InternalAndLoadBalancer, domain: "https://shop.example.com" };
        const customAudiences = [domain.domain];
        for (const [args, regions] of [
            [wide, ["", "UsEast1", "AsiaEast1"]],
            [{ ...wide, ...domain }, ["", "EuropeWest1", "UsEast1", "AsiaEast1"]],
            [{ image: "demo/x:1", regions: ["us-east1"] }, [""]],
        ] satisfies [object, string[]][]) {
            const deployed = await deploy(() => {
                const target = new InvokableService("wide", { ...args, ...("domain" in args && { customAudiences }) });
                check({ requests: { wide: { target, path: "/", callers: ["user:ann@example.com"] } } });
            });
            const source = String(deployed.find("Workflow", "pulse")["sourceContents"]);
            const keys = regions.map((region) => `wide${region}`);
            for (const step of ["judge", "denied_1_prepare", "policy_start"]) {
                const made = [...source.matchAll(new RegExp(`- (wide[A-Za-z0-9]*)_${step}:`, "g"))];
                assert.deepEqual(
                    made.map(([, key]) => key),
                    keys,
                    step,
                );
            }
            const policies = [...source.matchAll(/locations\/([a-z0-9-]+)\/services\/[\w-]+:getIamPolicy/g)];
            assert.deepEqual(new Set(policies.map(([, region]) => region)), new Set(args.regions));
            for (const role of ["invoker", "viewer"]) {
                const granted = deployed
                    .names()
                    .filter((name) => name.startsWith("ServiceIamMember pulse-"))
                    .map((name) => deployed.find("ServiceIamMember", name.slice("ServiceIamMember ".length)))
                    .filter((grant) => grant["role"] === `roles/run.${role}`);
                assert.deepEqual(granted.map((grant) => grant["location"]).sort(), [...args.regions].sort(), role);
            }
        }
    });

    it("refuses a name that the check of another region has", async () => {
        const beside = (other: string) => () => {
            const target = new InvokableService("wide", { image: "demo/x:1", regions: ["europe-west1", "us-east1"] });
            check({ requests: { wide: { target, path: "/" }, [other]: { target: service("other"), path: "/" } } });
        };
        assert.match(await refusal(beside("wideUsEast1")), /"wideUsEast1" is taken/);
        await deploy(beside("wideUsWest1"));
    });

    it("refuses a check of nothing, a check of a Google API, and names that steps cannot have", async () => {
        const target = googleApi("run.googleapis.com");
        const front = (): InvokableService => service("front");
        assert.match(await refusal(() => check({})), /requests: are empty, and so are workflows/);
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
