import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { ContinuousCheck } from "../../index";
import { createRunDoor } from "../../sandbox/ingress/run";
import { startSandboxed, type Sandboxed } from "../support/sandboxed";
import { type Deployed, deploy } from "./support/deploy";
import { location, shopCalls } from "./support/programs";

const region = "projects/demo/locations/europe-west1";
const services = `https://run.googleapis.com/v2/${region}/services`;
const workflows = `https://workflows.googleapis.com/v1/${region}/workflows`;
const jobs = `https://cloudscheduler.googleapis.com/v1/${region}/jobs`;
const project = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
const monitoring = "https://monitoring.googleapis.com/v3/projects/demo";
const invoker = "roles/run.invoker";

/** A front that is open, a stock that is not, and a workflow: looked at every five minutes. */
const program = () => {
    new ContinuousCheck("pulse", {
        location,
        schedule: "*/5 * * * *",
        // What else must be denied is tried where the whole program is deployed.
        denials: false,
        ...shopCalls(),
    });
};

interface Entry {
    severity: string;
    jsonPayload: { failures: unknown };
}

interface Alert {
    state: "OPEN" | "CLOSED";
    policy: { displayName: string };
}

describe("ContinuousCheck in the sandbox", function () {
    let world: Sandboxed;
    let deployed: Deployed;
    let member: string;
    let greeting = "hello";
    before(async () => {
        deployed = await deploy(program);
        world = await startSandboxed({ propagationMilliseconds: 0 });
        const door = createRunDoor(world.sandbox.cloud, (_, request, response) => {
            response.setHeader("content-type", "application/json");
            response.end(request.url === "/hello" ? JSON.stringify({ greeting }) : "{}");
        });
        world.sandbox.cloud.hosts.serve("*.a.run.app", door);
        await make();
    });
    after(() => world.close());

    /** What the component makes, by its own inputs; addresses are those of this sandbox. */
    async function make(): Promise<void> {
        const serviceAccount = await world.account("pulse-account");
        member = `serviceAccount:${serviceAccount}`;
        const urls: Record<string, string> = {};
        for (const name of ["front", "stock"]) {
            const template = { containers: [{ image: "demo/x:1" }] };
            const ingress = name === "front" ? "INGRESS_TRAFFIC_ALL" : "INGRESS_TRAFFIC_INTERNAL_ONLY";
            await world.admin("POST", `${services}?serviceId=${name}`, { template, ingress });
            urls[`${name.toUpperCase()}_URL`] = String((await world.admin("GET", `${services}/${name}`))["uri"]);
            await world.grant(`${services}/${name}`, invoker, member);
        }
        for (const role of ["roles/logging.logWriter", "roles/workflows.invoker"]) {
            await world.grant(project, role, member);
        }
        const sourceContents = String(deployed.find("Workflow", "pulse")["sourceContents"]);
        const checked = /workflows\/([^/]+)\/executions/.exec(sourceContents)?.[1] ?? "";
        const returns = "main:\n  params: [order]\n  steps:\n    - done:\n        return: {status: reserved}\n";
        await world.admin("POST", `${workflows}?workflowId=${checked}`, { serviceAccount, sourceContents: returns });
        const own = { serviceAccount, sourceContents, userEnvVars: urls };
        await world.admin("POST", `${workflows}?workflowId=pulse-0000000`, own);
        const { schedule, timeZone, httpTarget } = deployed.find("Job", "pulse-schedule");
        const target = httpTarget as { uri: string; httpMethod: string; body: string };
        await world.admin("POST", jobs, {
            ...{ name: `${region}/jobs/pulse`, schedule, timeZone },
            httpTarget: {
                ...{ uri: target.uri, httpMethod: target.httpMethod, body: target.body },
                oauthToken: { serviceAccountEmail: serviceAccount },
            },
        });
        const { filter, metricDescriptor, description } = deployed.find("Metric", "pulse-results");
        const metric = { name: "pulse-results-0000000", filter, metricDescriptor, description };
        await world.admin("POST", "https://logging.googleapis.com/v2/projects/demo/metrics", metric);
        for (const name of ["pulse-alert", "pulse-silence-alert"]) {
            const { displayName, combiner, conditions, alertStrategy } = deployed.find("AlertPolicy", name);
            await world.admin("POST", `${monitoring}/alertPolicies`, {
                ...{ displayName, combiner, conditions, alertStrategy },
            });
        }
    }

    const entries = async (): Promise<Entry[]> => {
        const filter = 'logName="projects/demo/logs/gcp-invoke-check" AND jsonPayload.check="pulse"';
        const url = "https://logging.googleapis.com/v2/entries:list";
        const listed = await world.admin("POST", url, { resourceNames: ["projects/demo"], filter });
        return (listed["entries"] ?? []) as Entry[];
    };
    /** Lets the schedule come round, and waits for what it writes. */
    async function round(): Promise<Entry | undefined> {
        const before = (await entries()).length;
        world.sandbox.cloud.clock.advance(300_000);
        for (let tries = 0; tries < 300; tries += 1) {
            const all = await entries();
            if (all.length > before) {
                return all.at(-1);
            }
            // Its own pauses are the sandbox's, its requests take a moment of real time.
            world.sandbox.cloud.clock.advance(500);
            await delay(10);
        }
        return undefined;
    }
    const open = async (): Promise<string[]> => {
        const { alerts = [] } = (await world.admin("GET", `${monitoring}/alerts`)) as { alerts?: Alert[] };
        return alerts.filter(({ state }) => state === "OPEN").map(({ policy }) => policy.displayName);
    };

    it("writes a result without a failure, and raises no alert, if callers get in", async () => {
        const last = await round();
        assert.deepEqual([last?.severity, last?.jsonPayload.failures], ["INFO", []]);
        assert.deepEqual(await open(), []);
    });

    it("writes which call failed and why, and raises the alert, if a caller does not get in", async () => {
        greeting = "bye";
        await world.revoke(`${services}/stock`, invoker, member);
        const last = await round();
        assert.equal(last?.severity, "ERROR");
        assert.deepEqual(last.jsonPayload.failures, [
            { check: "front", error: 'expected greeting to be "hello", found "bye"' },
            { check: "stock", error: "HTTP server responded with error code 403" },
        ]);
        assert.deepEqual(await open(), ["pulse: a caller does not get in"]);
    });

    it("raises the other alert when the schedule does not run any more, until it does again", async () => {
        greeting = "hello";
        await world.grant(`${services}/stock`, invoker, member);
        assert.equal((await round())?.severity, "INFO");
        await world.admin("POST", `${jobs}/pulse:pause`, {});
        // Twice the five minutes between two runs, and ten.
        world.sandbox.cloud.clock.advance(1_100_000);
        const silence = "pulse: the check has stopped";
        assert.ok(!(await open()).includes(silence));
        world.sandbox.cloud.clock.advance(200_000);
        assert.ok((await open()).includes(silence), String(await open()));
        await world.admin("POST", `${jobs}/pulse:resume`, {});
        assert.equal((await round())?.severity, "INFO");
        assert.ok(!(await open()).includes(silence));
    });

    it("raises it too when the schedule may not execute the workflow any more", async () => {
        await world.revoke(project, "roles/workflows.invoker", member);
        world.sandbox.cloud.clock.advance(1_300_000);
        assert.ok((await open()).includes("pulse: the check has stopped"));
    });
});
