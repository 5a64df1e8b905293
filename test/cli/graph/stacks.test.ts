import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CallGraph } from "../../../access/graph";
import { findStateFolder } from "../../../cli/sandbox/state-folder";
import { command } from "../../support/command";
import { keepStack, type KeptStack, serviceWithCaller } from "./stacks";

/** Two stacks of one program, and one of another program that calls what the first one has. */
const STACKS: KeptStack[] = [
    { directory: "shop", project: "shop", stack: "dev", ...serviceWithCaller("shop", "dev", "orders", "fulfil") },
    { directory: "shop", project: "shop", stack: "prod", ...serviceWithCaller("shop", "prod", "orders", "fulfil") },
    {
        ...{ directory: "desk", project: "desk", stack: "dev" },
        ...serviceWithCaller("desk", "dev", "orders", "nightly", { of: "shop-dev" }),
    },
];

describe("gcp-invoke graph where several stacks are in one sandbox", () => {
    let root: string;
    before(() => {
        root = mkdtempSync(join(tmpdir(), "stacks-"));
        for (const stack of STACKS) {
            mkdirSync(join(root, stack.directory), { recursive: true });
            writeFileSync(join(root, stack.directory, "Pulumi.yaml"), `name: ${stack.project}\nruntime: nodejs\n`);
            keepStack(join(root, "state"), { ...stack, directory: join(root, stack.directory) });
        }
    });
    after(() => rmSync(root, { recursive: true }));

    const graph = (...args: string[]) =>
        command(join(root, "state"), ["graph", "--format", "json", ...args], { cwd: root });
    async function edges(...args: string[]): Promise<{ edges: string[]; text: string }> {
        const { code, text } = await graph(...args);
        assert.equal(code, 0, text);
        const { nodes, edges: all } = JSON.parse(text.slice(text.indexOf("{"))) as CallGraph;
        const label = (id: string) => nodes.find((node) => node.id === id)?.label ?? id;
        return { edges: all.map(({ from, to }) => `${label(from)} → ${label(to)}`).sort(), text };
    }

    it("draws the stack of a directory that was deployed last, and tells of the others", async () => {
        const { text, edges: drawn } = await edges("shop");
        assert.deepEqual(drawn, ["fulfil → orders"]);
        assert.match(text, /^this is shop\/prod; the sandbox also has desk\/dev, shop\/dev: draw one with --stack/m);
        assert.match(text, /urn:pulumi:prod::shop/);
        assert.doesNotMatch(text, /urn:pulumi:dev::/);
    });

    it("draws the one that is named, also from another directory, and then tells of none", async () => {
        for (const args of [
            ["shop", "--stack", "dev"],
            ["desk", "--stack", "shop/dev"],
            ["--stack", "acme/shop/dev"],
        ]) {
            const { text } = await edges(...args);
            assert.match(text, /urn:pulumi:dev::shop/, args.join(" "));
            assert.doesNotMatch(text, /urn:pulumi:(prod::shop|dev::desk)|also has/, args.join(" "));
        }
    });

    it("draws all together: what has the same name with its stack, and what two stacks know once", async () => {
        const { edges: drawn, text } = await edges("--all");
        assert.deepEqual(drawn, [
            "fulfil (shop/dev) → orders (shop/dev)",
            "fulfil (shop/prod) → orders (shop/prod)",
            "nightly → orders (shop/dev)",
        ]);
        const { nodes } = JSON.parse(text) as CallGraph;
        assert.equal(nodes.length, 5, "the service that desk only reads is the one of shop");
    });

    it("tells of which stack a note is, if several are drawn", async () => {
        const state = findStateFolder(join(root, "state"), root, {});
        const why = "the policy of the folder cannot be read";
        for (const { project, stack } of STACKS) {
            const folder = state.reportsOf({ project, stack });
            mkdirSync(folder, { recursive: true });
            const access = { verdict: "unknown", ways: [], unread: [{ what: "folders/1", why }] };
            const probe = { name: "nobody else", kind: "callers", target: "orders", verdict: "warning", access };
            writeFileSync(
                join(folder, "orders.json"),
                JSON.stringify({ version: 1, name: "orders", verdict: "passed", probes: [probe] }),
            );
        }
        const note = `it is not known who else may call orders: folders/1: ${why}`;
        const notes = async (...args: string[]): Promise<string[]> => {
            const { text } = await edges(...args);
            return (JSON.parse(text.slice(text.indexOf("{"))) as CallGraph).notes;
        };
        const all = STACKS.map(({ project, stack }) => `${project}/${stack}: ${note}`).sort();
        assert.deepEqual((await notes("--all")).sort(), all);
        assert.deepEqual(await notes("shop", "--stack", "dev"), [note]);
    });

    it("reads the sandbox whose folder --state names, as commands of the sandbox do, and nothing else if the stack is not there", async () => {
        const folder = join(root, "state");
        // Otherwise it would be found by its variable.
        const at = (...args: string[]) => command(join(root, "elsewhere"), args, { cwd: root });
        const drawn = await at("graph", "--format", "json", "desk", "--state", folder);
        assert.equal(drawn.code, 0, drawn.text);
        assert.match(drawn.text, /urn:pulumi:dev::desk/);
        const named = await at("graph", "--format", "json", "--state", "state", "--stack", "shop/dev");
        assert.match(named.text, /urn:pulumi:dev::shop/);
        for (const [args, says] of [
            [
                ["verify", "."],
                /has no program, and below it .*: desk\/dev, shop\/prod, shop\/dev; name one of them with --stack/,
            ],
            [["verify", "state"], /has no stack of .*, but desk\/dev, shop\/prod, shop\/dev; deploy it/],
            [["graph", "shop", "--stack", "nope"], /has no stack "nope", but desk\/dev/],
            [["who", "--dir", "desk", "--stack", "dve"], /has no stack "dve".*did you mean "dev"\?/],
        ] as const) {
            const { code, text } = await at(...args, "--state", folder);
            assert.equal(code, 1, text);
            assert.match(text, says);
            assert.doesNotMatch(text, /[Pp]ulumi is asked|pulumi stack/);
        }
        const cloud = await at("graph", "shop", "--cloud", "--state", folder);
        assert.match(cloud.text, /it is a folder, where a file is expected/);
    });

    it("takes the only stack below a folder without a program, and never one of a folder beside it", async () => {
        const [shop] = STACKS;
        const far = join(root, "far");
        const kept = { ...(shop ?? assert.fail()), directory: join(far, "deep", "shop") };
        keepStack(join(far, "state"), kept);
        const at = (cwd: string, ...args: string[]) => command(join(far, "state"), args, { cwd: join(far, cwd) });
        for (const folder of ["deep", "deep/shop", "deep/beside", "deep/sho", "program", "program/deep"]) {
            mkdirSync(join(far, folder), { recursive: true });
        }
        writeFileSync(join(far, "program", "Pulumi.yaml"), "name: other\nruntime: nodejs\n");
        for (const cwd of [".", "deep", "deep/shop"]) {
            const { code, text } = await at(cwd, "graph", "--format", "json");
            assert.equal(code, 0, text);
            assert.match(text, /urn:pulumi:dev::shop/);
        }
        for (const cwd of ["deep/beside", "deep/sho", "program", "program/deep"]) {
            const { code, text } = await at(cwd, "graph", "--format", "json");
            assert.notEqual(code, 0, text);
            assert.doesNotMatch(text, /urn:pulumi:dev::shop/);
        }
        // A program of its own may be a stack on Google Cloud.
        writeFileSync(join(far, "Pulumi.yaml"), "name: far\nruntime: nodejs\n");
        assert.notEqual((await at(".", "graph")).code, 0);
        keepStack(join(far, "state"), { ...kept, stack: "prod" });
        rmSync(join(far, "Pulumi.yaml"));
        for (const args of [["graph"], ["verify"], ["who"], ["who", "orders"]]) {
            const { code, text } = await at(".", ...args);
            assert.equal(code, 1, text);
            assert.match(text, /has no program, and below it .*: shop\/prod, shop\/dev; name one of them with --stack/);
        }
        assert.equal((await at(".", "graph", "--stack", "shop/dev")).code, 0);
    });

    it("refuses a stack that is not there, a directory without stacks, and what --all does not go with", async () => {
        const missing = await graph("shop", "--stack", "nope");
        assert.notEqual(missing.code, 0);
        assert.match(missing.text, /has no stack "nope", but desk\/dev, shop\/prod, shop\/dev; Pulumi is asked/);
        const empty = await command(join(root, "empty"), ["graph", "--all"], { cwd: root });
        assert.equal(empty.code, 1);
        assert.match(empty.text, /no stack is deployed in .*empty.*sandbox up/s);
        for (const flags of [
            ["--stack", "dev"],
            ["--cloud"],
            ["--policies"],
            ["--state", "x.json"],
            ["--evidence", "x"],
        ]) {
            const { code, text } = await graph("--all", ...flags);
            assert.equal(code, 2, text);
            assert.match(text, /--all.*cannot be used with/);
        }
    });
});
