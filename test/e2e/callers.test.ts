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

describe("nobody else may call what a program deploys", function () {
    this.timeout(120_000);
    let world: Sandboxed;
    let folder: string;
    let leave: () => void;
    let level = 0;
    let waits = false;
    let accountId: string | undefined;
    before(async () => {
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
        const orders = new InvokableService("orders", {
            image: "demo/inbox:1",
            location,
            env: { LEVEL: String(level) },
        });
        const asset = new pulumi.asset.StringAsset(source);
        const opts = waits ? { dependsOn: [orders] } : {};
        const args = { location, source: asset, targets: { orders }, ...(accountId !== undefined && { accountId }) };
        new AuthenticatedWorkflow("fulfil", args, opts);
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

    it("says how an account that the program replaced loses its access before the check", async () => {
        accountId = "fulfil-two";
        const service = await orders();
        const { bindings } = (await world.admin("GET", `${service}:getIamPolicy`)) as {
            bindings: { role: string; members: string[] }[];
        };
        const old = bindings.flatMap(({ members }) => members).find((member) => member.includes("fulfil"));
        assert.ok(old);
        const red = await up();
        assert.equal(red.result, "failed");
        assert.ok(red.said.includes(`${old} → roles/run.invoker on orders`), red.said);
        assert.match(red.said, /the update would take it away only after this check: take it away by the command/);
        await world.revoke(service, "roles/run.invoker", old);
        const { result, said, stack } = await up();
        assert.equal(result, "succeeded", said);
        assert.equal(rows(await verify(stack))["nobody else → orders"], "passed");
        // With a check that only warns, the update goes on and takes the old access away itself.
        accountId = "fulfil-three";
        const warned = await up({});
        assert.equal(warned.result, "succeeded", warned.said);
        assert.match(warned.said, /serviceAccount:fulfil-two@.* → roles\/run\.invoker on orders/);
        assert.equal(rows(await verify(warned.stack))["nobody else → orders"], "passed");
    });

    it("is not known before a caller is deployed that waits for its target, and is asked again then", async () => {
        waits = true;
        const { result, said } = await up();
        assert.equal(result, "succeeded", said);
        assert.match(said, /a grant of this program is not deployed yet/);
        assert.match(said, /smoke check of fulfil[^]*nobody else → orders .* proven/);
        const service = await orders();
        await world.grant(service, "roles/run.invoker", stranger);
        for (let update = 1; update <= 2; update += 1) {
            const red = await up();
            assert.equal(red.result, "failed", red.said);
            assert.match(red.said, /user:stranger@example\.com → roles\/run\.invoker on orders/);
        }
        await world.revoke(service, "roles/run.invoker", stranger);
        assert.equal((await up()).result, "succeeded");
    });
});
