import { strict as assert } from "node:assert";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createHttp } from "../../credentials";
import { formatReport, type Report, specsOfState, verifySpecs } from "../../smoke";
import type { CallGraph } from "../../access/graph";
import type { Session } from "../../cli/sandbox/session";
import type { Sandbox } from "../../sandbox";
import { withSandbox } from "../../cli/sandbox/session";
import { findStateFolder } from "../../cli/sandbox/state-folder";
import { command } from "../support/command";
import { type Copy, copyOf, run } from "../support/quickstart";

/** What `gcp-invoke verify` does with the state of a stack, from this process. */
async function verified(copy: Copy, { sandbox }: Session<Sandbox>): Promise<Report[]> {
    const env = sandbox.environment();
    const http = createHttp({ env, ca: readFileSync(env["NODE_EXTRA_CA_CERTS"] ?? "", "utf8") });
    const stacks = join(copy.state, "stacks");
    const [file = ""] = readdirSync(stacks).filter((name) => name.endsWith(".json"));
    const state: unknown = JSON.parse(readFileSync(join(stacks, file), "utf8"));
    try {
        return await verifySpecs(specsOfState(state), { http, credentials: { env }, deadlineSeconds: 20 });
    } finally {
        await http.close();
    }
}

interface Policy {
    bindings: { role: string; members: string[] }[];
}

/** Takes a grant away by hand, and returns what puts it back. */
async function revoke({ sandbox }: Session<Sandbox>, service: string, member: RegExp): Promise<() => Promise<unknown>> {
    const services = `https://run.googleapis.com/v2/projects/${sandbox.project}/locations/europe-west1/services`;
    const all = (await sandbox.request("GET", services)).body as { services: { name: string }[] };
    const name = all.services.map((each) => each.name).find((each) => each.includes(`/${service}`)) ?? "";
    const url = `https://run.googleapis.com/v2/${name}`;
    const { body } = await sandbox.request("GET", `${url}:getIamPolicy`);
    const policy = body as Policy;
    const set = (bindings: Policy["bindings"]) =>
        sandbox.request("POST", `${url}:setIamPolicy`, { body: { policy: { ...policy, etag: undefined, bindings } } });
    const without = policy.bindings.map((binding) => ({
        ...binding,
        members: binding.members.filter((each) => !member.test(each)),
    }));
    assert.notDeepEqual(without, policy.bindings, JSON.stringify(policy));
    await set(without);
    return () => set(policy.bindings);
}

describe("verify on what the quickstart deployed", () => {
    let copy: Copy;
    before(() => (copy = copyOf("quickstart")));
    after(() => copy.remove());

    it("is green, red without any one grant and says which, and green again when it is back", async () => {
        let steps = 0;
        const deployed = await run(copy, "up", {
            async after(session) {
                const green = await verified(copy, session);
                assert.ok(
                    green.length > 0 && green.every(({ verdict }) => verdict === "passed"),
                    green.map((report) => formatReport(report)).join("\n"),
                );
                for (const [service, member, component] of [
                    ["orders", /fulfil/, "fulfil"],
                    ["stock", /fulfil/, "fulfil"],
                    ["front", /probe/, "front"],
                ] as const) {
                    const restore = await revoke(session, service, member);
                    const red = await verified(copy, session);
                    const failed = red.filter(({ verdict }) => verdict === "failed");
                    assert.deepEqual(
                        failed.map(({ name }) => name),
                        [component],
                        red.map((report) => formatReport(report)).join("\n"),
                    );
                    const causes = failed.flatMap(({ probes }) => probes.map(({ diagnosis }) => diagnosis));
                    const missing = new RegExp(
                        `lacks run\\.routes\\.invoke on ${service}\\S*: the policy has no binding`,
                    );
                    assert.ok(
                        causes.some((each) => each?.code === "grant-missing" && missing.test(each.cause)),
                        JSON.stringify(causes),
                    );
                    await restore();
                    assert.ok((await verified(copy, session)).every(({ verdict }) => verdict === "passed"));
                    steps += 1;
                }
            },
        });
        assert.equal(steps, 3, deployed.text);
    });

    /** The command as people type it beside the Pulumi.yaml. */
    const verify = (args: string[], env: Record<string, string> = {}) =>
        command(copy.state, ["verify", ...args], { cwd: copy.directory, env });

    it("is a command that says so: exit code 0, then 1 and the grant that was taken away by hand", async () => {
        const green = await verify(["dev"]);
        assert.equal(green.code, 0, green.text);
        assert.match(green.text, /smoke check of fulfil \(\S+\): \d+ passed, 0 failed/);
        // The same policies as a graph: with everybody whom they let in, and not only with those that the state declares.
        const graph = ["graph", "--policies", "--format", "json"];
        const drawn = await command(copy.state, graph, { cwd: copy.directory });
        assert.equal(drawn.code, 0, drawn.text);
        const { nodes, edges } = JSON.parse(drawn.text.slice(drawn.text.indexOf("{"))) as CallGraph;
        const label = (id: string): string => nodes.find((node) => node.id === id)?.label ?? id;
        const found = edges.map(({ from, to, state }) => `${label(from)} → ${label(to)}: ${state}`);
        assert.ok(found.includes("fulfil → orders: proven") && found.includes("fulfil → stock: proven"), found.join());
        const folder = findStateFolder(copy.state, copy.directory, {});
        await withSandbox({ folder }, async (session) => {
            await revoke(session, "stock", /fulfil/);
        });
        const red = await verify(["--format", "json", "--only", "fulfil", "--deadline", "20s"]);
        assert.equal(red.code, 1, red.text);
        const json = red.text.slice(red.text.indexOf("{"), red.text.lastIndexOf("}") + 1);
        const [report] = (JSON.parse(json) as { reports: Report[] }).reports;
        const causes = report?.probes.map(({ diagnosis }) => diagnosis?.cause ?? "").join("\n") ?? "";
        assert.match(causes, /fulfil-\S+ lacks run\.routes\.invoke on stock: the policy has no binding/);
        assert.doesNotMatch(green.text + red.text, /eyJ|ya29/);
    });

    it("reads what the Pulumi CLI exports, and the account that its config names", async () => {
        const stacks = join(copy.state, "stacks");
        const [file = ""] = readdirSync(stacks).filter((name) => name.endsWith(".json"));
        const bin = join(copy.directory, "bin");
        mkdirSync(bin);
        // Answers as the CLI does for a stack that it knows, and refuses another.
        const script = [
            `#!${process.execPath}`,
            "const args = process.argv.slice(2).join(' ');",
            "if (!args.includes('--stack org/shop/dev')) { console.error('error: no stack named that found'); process.exit(255); }",
            `if (args.startsWith('stack export')) process.stdout.write(require('fs').readFileSync(${JSON.stringify(join(stacks, file))}));`,
            'else if (args.startsWith(\'config --json\')) console.log(\'{"gcp:project": {"value": "demo"}}\');',
            "else process.exit(2);",
        ].join("\n");
        writeFileSync(join(bin, "pulumi"), script);
        chmodSync(join(bin, "pulumi"), 0o755);
        const env = { PATH: `${bin}:${process.env["PATH"] ?? ""}` };
        const folder = findStateFolder(copy.state, copy.directory, {});
        const mapping = join(copy.directory, "sandbox.yaml");
        await withSandbox({ folder, mapping }, async ({ sandbox }) => {
            const own = Object.entries({ ...sandbox.environment(), ...env });
            const inside = Object.fromEntries(own.flatMap(([name, value]) => (value ? [[name, value]] : [])));
            const done = await verify(["org/shop/dev", "--cloud", "--only", "front"], inside);
            assert.equal(done.code, 0, done.text);
            assert.match(done.text, /smoke check of front \(\S+\): 9 passed, 0 failed, 1 not tried/);
        });
        const unknown = await verify(["other", "--cloud"], env);
        assert.equal(unknown.code, 1);
        assert.match(unknown.text, /pulumi config --json failed in \S+: error: no stack named that found/);
    });
});
