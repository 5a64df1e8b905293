import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { AuthenticatedSchedule, InvokableService } from "../../index";
import { openStack, type Stack } from "../../engine";
import { formatReport, type ProbeReport, specsOfState, verifySpecs } from "../../smoke";
import { enter } from "../support/enter";
import { startSandboxed, type Sandboxed } from "../support/sandboxed";

const location = "europe-west1";
const image = "demo/inbox:1";
const denials = ["anonymous", "broken token", "token for another audience", "account without grant"];

interface Kept {
    type: string;
    id: string;
    inputs: Record<string, unknown>;
    outputs: Record<string, unknown>;
}

describe("a service with internal ingress alone in a stack", function () {
    this.timeout(60_000);
    let world: Sandboxed;
    let folder: string;
    let leave: () => void;
    let stack: Stack;
    before(async () => {
        folder = mkdtempSync(path.join(tmpdir(), "inside-"));
        const mapping = path.join(folder, "sandbox.yaml");
        writeFileSync(mapping, JSON.stringify({ services: [{ image: "*", handler: "./handler.cjs" }] }));
        writeFileSync(path.join(folder, "handler.cjs"), "module.exports = (request, response) => response.end();");
        world = await startSandboxed({ mapping });
        leave = enter(world.sandbox);
    });
    after(async () => {
        leave();
        await world.close();
        rmSync(folder, { recursive: true, force: true });
    });

    async function up(program: () => unknown, config = {}): Promise<string> {
        stack = await openStack({
            program: () => (program(), Promise.resolve({})),
            config: { "gcp:project": "demo", ...config },
            stateDirectory: folder,
            request: (method, url, body, headers) =>
                world.sandbox.request(method, url, { body, ...(headers && { headers }) }),
        });
        const { result, diagnostics } = await stack.up();
        const said = diagnostics.map(({ message }) => message).join("\n");
        assert.equal(result, "succeeded", said);
        return said;
    }
    const made = (type: string): Kept[] =>
        (stack.export().deployment["resources"] as Kept[]).filter((each) => each.type.endsWith(type));

    /** The denials that `verify` tries, by name. */
    async function verify(): Promise<Record<string, ProbeReport>> {
        const reports = await verifySpecs(specsOfState(stack.export()), {
            ...{ http: world.http, credentials: { env: world.env }, deadlineSeconds: 1 },
        });
        const rows = reports.flatMap(({ probes }) => probes).filter(({ kind }) => kind === "request");
        assert.ok(rows.length > 0, reports.map((report) => formatReport(report)).join("\n"));
        return Object.fromEntries(rows.map((row) => [row.name, row]));
    }
    const alone = () => new InvokableService("stock", { image, location });

    it("says what proves it", async () => {
        const said = await up(alone);
        assert.match(said, /nothing proves what the front door of stock denies.*smokeCheck: { inside: true } or/);
        assert.equal(made("Workflow").length, 0);
    });

    it("is denied from inside with that word, and no code of the user's is reached", async () => {
        const said = await up(() => new InvokableService("stock", { image, location, smokeCheck: { inside: true } }));
        assert.doesNotMatch(said, /nothing proves/);
        const rows = await verify();
        assert.deepEqual(
            Object.entries(rows).map(([name, { verdict }]) => [name, verdict]),
            denials.map((denial) => [`${denial} → stock`, "passed"]),
        );
        const reached = world.sandbox.cloud.decisions
            .list()
            .filter(({ allowed, permission }) => allowed && permission === "run.routes.invoke");
        assert.deepEqual(reached, []);
    });

    it("has one workflow and one account in a place, which holds no role, however many services and callers", async () => {
        await up(
            () => {
                const all = ["stock", "orders", "mails"].map((name) => new InvokableService(name, { image, location }));
                const [target] = all;
                assert.ok(target);
                new AuthenticatedSchedule("nightly", { location, schedule: "0 3 * * *", target });
                new InvokableService("far", { image, location: "us-central1" });
            },
            { "gcp-invoke:inside": "true" },
        );
        assert.deepEqual(
            made("Workflow").map(({ inputs }) => inputs["region"]),
            [location, "us-central1"],
        );
        const probing = made("Workflow").map(({ inputs }) => `serviceAccount:${String(inputs["serviceAccount"])}`);
        const members = made("IamMember").map(({ inputs }) => String(inputs["member"]));
        assert.ok(members.length > 0);
        assert.deepEqual(
            members.filter((member) => probing.includes(member)),
            [],
        );
        const rows = Object.values(await verify());
        assert.equal(rows.length, 4 * denials.length);
        assert.ok(rows.every(({ verdict }) => verdict === "passed"));
    });

    it("is seen to let in the service that invokes it, as that service's own account, and to deny it without its grant", async () => {
        await up(() => {
            const stock = new InvokableService("stock", { image, location, smokeCheck: { inside: true } });
            new InvokableService("front", {
                ...{ image, location, invokes: { stock }, vpc: { subnetwork: "default" } },
                smokeCheck: { calls: { stock: "/healthz" } },
            });
        });
        const row = (await verify())["front → stock"];
        assert.deepEqual([row?.verdict, row?.got, row?.caller.split("-")[0]], ["passed", "200", "front"]);
        const [grant] = made("ServiceIamMember");
        const service = services().find((each) => each.includes("/stock-")) ?? "";
        assert.ok(grant);
        await world.revoke(service, String(grant.inputs["role"]), String(grant.inputs["member"]));
        const without = (await verify())["front → stock"];
        assert.equal(without?.verdict, "failed", without?.got);
        assert.match(without.diagnosis?.cause ?? "", /front-\S+ lacks run\.routes\.invoke/);
        await stack.destroy();
    });

    const services = () => made("service:Service").map(({ id }) => `https://run.googleapis.com/v2/${id}`);
    const insider = () => `serviceAccount:${String(made("Workflow")[0]?.inputs["serviceAccount"])}`;
    const ways: [what: string, open: (service: string) => Promise<unknown>, seen: string[]][] = [
        [
            "everyone",
            (service) => world.grant(service, "roles/run.invoker", "allUsers"),
            ["anonymous", "account without grant"],
        ],
        [
            "everyone with an account",
            (service) => world.grant(service, "roles/run.invoker", "allAuthenticatedUsers"),
            ["account without grant"],
        ],
        [
            "the account that must have no grant",
            (service) => world.grant(service, "roles/run.invoker", insider()),
            ["account without grant"],
        ],
        [
            "everyone, because nobody is asked",
            (service) => world.admin("PATCH", `${service}?updateMask=invokerIamDisabled`, { invokerIamDisabled: true }),
            ["anonymous", "account without grant"],
        ],
        [
            "tokens for another audience",
            (service) =>
                world.admin("PATCH", `${service}?updateMask=customAudiences`, {
                    customAudiences: ["https://denied.invalid"],
                }),
            ["token for another audience"],
        ],
    ];
    for (const [what, open, seen] of ways) {
        it(`is red where it lets in ${what}`, async () => {
            await up(() => new InvokableService("stock", { image, location, smokeCheck: { inside: true } }));
            const [service] = services();
            assert.ok(service);
            await open(service);
            const rows = await verify();
            for (const denial of seen) {
                const row = rows[`${denial} → stock`];
                assert.equal(row?.verdict, "failed", `${denial}: ${row?.got ?? ""}`);
            }
            await stack.destroy();
        });
    }
});
