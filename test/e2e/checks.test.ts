import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import {
    AuthenticatedPush,
    AuthenticatedQueue,
    AuthenticatedSchedule,
    Ingress,
    InvokableBackend,
    InvokableService,
} from "../../index";
import { openStack, type Stack } from "../../sandbox/engine";
import { formatReport, type Report, type SmokeSpec, specsOfState, verifySpecs } from "../../smoke";
import { enter } from "../support/enter";
import { startSandboxed, type Sandboxed } from "../support/sandboxed";

const location = "europe-west1";
const handler = path.join(__dirname, "handlers/inbox.cjs");
const probeMinters = ["user:owner@example.com"];
const iapClientId = "1-a.apps.googleusercontent.com";

/** One of each that can be probed, with all that its check takes. */
function program(): Promise<Record<string, unknown>> {
    const made = { image: "demo/inbox:1", location, ingress: Ingress.All };
    const front = new InvokableService("front", {
        ...made,
        smokeCheck: { path: "/", expect: { result: { seen: false }, identity: true }, probeMinters },
    });
    new InvokableService("custom", {
        ...{ ...made, customAudiences: ["https://custom.example.com"] },
        smokeCheck: { path: "/", probeMinters },
    });
    new InvokableBackend("erp", { ...made, iapClientId, smokeCheck: { path: "/", probeMinters } });
    const inside = new InvokableService("inside", { image: "demo/inbox:1", location });
    new AuthenticatedSchedule("nightly", {
        ...{ location, schedule: "0 3 * * *", target: inside, body: "{}" },
        smokeCheck: { run: true },
    });
    new AuthenticatedQueue("work", { location, target: inside, path: "/work", smokeCheck: { argument: { order: 7 } } });
    new AuthenticatedPush("placed", {
        ...{ target: front, filter: 'attributes.kind = "test"' },
        smokeCheck: {
            argument: { order: 7 },
            attributes: { kind: "test" },
            path: "/seen/{id}",
            expect: { result: { seen: true } },
            probeMinters,
        },
    });
    return Promise.resolve({});
}

describe("the checks of components, deployed in the sandbox", function () {
    this.timeout(60_000);
    let world: Sandboxed;
    let stack: Stack;
    let folder: string;
    let leave: () => void;
    let specs: SmokeSpec[];
    before(async () => {
        folder = mkdtempSync(path.join(tmpdir(), "checks-"));
        const mapping = path.join(folder, "sandbox.yaml");
        writeFileSync(mapping, JSON.stringify({ services: [{ image: "*", handler }] }));
        world = await startSandboxed({ mapping });
        leave = enter(world.sandbox);
        stack = await openStack({
            program,
            config: { "gcp:project": "demo", "gcp-invoke:reports": path.join(folder, "reports") },
            stateDirectory: folder,
            request: (method, url, body, headers) =>
                world.sandbox.request(method, url, { body, ...(headers && { headers }) }),
        });
        const up = await stack.up();
        assert.equal(up.result, "succeeded", up.diagnostics.map(({ message }) => message).join("\n"));
        specs = specsOfState(stack.export());
    });
    after(async () => {
        leave();
        await world.close();
        rmSync(folder, { recursive: true, force: true });
    });

    const verify = async (only?: string): Promise<Report[]> => {
        const { clock } = world.sandbox.cloud;
        return verifySpecs(specs, {
            ...{ http: world.http, credentials: { env: world.env }, deadlineSeconds: 20 },
            ...(only !== undefined && { only }),
            clock: {
                now: () => clock.now(),
                sleep: async (milliseconds) => {
                    clock.advance(milliseconds);
                    await new Promise((done) => setTimeout(done, 10));
                },
            },
        });
    };
    const ends = (reports: Report[]) =>
        Object.fromEntries(reports.flatMap(({ probes }) => probes.map(({ name, verdict }) => [name, verdict])));
    const shown = (reports: Report[]) => reports.map((report) => formatReport(report)).join("\n");

    it("are green: everything is tried that can be", async () => {
        const reports = await verify();
        const notTried = Object.entries(ends(reports)).filter(([, verdict]) => verdict !== "passed");
        assert.deepEqual(
            notTried.map(([name]) => name).sort(),
            ["anonymous → target", "broken token → target"].concat(
                ["custom", "erp", "front"].map((name) => `expired token → ${name}`),
            ),
            shown(reports),
        );
        const kinds = new Set(reports.flatMap(({ probes }) => probes.map(({ kind }) => kind)));
        assert.deepEqual([...kinds].sort(), ["message", "policy", "request", "schedule", "task"]);
        const denied = Object.keys(ends(reports)).filter((name) => name.startsWith("account without grant"));
        assert.equal(denied.length, 3);
    });

    it("are unchanged the second time", async () => {
        const again = await stack.up();
        assert.deepEqual(Object.keys(again.changes), ["same"]);
    });

    for (const [who, failing] of [
        ["nightly", "nightly → target"],
        ["work", "work → target"],
        ["placed", "placed → target"],
        ["front-probe", "probe account → front"],
        ["erp-probe", "probe account → erp"],
    ] as const)
        it(`are red without the grant of ${who}, and name it`, async () => {
            const grant = specs
                .flatMap(({ probes }) => probes)
                .flatMap((probe) => ("grants" in probe ? (probe.grants ?? []) : []))
                .find(({ member }) => member.startsWith(`serviceAccount:${who}-`));
            assert.ok(grant);
            await world.revoke(grant.resource, grant.role, grant.member);
            try {
                const reports = await verify(failing.split(" ").at(who.endsWith("probe") ? -1 : 0));
                const red = reports.flatMap(({ probes }) => probes).find(({ name }) => name === failing);
                assert.equal(red?.verdict, "failed", shown(reports));
                assert.match(red.diagnosis?.cause ?? "", new RegExp(`${who}-\\S+ lacks`));
            } finally {
                await world.grant(grant.resource, grant.role, grant.member);
            }
        });

    it("are red at once where an application behind IAP is open to everyone, and the command closes it", async () => {
        const erp = specs.find(({ name }) => name === "erp");
        const resource = erp?.probes.flatMap((probe) => (probe.kind === "request" ? [probe.resource] : []))[0] ?? "";
        assert.match(resource, /^https:\/\/iap\.googleapis\.com\//);
        const role = "roles/iap.httpsResourceAccessor";
        await world.grant(resource, role, "allAuthenticatedUsers");
        const reports = await verify("erp");
        const open = reports
            .flatMap(({ probes }) => probes)
            .filter(({ diagnosis }) => diagnosis?.code === "open-to-everyone");
        assert.ok(
            open.some(({ name }) => name === "account without grant → erp"),
            shown(reports),
        );
        assert.match(
            open[0]?.diagnosis?.fix ?? "",
            /^gcloud iap web remove-iam-policy-binding --resource-type=cloud-run --service=erp\S* .*--member=allAuthenticatedUsers/,
        );
        await world.revoke(resource, role, "allAuthenticatedUsers");
    });

    it("show a service no credential that is good anywhere else", () => {
        // eslint-disable-next-line @typescript-eslint/no-require-imports
        const { carried } = require(handler) as { carried: string[] };
        assert.ok(carried.length > 5);
        for (const header of carried) assert.match(header, /^$|\.SIGNATURE_REMOVED_BY_GOOGLE$/);
    });
});
