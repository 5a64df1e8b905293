import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { corners, installCorner, unreachable, type Corner, type InstalledCorner } from "../support/corners";
import { pack, readmeCommands, readmeFiles, root, shell } from "../support/packed";
import { skip } from "../support/skip";
import { runReadmeCommand } from "./readme-commands";

const { compiler } = createRequire(__filename)("../../scripts/sources.cjs") as { compiler: string };

/** Loads what the package offers, each entry with all that it needs, by its names for both kinds of modules. */
const LOAD = `
const { exports: entries } = require("pulumi-gcp-invoke/package.json");
(async () => {
    for (const entry of Object.keys(entries).filter((name) => !name.endsWith(".json"))) {
        const path = "pulumi-gcp-invoke" + entry.slice(1);
        const found = await import(path);
        for (const name of Object.keys(require(path))) if (!(name in found)) throw new Error(path + " has no " + name + " for import");
    }
})();
`;

/** A user's unit test. */
const UNIT_TEST = `
const { setMocks } = require("pulumi-gcp-invoke/testing");
setMocks().then(async (mocked) => {
    const { InvokableService } = require("pulumi-gcp-invoke");
    new InvokableService("orders", { image: "img", location: "europe-west1" });
    await mocked.settled();
    console.log(mocked.resources.map(({ name }) => name).sort().join());
});
`;

/** What a corner consists of, and how each step went there. */
export type Row = Record<string, string>;

/** What holds in a corner, step by step. Leaves a row of the table of `npm run test:floors`. */
export function inCorner(corner: Corner, addRow: (row: Row) => void): void {
    describe(`on Node ${corner.node} with the ${corner.peers} peers`, function () {
        this.timeout(300_000);
        const row: Row = { node: corner.node };
        let installed: InstalledCorner | undefined;

        before(function () {
            const { tarball, folder } = pack();
            try {
                installed = installCorner(corner, tarball, join(folder, `${corner.node}-${corner.peers}`));
            } catch (error) {
                const code = unreachable(error);
                if (code === undefined) {
                    throw error;
                }
                skip(this, `the npm registry cannot be reached (${code})`);
            }
            Object.assign(row, installed.versions);
            for (const [file, text] of Object.entries(readmeFiles())) {
                writeFileSync(join(installed.folder, file), text);
            }
        });
        afterEach(function () {
            const { title = "", state = "skipped" } = this.currentTest ?? {};
            row[title] = state === "passed" ? "✓" : state;
        });
        after(() => addRow(row));

        const here = (): InstalledCorner => {
            assert.ok(installed);
            return installed;
        };
        // Nothing newer may be used than the lowest Node has, and nothing that the newest has no more.
        if ([corners().at(0)?.node, corners().at(-1)?.node].includes(corner.node)) {
            it("compiles from its sources", () => compile(here().folder));
        }

        it("loads every entry and command", () => {
            writeFileSync(join(here().folder, "load.cjs"), LOAD);
            here().run("node", "load.cjs");
            assert.match(here().run("npx", "gcp-invoke", "--help"), /sandbox/);
        });

        it("mocks a stack", () => {
            writeFileSync(join(here().folder, "unit-test.cjs"), UNIT_TEST);
            const names = here().run("node", "unit-test.cjs").trim().split("\n").at(-1);
            assert.equal(names, "orders,orders,orders-account,orders-last-change,orders-smoke");
        });

        for (const command of readmeCommands()) {
            it(command, () => runReadmeCommand(command, here()));
        }

        it("makes a project that deploys as it is", () => {
            const made = here().run("npx", "gcp-invoke", "init", "made");
            assert.match(made, /\nnext:\n {4}cd made\n {4}npx gcp-invoke sandbox up \.\n$/);
            assert.equal(here().run("npx", "gcp-invoke", "-C", "made", "sandbox", "up", ".", "--quiet"), "");
        });

        it("shows no warning of Node", () => {
            const { folder, env } = here();
            const { PATH, HOME } = process.env;
            const ended = spawnSync(join(folder, "node_modules", ".bin", "gcp-invoke"), ["sandbox", "up", "."], {
                cwd: join(folder, "made"),
                encoding: "utf8",
                env: { PATH, HOME, ...env },
            });
            assert.equal(ended.status, 0, ended.stderr);
            assert.doesNotMatch(ended.stdout + ended.stderr, /\b(Experimental|Deprecation)?Warning\b|--trace-/);
        });
    });
}

/** Compiles the package's sources with the types that a corner has: those of its Node and its peers, and nothing newer. */
function compile(folder: string): void {
    const file = "tsconfig.build.json";
    const { include } = JSON.parse(readFileSync(join(root, file), "utf8")) as { include: string[] };
    const sources = join(folder, "sources");
    for (const name of [...include, "tsconfig.json", file, "package.json"]) {
        cpSync(join(root, name), join(sources, name), { recursive: true });
    }
    // What npm has put beside the package, because the corner has another version of it.
    const own = join(folder, "node_modules", "pulumi-gcp-invoke", "node_modules");
    if (existsSync(own)) {
        symlinkSync(own, join(sources, "node_modules"));
    }
    shell(process.execPath, [compiler, "--noEmit", "-p", file], sources);
}
