import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { ContinuousCheck, Ingress, InvokableService } from "../../index";
import { openStack } from "../../engine";
import { type SmokeSpec, specsOfState, verifySpecs } from "../../smoke";
import { enter } from "../support/enter";
import { startSandboxed, type Sandboxed } from "../support/sandboxed";

const location = "europe-west1";
const invoker = "roles/run.invoker";
const stranger = "user:stranger@example.com";
const project = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";

interface Policy {
    bindings?: { role: string; members: string[] }[];
}

function program(): Promise<Record<string, unknown>> {
    const front = new InvokableService("front", {
        ...{ image: "demo/inbox:1", location, ingress: Ingress.All, invokers: ["user:ann@example.com"] },
        smokeCheck: { path: "/", probeMinters: ["user:owner@example.com"] },
    });
    const inside = new InvokableService("inside", { image: "demo/inbox:1", location });
    const wide = new InvokableService("wide", { image: "demo/inbox:1", regions: [location, "us-east1"] });
    new ContinuousCheck("pulse", {
        ...{ location, smokeCheck: { run: true }, readsProject: true },
        requests: {
            front: { target: front, path: "/", callers: ["user:support@example.com"] },
            inside: { target: inside, path: "/" },
            wide: { target: wide, path: "/" },
        },
    });
    return Promise.resolve({});
}

describe("a continuous check in the sandbox", () => {
    let world: Sandboxed;
    let folder: string;
    let leave: () => void;
    let specs: SmokeSpec[];
    before(async () => {
        folder = mkdtempSync(path.join(tmpdir(), "continuous-"));
        const mapping = path.join(folder, "sandbox.yaml");
        const handler = path.join(__dirname, "handlers/inbox.cjs");
        writeFileSync(mapping, JSON.stringify({ services: [{ image: "*", handler }] }));
        world = await startSandboxed({ mapping });
        leave = enter(world.sandbox);
        const stack = await openStack({
            ...{ program, config: { "gcp:project": "demo" }, stateDirectory: folder },
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

    /** What the workflow that checks ends with: nothing, or what failed. */
    async function failures(): Promise<string> {
        const { clock } = world.sandbox.cloud;
        const reports = await verifySpecs(specs, {
            ...{ http: world.http, credentials: { env: world.env }, deadlineSeconds: 1200, only: "pulse → " },
            clock: {
                now: () => clock.now(),
                sleep: async (milliseconds) => {
                    clock.advance(milliseconds);
                    // What was sent needs a moment to arrive, and all of it happens in this process: a slow one is late here too.
                    await new Promise((done) => setTimeout(done, 10));
                },
            },
        });
        const probe = reports.flatMap(({ probes }) => probes).find(({ kind }) => kind === "workflow");
        assert.ok(probe);
        return probe.verdict === "passed" ? "" : (probe.diagnosis?.cause ?? "no cause");
    }

    /** What the last result in the log calls not known. */
    async function unknown(): Promise<string[]> {
        const { entries = [] } = (await world.admin("POST", "https://logging.googleapis.com/v2/entries:list", {
            ...{ resourceNames: ["projects/demo"], filter: 'jsonPayload.check="pulse"' },
            ...{ orderBy: "timestamp desc", pageSize: 1 },
        })) as { entries?: { severity: string; jsonPayload: { unknown: string[]; notRead: string[] } }[] };
        const [last] = entries;
        assert.ok(last);
        assert.equal(last.severity, last.jsonPayload.unknown.length > 0 ? "WARNING" : "INFO");
        assert.match(last.jsonPayload.notRead.join(), /folders.*organization.*gcp-invoke verify/);
        return last.jsonPayload.unknown;
    }

    const urlOf = (label: string): string => {
        const policies = specs.flatMap(({ probes }) =>
            probes.flatMap((probe) => (probe.kind === "policy" ? [probe.grant] : [])),
        );
        const isMeant = (grant: { label: string; resource: string }) =>
            label === "wideUsEast1" ? grant.resource.includes("/us-east1/") : grant.label === label;
        return policies.find((grant) => grant.role === invoker && isMeant(grant))?.resource ?? "";
    };
    const change = async (label: string, service: object) =>
        world.admin("PATCH", urlOf(label), { ...(await world.admin("GET", urlOf(label))), ...service });

    it("passes where nobody has more than the program, or the list of callers, gives", async () => {
        await world.grant(urlOf("front"), invoker, "user:support@example.com");
        await world.grant(urlOf("front"), "roles/run.viewer", stranger);
        assert.equal(await failures(), "");
    });

    /** What lets somebody in, how it is taken back, and what the check must say. */
    const openings: [
        what: string,
        open: (label: string) => unknown,
        close: (label: string) => unknown,
        says: string,
    ][] = [
        ...[
            ["somebody else may call", invoker, stranger] as const,
            ["somebody else may change the service", "roles/run.admin", "group:dev@example.com"] as const,
        ].map(([what, role, member]): (typeof openings)[number] => [
            what,
            (label) => world.grant(urlOf(label), role, member),
            (label) => world.revoke(urlOf(label), role, member),
            `nobody else","error":"its policy has bindings that nobody declared: \\[.*${role} ${member}`,
        ]),
        [
            "everybody may call",
            (label) => world.grant(urlOf(label), invoker, "allUsers"),
            (label) => world.revoke(urlOf(label), invoker, "allUsers"),
            'denied","error":"a call without a token must be denied with \\[403,403,403\\]',
        ],
        [
            "nobody is asked for a grant",
            (label) => change(label, { invokerIamDisabled: true }),
            (label) => change(label, { invokerIamDisabled: false }),
            'nobody else","error":"its invoker check is switched off',
        ],
    ];

    it("reads the policy of the project, and fails where it lets in somebody else", async () => {
        for (const role of [invoker, "roles/iam.serviceAccountTokenCreator"]) {
            await world.grant(project, role, stranger);
            try {
                const said = (await failures()).replaceAll("\\", "");
                assert.match(said, new RegExp(`"check":"project demo: nobody else".*${role} ${stranger}`));
            } finally {
                await world.revoke(project, role, stranger);
            }
        }
        await world.grant(project, "roles/editor", "user:ann@example.com");
        await world.grant(project, "roles/bigquery.jobUser", stranger);
        assert.equal(await failures(), "");
        assert.deepEqual(await unknown(), [`what a role on project demo allows: roles/bigquery.jobUser ${stranger}`]);
        await world.revoke(project, "roles/bigquery.jobUser", stranger);
        assert.equal(await failures(), "");
        assert.deepEqual(await unknown(), []);
    });

    it("names the policy of the project as not known if it may not read it, and the word that lets it", async () => {
        const { bindings = [] } = (await world.admin("POST", `${project}:getIamPolicy`, {})) as Policy;
        const reader = bindings.find(({ role }) => role === "roles/iam.securityReviewer")?.members[0] ?? "";
        await world.revoke(project, "roles/iam.securityReviewer", reader);
        assert.equal(await failures(), "");
        assert.match((await unknown()).join(), /^the policy of project demo, which readsProject: true lets .* read/);
        await world.grant(project, "roles/iam.securityReviewer", reader);
        assert.equal(await failures(), "");
        assert.deepEqual(await unknown(), []);
    });

    for (const label of ["front", "inside", "wideUsEast1"]) {
        // The settings of a multi-region service are changed in all its regions at once; each region has its own policy.
        const own = label === "wideUsEast1" ? openings.slice(0, 3) : openings;
        for (const [what, open, close, says] of own) {
            it(`fails where ${what} (${label}), and passes when that is taken back`, async () => {
                await open(label);
                try {
                    assert.match((await failures()).replaceAll("\\", ""), new RegExp(`"check":"${label}: ${says}`));
                } finally {
                    await close(label);
                }
                assert.equal(await failures(), "");
            });
        }
    }

    it("fails where the ingress is wider than declared, and passes where it is narrower", async () => {
        await change("inside", { ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" });
        assert.match(await failures(), /its ingress is INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER/);
        await change("inside", { ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" });
        await change("front", { ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" });
        assert.equal(await failures(), "");
        await change("front", { ingress: "INGRESS_TRAFFIC_ALL" });
    });
});
