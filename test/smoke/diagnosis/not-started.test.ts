import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatReport, runSmokeCheck, type Probe, type Report } from "../../../smoke";
import { accountUrl, startSandboxed, type Sandboxed } from "../../support/sandboxed";
import { invoker, minter, owner } from "../deployment";

const region = "projects/demo/locations/europe-west1";
const service = `https://run.googleapis.com/v2/${region}/services/orders`;

/** What stands in `sandbox.yaml` for the image, the files beside it, and what the check must say. */
const cases: { what: string; runner: string; files: Record<string, string>; says: RegExp }[] = [
    {
        what: "a handler that requires what is not there",
        runner: "handler: ./handler.js",
        files: { "handler.js": 'require("not-installed");' },
        says: /cannot start: Revision '\S+' is not ready .*handler\.js cannot be loaded: Cannot find module 'not-installed'/s,
    },
    {
        what: "a handler with a mistake in its syntax",
        runner: "handler: ./handler.js",
        files: { "handler.js": "module.exports = (" },
        says: /handler\.js cannot be loaded: Unexpected/,
    },
    {
        what: "a module that exports no handler",
        runner: "handler: ./handler.js",
        files: { "handler.js": "module.exports = {};" },
        says: /handler\.js exports no function/,
    },
    {
        what: "a command whose program is not installed",
        runner: "command: [no-such-program-here]",
        files: {},
        says: /there is no program no-such-program-here on this machine/,
    },
    {
        what: "a command that ends before it listens",
        runner: "command: [node, server.js]",
        files: { "server.js": 'console.error("no DATABASE_URL"); process.exit(3);' },
        says: /the program ended with exit code 3: no DATABASE_URL/,
    },
];

describe("a check of a service that cannot start", () => {
    let folder: string;
    let world: Sandboxed;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "not-started-"));
    });
    afterEach(async () => {
        await world.close();
        rmSync(folder, { recursive: true, force: true });
    });

    /** Deploys the service, with a workflow, a job and a topic that call it. */
    async function deploy(runner: string, files: Record<string, string>): Promise<Record<string, Probe>> {
        const mapping = join(folder, "sandbox.yaml");
        writeFileSync(mapping, `services:\n    - image: "*"\n      ${runner}\n`);
        Object.entries(files).forEach(([name, text]) => writeFileSync(join(folder, name), text));
        world = await startSandboxed({ propagationMilliseconds: 0, mapping });
        const prober = await world.account("prober");
        const template = { containers: [{ image: "demo/orders:1" }] };
        await world.admin("POST", service.replace(/\/orders$/, "?serviceId=orders"), { template });
        const url = String((await world.admin("GET", service))["uri"]);
        const member = `serviceAccount:${prober}`;
        await world.grant(accountUrl(prober), minter, owner);
        await world.grant(service, invoker, member);
        const sourceContents = `main:\n  steps:\n    - call:\n        call: http.get\n        args: {url: "${url}", auth: {type: OIDC, audience: "${url}"}}\n`;
        const workflow = `${region}/workflows/fulfil`;
        await world.admin("POST", `https://workflows.googleapis.com/v1/${region}/workflows?workflowId=fulfil`, {
            ...{ serviceAccount: prober, sourceContents },
        });
        const oidcToken = { serviceAccountEmail: prober, audience: url };
        const job = `${region}/jobs/nightly`;
        const httpTarget = { uri: url, oidcToken };
        const timed = { name: job, schedule: "0 3 * * *", timeZone: "UTC", httpTarget };
        await world.admin("POST", `https://cloudscheduler.googleapis.com/v1/${region}/jobs`, timed);
        const grants = [{ member, role: invoker, resource: service, label: "orders" }];
        const credential = { kind: "idToken", serviceAccount: prober, audience: url } as const;
        return {
            request: { kind: "request", name: "request", url, credential, outcome: "allowed", grants },
            workflow: { kind: "workflow", name: "workflow", workflow, grants },
            schedule: { kind: "schedule", name: "schedule", job, grants },
        };
    }

    function check(probe: Probe): Promise<Report> {
        const { clock } = world.sandbox.cloud;
        return runSmokeCheck(
            { version: 1, name: "orders", project: "demo", fingerprint: {}, probes: [probe] },
            {
                http: world.http,
                credentials: { env: world.env },
                clock: {
                    now: () => clock.now(),
                    sleep: async (milliseconds) => {
                        clock.advance(milliseconds);
                        // What was sent needs a moment to arrive, and all of it happens in this process: a slow one is late here too.
                        await new Promise((done) => setTimeout(done, 20));
                    },
                },
            },
        );
    }

    for (const { what, runner, files, says } of cases) {
        it(`ends at once, and says why, for ${what}`, async () => {
            const { request } = await deploy(runner, files);
            assert.ok(request);
            const report = await check(request);
            const [probe] = report.probes;
            assert.deepEqual(
                [probe?.verdict, probe?.diagnosis?.code, probe?.attempts],
                ["failed", "receiver-not-started", 1],
                formatReport(report),
            );
            assert.match(probe?.diagnosis?.cause ?? "", says);
        });
    }

    it("says so through a workflow and a job too, and is green when it starts again", async () => {
        const probes = await deploy("handler: ./handler.js", { "handler.js": 'throw new Error("no key");' });
        for (const [kind, probe] of Object.entries(probes)) {
            const report = await check(probe);
            const [found] = report.probes;
            assert.deepEqual(
                [kind, found?.diagnosis?.code, found?.attempts],
                [kind, "receiver-not-started", 1],
                formatReport(report),
            );
            assert.match(found?.diagnosis?.cause ?? "", /handler\.js cannot be loaded: no key/);
        }
        writeFileSync(join(folder, "handler.js"), "module.exports = (_, response) => response.end();");
        for (const probe of Object.values(probes)) {
            const report = await check(probe);
            assert.equal(report.verdict, "passed", formatReport(report));
        }
    });

    it("ends at once for a function of the 1st generation too, and is green when it starts again", async () => {
        const mapping = join(folder, "sandbox.yaml");
        writeFileSync(mapping, 'functions:\n    - function: "*"\n      handler: ./handler.js\n');
        writeFileSync(join(folder, "handler.js"), 'throw new Error("no key");');
        world = await startSandboxed({ propagationMilliseconds: 0, mapping });
        const prober = await world.account("prober");
        const member = `serviceAccount:${prober}`;
        await world.grant(accountUrl(prober), minter, owner);
        const api = "https://cloudfunctions.googleapis.com/v1";
        const resource = `${api}/${region}/functions/price`;
        await world.admin("POST", `${api}/${region}/functions`, {
            ...{ name: `${region}/functions/price`, runtime: "nodejs22", entryPoint: "answer", httpsTrigger: {} },
            ...{ sourceArchiveUrl: "gs://sources/x.zip", serviceAccountEmail: prober },
        });
        const grant = { member, role: "roles/cloudfunctions.invoker", resource, label: "price" };
        await world.grant(resource, grant.role, member);
        const url = "https://europe-west1-demo.cloudfunctions.net/price";
        const probe: Probe = {
            ...{ kind: "request", name: "request", url, outcome: "allowed", grants: [grant] },
            credential: { kind: "idToken", serviceAccount: prober, audience: url },
        };
        const [failed] = (await check(probe)).probes;
        assert.deepEqual([failed?.diagnosis?.code, failed?.attempts], ["receiver-not-started", 1]);
        assert.match(failed?.diagnosis?.cause ?? "", /Function 'price' failed on loading.*cannot be loaded: no key/);
        assert.equal((await world.admin("GET", resource))["status"], "OFFLINE");
        writeFileSync(join(folder, "handler.js"), "module.exports = (_, response) => response.end();");
        const mended = await check(probe);
        assert.equal(mended.verdict, "passed", formatReport(mended));
        assert.equal((await world.admin("GET", resource))["status"], "ACTIVE");
    });
});
