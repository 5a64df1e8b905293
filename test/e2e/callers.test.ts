import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { openStack, type Stack } from "../../engine";
import { AuthenticatedWorkflow, InvokableService } from "../../index";
import { type Report, specsOfState, verifySpecs } from "../../smoke";
import { enter } from "../support/enter";
import { startSandboxed, type Sandboxed } from "../support/sandboxed";

const location = "europe-west1";
const handler = path.join(__dirname, "handlers/inbox.cjs");
const source = "main: { steps: [{ ask: { call: http.get, args: { url: '${sys.get_env(\"ORDERS_URL\")}' } } }] }";
const stranger = "user:stranger@example.com";

/** A component of a user's own. */
class Own extends pulumi.ComponentResource {
    constructor(name: string, opts: pulumi.ComponentResourceOptions = {}) {
        super("test:index:Own", name, {}, opts);
    }
}

/** Where the caller stands in the program, and for what it waits. */
const SHAPES = {
    beside: (caller: Caller) => caller({}),
    waiting: (caller: Caller, orders: pulumi.Resource) => caller({ dependsOn: orders }),
    inside: (caller: Caller) => caller({ parent: new Own("own") }),
    "inside of what waits": (caller: Caller, orders: pulumi.Resource) =>
        caller({ parent: new Own("own", { dependsOn: [orders] }) }),
    "deep inside of what waits": (caller: Caller, orders: pulumi.Resource) =>
        caller({ parent: new Own("inner", { parent: new Own("own", { dependsOn: orders }) }) }),
    "made once the target has a URL": (caller: Caller, orders: InvokableService) => orders.url.apply(() => caller({})),
};

type Caller = (opts: pulumi.ComponentResourceOptions) => AuthenticatedWorkflow;
type Shape = keyof typeof SHAPES;

interface Binding {
    members: string[];
}

describe("nobody else may call what a program deploys", function () {
    this.timeout(120_000);
    let world: Sandboxed;
    let folder: string;
    let leave: () => void;
    let level = 0;
    let shape: Shape = "beside";
    let target: { name: string; opts: () => pulumi.ComponentResourceOptions };
    let siblings = 0;
    let accountId: string | undefined;
    before(async () => {
        target = { name: "orders", opts: () => ({}) };
        folder = mkdtempSync(path.join(tmpdir(), "callers-"));
        const mapping = path.join(folder, "sandbox.yaml");
        writeFileSync(mapping, JSON.stringify({ services: [{ image: "*", handler }] }));
        world = await startSandboxed({ mapping });
        leave = enter(world.sandbox);
    });
    after(async () => {
        leave();
        await world.close();
        rmSync(folder, { recursive: true, force: true });
    });

    function program(): Promise<Record<string, unknown>> {
        level += 1;
        const service = { image: "demo/inbox:1", location, env: { LEVEL: String(level) } };
        const orders = new InvokableService(target.name, service, target.opts());
        const asset = new pulumi.asset.StringAsset(source);
        const args = { location, source: asset, targets: { orders }, ...(accountId !== undefined && { accountId }) };
        const caller = (opts: pulumi.ComponentResourceOptions) => new AuthenticatedWorkflow("fulfil", args, opts);
        SHAPES[shape](caller, orders);
        if (siblings > 0) {
            new InvokableService("sibling", { image: "demo/inbox:1", location, smokeCheck: { enabled: false } });
        }
        return Promise.resolve({});
    }

    const open = (config: Record<string, string>): Promise<Stack> =>
        openStack({
            program,
            config: { "gcp:project": "demo", ...config },
            stateDirectory: folder,
            request: (method, url, body, headers) =>
                world.sandbox.request(method, url, { body, ...(headers && { headers }) }),
        });

    async function up(config: Record<string, string> = { "gcp-invoke:callers": "exactly" }) {
        const stack = await open(config);
        const { result, diagnostics } = await stack.up({ preview: false });
        return { result, said: diagnostics.map(({ message }) => message).join("\n"), stack };
    }

    const verify = (stack: Stack): Promise<Report[]> =>
        verifySpecs(specsOfState(stack.export()), {
            credentials: { env: world.env },
            http: world.http,
            deadlineSeconds: 5,
        });
    const rows = (reports: Report[]) =>
        Object.fromEntries(
            reports.flatMap(({ probes }) =>
                probes.filter(({ kind }) => kind === "callers").map(({ name, verdict }) => [name, verdict]),
            ),
        );
    const orders = async (): Promise<string> => {
        const services = await world.admin(
            "GET",
            "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services",
        );
        const [service] = services["services"] as { name: string }[];
        return `https://run.googleapis.com/v2/${service?.name ?? ""}`;
    };

    it("in the first update, and in later ones, where the grants of callers are there already", async () => {
        for (let update = 1; update <= 2; update += 1) {
            const { result, said } = await up();
            assert.equal(result, "succeeded", said);
            assert.match(said, /nobody else → orders .* proven/);
        }
        const { stack } = await up();
        assert.deepEqual(rows(await verify(stack)), {
            "nobody else → orders": "passed",
            "nobody else → fulfil": "passed",
        });
    });

    it("or else the update is red and names the path, until the command that it names was run", async () => {
        const service = await orders();
        await world.grant(service, "roles/run.invoker", stranger);
        const red = await up();
        assert.equal(red.result, "failed");
        assert.match(red.said, /user:stranger@example\.com → roles\/run\.invoker on orders/);
        assert.match(
            red.said,
            /fix: gcloud run services remove-iam-policy-binding orders-\w+ .*--member=user:stranger@example\.com/,
        );
        assert.equal(rows(await verify(red.stack))["nobody else → orders"], "failed");
        await world.revoke(service, "roles/run.invoker", stranger);
        assert.equal((await up()).result, "succeeded");
    });

    it("or else the update says so and goes on, where the stack does not ask for exactly its callers", async () => {
        const service = await orders();
        await world.grant(service, "roles/run.invoker", stranger);
        const { result, said, stack } = await up({});
        assert.equal(result, "succeeded", said);
        assert.match(said, /1 warning/);
        assert.match(said, /smokeCheck: \{ allowedCallers: \["user:stranger@example\.com"\] \}/);
        assert.equal(rows(await verify(stack))["nobody else → orders"], "warning");
        await world.revoke(service, "roles/run.invoker", stranger);
    });

    it("takes the old account of a caller for declared until the end of the update, which takes its access away", async () => {
        for (const [id, config] of [
            ["fulfil-two", undefined],
            ["fulfil-three", {}],
        ] as const) {
            accountId = id;
            const { result, said, stack } = await up(config);
            assert.equal(result, "succeeded", said);
            assert.doesNotMatch(said, /warning/);
            assert.equal(rows(await verify(stack))["nobody else → orders"], "passed");
        }
        const { bindings } = (await world.admin("GET", `${await orders()}:getIamPolicy`)) as { bindings: Binding[] };
        assert.deepEqual(
            bindings.flatMap(({ members }) => members),
            ["serviceAccount:fulfil-three@demo.iam.gserviceaccount.com"],
        );
    });

    it("says how a target that a caller no longer has loses that caller before the check", async () => {
        const service = await orders();
        const removed = `serviceAccount:${await world.account("former")}`;
        await world.grant(service, "roles/run.invoker", removed);
        const red = await up();
        assert.equal(red.result, "failed");
        assert.ok(red.said.includes(`${removed} → roles/run.invoker on orders`), red.said);
        assert.match(red.said, /the update would take it away only after this check: take it away by the command/);
        await world.revoke(service, "roles/run.invoker", removed);
        assert.equal((await up()).result, "succeeded");
    });

    for (const each of Object.keys(SHAPES) as Shape[]) {
        it(`wherever the caller stands: ${each}`, async () => {
            shape = each;
            accountId = undefined;
            for (let update = 1; update <= 2; update += 1) {
                const { result, said } = await up();
                assert.equal(result, "succeeded", said);
                assert.match(said, /smoke check of orders[^]*nobody else → orders .* proven/);
            }
            const service = await orders();
            await world.grant(service, "roles/run.invoker", stranger);
            const red = await up();
            assert.equal(red.result, "failed", red.said);
            assert.match(red.said, /user:stranger@example\.com → roles\/run\.invoker on orders/);
            await world.revoke(service, "roles/run.invoker", stranger);
        });
    }

    for (const each of Object.keys(SHAPES) as Shape[]) {
        it(`also under another name, wherever the caller stands: ${each}`, async () => {
            shape = each;
            accountId = undefined;
            // An account keeps the ID of its first name, so that another component of that name needs an accountId.
            const [first, second, third] = ["orders", "sales", "shop"].map((word) => `${word}-${each.length}`);
            assert.ok(first && second && third);
            const names: [typeof target, config: Record<string, string>][] = [
                [{ name: first, opts: () => ({}) }, { "gcp-invoke:smoke": "off" }],
                // There is no check before this one that tells the former name.
                [{ name: second, opts: () => ({ aliases: [{ name: first }] }) }, {}],
                [{ name: second, opts: () => ({}) }, {}],
                [
                    {
                        name: `area-${second}`,
                        opts: () => ({
                            parent: new Own("area"),
                            aliases: [{ name: second, parent: pulumi.rootStackResource }],
                        }),
                    },
                    {},
                ],
                // The parent has an alias, by which the component has another name too.
                [
                    {
                        name: `place-${second}`,
                        opts: () => ({ parent: new Own("place", { aliases: [{ name: "area" }] }) }),
                    },
                    {},
                ],
                // Nothing says which it was.
                [{ name: third, opts: () => ({}) }, {}],
                [{ name: third, opts: () => ({}) }, {}],
            ];
            for (const [named, config] of names) {
                target = named;
                const { result, said } = await up({ "gcp-invoke:callers": "exactly", ...config });
                assert.equal(result, "succeeded", `${named.name} ${JSON.stringify(named.opts.toString())}: ${said}`);
            }
        });
    }

    it("knows an account of the program that does not call it from one that does", async () => {
        target = { name: "orders-again", opts: () => ({}) };
        siblings = 1;
        shape = "inside of what waits";
        assert.equal((await up()).result, "succeeded");
        const { accounts } = (await world.admin(
            "GET",
            "https://iam.googleapis.com/v1/projects/demo/serviceAccounts",
        )) as { accounts: { email: string }[] };
        const sibling = accounts.find(({ email }) => email.startsWith("sibling-"))?.email ?? "";
        const service = await orders();
        await world.grant(service, "roles/run.invoker", `serviceAccount:${sibling}`);
        const red = await up();
        assert.equal(red.result, "failed", red.said);
        assert.ok(red.said.includes(`serviceAccount:${sibling} → roles/run.invoker on orders`), red.said);
        await world.revoke(service, "roles/run.invoker", `serviceAccount:${sibling}`);
        assert.equal((await up()).result, "succeeded");
    });
});
