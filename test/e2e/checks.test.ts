import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import {
    AuthenticatedPush,
    AuthenticatedQueue,
    AuthenticatedSchedule,
    ContinuousCheck,
    Ingress,
    InvokableBackend,
    InvokableService,
} from "../../index";
import { openStack, type Stack } from "../../engine";
import { formatReport, type Report, type SmokeSpec, specsOfState, verifySpecs } from "../../smoke";
import { enter } from "../support/enter";
import { apply } from "../smoke/diagnosis/apply";
import { accountUrl, startSandboxed, type Sandboxed } from "../support/sandboxed";

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
    new ContinuousCheck("pulse", {
        // What it denies has a test of its own.
        ...{ location, smokeCheck: { run: true }, denials: false },
        requests: { front: { target: front, path: "/" }, inside: { target: inside, path: "/" } },
    });
    return Promise.resolve({});
}

describe("the checks of components, deployed in the sandbox", () => {
    let world: Sandboxed;
    let stack: Stack;
    let folder: string;
    let leave: () => void;
    let specs: SmokeSpec[];
    let said: string[];
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
        said = up.diagnostics.map(({ message }) => message);
        assert.equal(up.result, "succeeded", said.join("\n"));
        specs = specsOfState(stack.export());
    });
    after(async () => {
        leave();
        await world.close();
        rmSync(folder, { recursive: true, force: true });
    });

    const verify = async (only?: string, those = specs): Promise<Report[]> => {
        const { clock } = world.sandbox.cloud;
        return verifySpecs(those, {
            ...{ http: world.http, credentials: { env: world.env }, deadlineSeconds: 120 },
            ...(only !== undefined && { only }),
            clock: {
                now: () => clock.now(),
                sleep: async (milliseconds) => {
                    clock.advance(milliseconds);
                    // What was sent needs a moment to arrive, and all of it happens in this process: a slow one is late here too.
                    await new Promise((done) => setTimeout(done, 10));
                },
            },
        });
    };
    const ends = (reports: Report[]) =>
        Object.fromEntries(reports.flatMap(({ probes }) => probes.map(({ name, verdict }) => [name, verdict])));
    const shown = (reports: Report[]) => reports.map((report) => formatReport(report)).join("\n");

    it("pass: everything that can be tried is tried", async () => {
        const reports = await verify();
        const notTried = Object.entries(ends(reports)).filter(([, verdict]) => verdict !== "passed");
        assert.deepEqual(
            notTried.map(([name]) => name).sort(),
            ["custom", "erp", "front"].map((name) => `expired token → ${name}`),
            shown(reports),
        );
        const kinds = new Set(reports.flatMap(({ probes }) => probes.map(({ kind }) => kind)));
        assert.deepEqual([...kinds].sort(), [
            "account",
            "callers",
            "message",
            "policy",
            "request",
            "schedule",
            "task",
            "workflow",
        ]);
        const denied = Object.keys(ends(reports)).filter((name) => name.startsWith("account without grant"));
        assert.equal(denied.length, 4);
    });

    it("are reported to the engine of the program that they belong to", () => {
        const reported = said.flatMap((message) => /^smoke check of (\S+) .*passed/.exec(message)?.[1] ?? []);
        assert.deepEqual(reported.sort(), specs.map(({ name }) => name).sort());
    });

    it("do not change the second time", async () => {
        const again = await stack.up();
        assert.deepEqual(Object.keys(again.changes), ["same"]);
    });

    for (const [who, failing] of [
        ["nightly", "nightly → target"],
        ["work", "work → target"],
        ["placed", "placed → target"],
        ["front-probe", "probe account → front"],
        ["erp-probe", "probe account → erp"],
        ["pulse", "pulse → front, inside, logging"],
    ] as const) {
        it(`fail without the grant of ${who}, and name it`, async () => {
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
                const names = who === "pulse" ? 'pulse failed: .*"error":"HTTP .* 403"' : `${who}-\\S+ lacks`;
                assert.match(red.diagnosis?.cause ?? "", new RegExp(names));
            } finally {
                await world.grant(grant.resource, grant.role, grant.member);
            }
        });
    }

    it("run on a schedule: the continuous check raises an alert when a caller is denied", async () => {
        const monitoring = "https://monitoring.googleapis.com/v3/projects/demo/alerts";
        const open = async () => {
            const { alerts = [] } = (await world.admin("GET", monitoring)) as {
                alerts?: { state: string; openTime: string; policy: { displayName: string } }[];
            };
            return alerts.filter(({ state }) => state === "OPEN").map(({ policy }) => policy.displayName);
        };
        const grant = specs
            .flatMap(({ probes }) => probes)
            .flatMap((probe) => (probe.kind === "policy" ? [probe.grant] : []))
            .find(({ member, label }) => member.startsWith("serviceAccount:pulse-") && label === "inside")!;
        /** Lets the schedule come round, and its workflow pause and end. */
        const rounds = async (until: () => Promise<boolean>): Promise<boolean> => {
            world.sandbox.cloud.clock.advance(900_000);
            for (let tries = 0; tries < 300; tries += 1) {
                if (await until()) {
                    return true;
                }
                world.sandbox.cloud.clock.advance(500);
                await new Promise((done) => setTimeout(done, 10));
            }
            return false;
        };
        // Those of earlier tests close by themselves.
        world.sandbox.cloud.clock.advance(2_000_000);
        await rounds(() => Promise.resolve(false));
        assert.deepEqual(await open(), []);
        await world.revoke(grant.resource, grant.role, grant.member);
        assert.ok(await rounds(async () => (await open()).length > 0));
        assert.deepEqual(await open(), ["pulse: a caller does not get in"]);
        await world.grant(grant.resource, grant.role, grant.member);
    });

    it("fail at once if an application behind IAP is open to everyone, and the suggested command closes it", async () => {
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
        await apply(world, open[0]?.diagnosis?.fix ?? "");
        assert.ok((await verify("erp")).every(({ verdict }) => verdict === "passed"));
    });

    it("fail for a service that may not read its secret, and name it; the suggested command fixes it", async () => {
        const services = `https://run.googleapis.com/v2/projects/demo/locations/${location}/services`;
        const secret = "https://secretmanager.googleapis.com/v1/projects/demo/secrets";
        await world.admin("POST", `${secret}?secretId=key`, { replication: { automatic: {} } });
        await world.admin("POST", `${secret}/key:addVersion`, { payload: { data: "c2VjcmV0" } });
        const serviceAccount = await world.account("reader");
        const env = [{ name: "KEY", valueSource: { secretKeyRef: { secret: "key", version: "latest" } } }];
        await world.admin("POST", `${services}?serviceId=reading`, {
            template: { serviceAccount, containers: [{ image: "demo/inbox:1", env }] },
            ...{ ingress: "INGRESS_TRAFFIC_ALL", invokerIamDisabled: true },
        });
        const url = String((await world.admin("GET", `${services}/reading`))["uri"]);
        const resource = `${services}/reading`;
        const own: SmokeSpec = {
            ...{ version: 1, name: "reading", project: "demo", fingerprint: {} },
            probes: [
                { kind: "request", name: "open", url, credential: { kind: "none" }, outcome: "allowed", resource },
            ],
        };
        const [red] = await verify(undefined, [own]);
        const diagnosis = red?.probes[0]?.diagnosis;
        assert.equal(diagnosis?.code, "secret-denied", formatReport(red!));
        assert.match(
            diagnosis.cause,
            /^503: the receiver does not start: reader@\S+ lacks secretmanager\.versions\.access on the secret key/,
        );
        await apply(world, diagnosis.fix ?? "");
        const [green] = await verify(undefined, [own]);
        assert.equal(green?.verdict, "passed", formatReport(green!));
    });

    it("fail when an account was deleted by hand, and pass after the refresh and the update that they suggest", async () => {
        const { member } = specs
            .flatMap(({ probes }) => probes)
            .flatMap((probe) => (probe.kind === "policy" ? [probe.grant] : []))
            .find((grant) => grant.member.startsWith("serviceAccount:nightly-"))!;
        await world.admin("DELETE", accountUrl(member.slice("serviceAccount:".length)));
        const red = (await verify("nightly"))
            .flatMap(({ probes }) => probes)
            .filter(({ verdict }) => verdict === "failed");
        const suggested = red.flatMap(({ diagnosis }) => (diagnosis ? [[diagnosis.code, diagnosis.fix]] : []));
        assert.ok(suggested.length > 0);
        assert.ok(
            suggested.every(([, fix]) => /^pulumi up --refresh, or gcp-invoke sandbox up --refresh$/.test(fix ?? "")),
            JSON.stringify(suggested),
        );
        const refreshed = await stack.refresh();
        assert.equal(refreshed.result, "succeeded");
        const up = await stack.up();
        said = up.diagnostics.map(({ message }) => message);
        assert.equal(up.result, "succeeded", said.join("\n"));
        specs = specsOfState(stack.export());
        const green = await verify("nightly");
        assert.ok(
            green.every(({ verdict }) => verdict === "passed"),
            shown(green),
        );
    });

    it("leave no token in the stack's state, the reports and the sandbox's files", () => {
        const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
        assert.ok(files.some(({ name }) => name === "front.json"));
        for (const { parentPath, name } of files) {
            // A token has a dot. The key in key.json has none, and may hold any letters.
            assert.doesNotMatch(readFileSync(path.join(parentPath, name), "utf8"), /eyJ[\w-]*\.|ya29\./, name);
        }
    });

    it("show a service no credential that is good anywhere else", () => {
        const printed = world.sandbox.logs().map(({ text }) => text);
        const carried = printed.flatMap((text) => /^carried: (.*)$/.exec(text)?.[1] ?? []);
        assert.ok(carried.length > 5);
        for (const header of carried) {
            assert.match(header, /^$|\.SIGNATURE_REMOVED_BY_GOOGLE$/);
        }
    });
});
