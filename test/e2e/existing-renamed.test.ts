import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { openStack } from "../../engine";
import { AuthenticatedWorkflow, InvokableMcpServer, InvokableService } from "../../index";
import { enter } from "../support/enter";
import { startSandboxed, type Sandboxed } from "../support/sandboxed";

const location = "europe-west1";
const handler = path.join(__dirname, "handlers/inbox.cjs");
const source = "main: { steps: [{ ask: { call: http.get, args: { url: '${sys.get_env(\"STOCK_URL\")}' } } }] }";
const services = `https://run.googleapis.com/v2/projects/demo/locations/${location}/services`;

/** A component of a user's own. */
class Own extends pulumi.ComponentResource {
    constructor(name: string, opts: pulumi.ComponentResourceOptions = {}) {
        super("test:index:Own", name, {}, opts);
    }
}

/** What a component is made with. */
type Options = pulumi.ComponentResourceOptions;

const urnOf = (kind: string, name: string): string =>
    `urn:pulumi:dev::${pulumi.getProject()}::pulumi-gcp-invoke:index:${kind}::${name}`;

/** How a component has another URN than before, and what its aliases say. */
const RENAMED: Record<string, (name: string, kind: string) => { name: string; opts: Options; other?: true }> = {
    "not at all": (name) => ({ name, opts: {} }),
    "by its name": (name) => ({ name: `new-${name}`, opts: {} }),
    "by its name, with the name as alias": (name) => ({ name: `new-${name}`, opts: { aliases: [{ name }] } }),
    "by its name, with the URN as alias": (name, kind) => ({
        name: `new-${name}`,
        opts: { aliases: [urnOf(kind, name)] },
    }),
    "by its parent": (name) => ({ name, opts: { parent: new Own(`own-${name}`) } }),
    "by its parent, with the parent as alias": (name) => ({
        name,
        opts: { parent: new Own(`own-${name}`), aliases: [{ parent: pulumi.rootStackResource }] },
    }),
    "by its type": (name) => ({ name, opts: {}, other: true }),
    "by its type, with the type as alias": (name, kind) => ({
        name,
        opts: { aliases: [{ type: `pulumi-gcp-invoke:index:${kind}` }] },
        other: true,
    }),
    "by its name, with a wrong alias": (name) => ({ name: `new-${name}`, opts: { aliases: [{ name: "no-such" }] } }),
};

/** Whether the caller waits for the check of its target. */
const WAITS: Record<string, (target: pulumi.Resource) => Options> = {
    beside: () => ({}),
    waiting: (target) => ({ dependsOn: target }),
};

describe("a target that existed before, under another URN", function () {
    this.timeout(240_000);
    let world: Sandboxed;
    let leave: () => void;
    let folder: string;
    before(async () => {
        folder = mkdtempSync(path.join(tmpdir(), "existing-"));
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

    const up = async (stateDirectory: string, program: () => void) => {
        const steps: string[] = [];
        const stack = await openStack({
            program: () => (program(), Promise.resolve({})),
            config: { "gcp:project": "demo", "gcp-invoke:callers": "exactly" },
            stateDirectory,
            onEvent: (event) => {
                if (
                    event.type === "step" &&
                    event.phase === "done" &&
                    !["same", "read"].includes(event.step.operation)
                ) {
                    steps.push(`${event.step.operation} ${event.step.type.split(":").pop() ?? ""} ${event.step.name}`);
                }
            },
            request: (method, url, body, headers) =>
                world.sandbox.request(method, url, { body, ...(headers && { headers }) }),
        });
        const { result, diagnostics } = await stack.up({ preview: false });
        const account = stack.resources.find(({ type }) => type.endsWith("account:Account"))?.outputs["email"];
        return {
            stack,
            steps,
            result,
            said: diagnostics.map(({ message }) => message).join("\n"),
            account: account as string,
        };
    };

    for (const [place, waits] of Object.entries(WAITS)) {
        for (const [ofTarget, renameTarget] of Object.entries(RENAMED)) {
            for (const [ofCaller, renameCaller] of Object.entries(RENAMED)) {
                const isPair = ofTarget === "by its name" || ["not at all", "by its name"].includes(ofCaller);
                if (ofCaller.includes("type") || !isPair) {
                    continue;
                }
                it(`keeps its caller's access and nobody else's: the target ${ofTarget}, the caller ${place} ${ofCaller}`, async () => {
                    const state = mkdtempSync(path.join(folder, "state-"));
                    const id = `stock-${path
                        .basename(state)
                        .toLowerCase()
                        .replace(/[^a-z0-9]/g, "x")}`;
                    await world.admin("POST", `${services}?serviceId=${id}`, {
                        template: { containers: [{ image: "demo/inbox:1" }] },
                    });
                    const program = (isRenamed: boolean) => () => {
                        const [target, caller] = isRenamed
                            ? [
                                  renameTarget("stock", "InvokableService"),
                                  renameCaller("fulfil", "AuthenticatedWorkflow"),
                              ]
                            : [
                                  { name: "stock", opts: {} },
                                  { name: "fulfil", opts: {} },
                              ];
                        const Class = "other" in target ? InvokableMcpServer : InvokableService;
                        const stock = new Class(target.name, { existing: { name: id, location } }, target.opts);
                        new AuthenticatedWorkflow(
                            caller.name,
                            { location, source: new pulumi.asset.StringAsset(source), targets: { stock } },
                            { ...caller.opts, ...waits(stock) },
                        );
                    };
                    const invokers = async () => {
                        const { bindings = [] } = (await world.admin("GET", `${services}/${id}:getIamPolicy`)) as {
                            bindings?: { role: string; members: string[] }[];
                        };
                        return bindings.flatMap(({ members }) => members);
                    };
                    const first = await up(state, program(false));
                    assert.equal(first.result, "succeeded", first.said);
                    assert.deepEqual(await invokers(), [`serviceAccount:${first.account}`]);
                    const renamed = await up(state, program(true));
                    assert.equal(renamed.result, "succeeded", renamed.said);
                    assert.deepEqual(await invokers(), [`serviceAccount:${renamed.account}`]);
                    // A grant that is made again and then deleted takes the access away, because the policy holds it once.
                    const isSameCaller = renamed.account === first.account;
                    assert.equal(
                        renamed.steps.some((step) => step.includes("IamMember")),
                        !isSameCaller,
                        renamed.steps.join(),
                    );
                    const again = await up(state, program(true));
                    assert.deepEqual([again.result, again.steps], ["succeeded", []], again.said);
                    await again.stack.destroy();
                });
            }
        }
    }
});
