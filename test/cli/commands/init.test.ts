import { strict as assert } from "node:assert";
import { execSync, spawnSync } from "node:child_process";
import {
    appendFileSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { makeProject, templates } from "../../../cli/init";
import { readProject } from "../../../engine/project";
import { loadMapping } from "../../../sandbox/workloads";
import { cli, command } from "../../support/command";
import { skip } from "../../support/skip";
import { checkout, run } from "../../support/quickstart";

/** What is read of a `Pulumi.yaml`. */
interface Project {
    template?: { description?: string; config?: Record<string, object> };
}

describe("a project made by init", () => {
    let root: string;
    beforeEach(() => {
        root = mkdtempSync(join(tmpdir(), "init-"));
    });
    afterEach(() => rmSync(root, { recursive: true }));

    it("is offered for each folder of templates", () => {
        assert.deepEqual(templates, ["mcp", "schedule", "service", "workflow"]);
    });

    it("is entered by the printed command in a shell, whatever its folder is called", async () => {
        for (const name of ["shop", "my shop", "shop's (new)"]) {
            const { text } = await command(root, ["init", name], { cwd: root });
            const [enter = ""] = /(?<=^ +)cd .*/m.exec(text) ?? [];
            const folder = execSync(`${enter} && node -p "process.cwd()"`, { cwd: root, encoding: "utf8" }).trim();
            assert.equal(basename(folder), name);
        }
    });

    for (const template of templates) {
        it(`from ${template} is a project of Pulumi with the name of its folder, whose files are all there`, async () => {
            const directory = join(root, "My Shop!");
            const { written, installed } = makeProject({ directory, template });
            assert.deepEqual(readdirSync(directory).sort(), written.toSorted());
            assert.equal(installed, false);
            const text = written.map((file) => readFileSync(join(directory, file), "utf8")).join("");
            assert.doesNotMatch(text, /\$\{(PROJECT|DESCRIPTION)\}|^template:/m);
            const { name, warnings } = await readProject(directory, "dev", {});
            assert.deepEqual([name, warnings], ["my-shop", []]);
            const { services } = loadMapping(join(directory, "sandbox.yaml"));
            assert.ok(services.length > 0);
        });

        it(`from ${template} deploys, and its checks are green`, async () => {
            mkdirSync(join(checkout, "temp"), { recursive: true });
            const directory = mkdtempSync(join(checkout, "temp", `${template}-`));
            try {
                makeProject({ directory, template });
                // Here the program uses the sources of the package, and not what npm would install.
                rmSync(join(directory, "package.json"));
                writeFileSync(join(directory, "tsconfig.json"), '{ "extends": "../../tsconfig.json" }');
                appendFileSync(join(directory, "Pulumi.yaml"), "main: index.ts\n");
                const { succeeded, text, reports } = await run({ directory, state: join(directory, "state") }, "up", {
                    skipPreview: true,
                });
                assert.ok(succeeded, text);
                assert.ok(reports.length > 1, text);
            } finally {
                rmSync(directory, { recursive: true });
            }
        });

        it(`from ${template} is what pulumi new makes of the same folder`, () => {
            const source = join(checkout, "templates", template);
            const made = join(root, "made");
            const { written } = makeProject({ directory: made, template, name: "my-shop" });
            const files = readdirSync(source);
            assert.deepEqual(written.toSorted(), [...files, ".gitignore"].sort());
            const project = parse(readFileSync(join(source, "Pulumi.yaml"), "utf8")) as Project;
            const description = project.template?.description ?? "";
            assert.match(description, /^[A-Z][^\n]+[^.\n]$/);
            // https://www.pulumi.com/docs/iac/concepts/projects/project-file/#template-options
            const options = ["description", "quickstart", "important", "config", "metadata", "displayName"];
            assert.deepEqual(
                Object.keys(project.template ?? {}).filter((key) => !options.includes(key)),
                [],
            );
            for (const [key, asked] of Object.entries(project.template?.config ?? {})) {
                assert.match(key, /^[\w-]+:[\w-]+$/);
                assert.deepEqual(
                    Object.keys(asked).filter((each) => !["description", "default", "secret"].includes(each)),
                    [],
                );
            }
            for (const file of files) {
                const text = readFileSync(join(source, file), "utf8")
                    .replaceAll("${PROJECT}", "my-shop")
                    .replaceAll("${DESCRIPTION}", description);
                const own = readFileSync(join(made, file), "utf8");
                if (file === "Pulumi.yaml") {
                    const { template: _, ...kept } = parse(text) as Project;
                    assert.deepEqual(parse(own), kept);
                } else {
                    assert.equal(own, text, file);
                }
            }
            const { dependencies } = JSON.parse(
                readFileSync(join(checkout, "templates", template, "package.json"), "utf8"),
            ) as { dependencies: Record<string, string> };
            const { peerDependencies } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as {
                peerDependencies: Record<string, string>;
            };
            for (const [name, range] of Object.entries(dependencies)) {
                assert.equal(range, peerDependencies[name] ?? "latest", name);
            }
        });
    }

    it("keeps a package.json and a .gitignore that are there, and writes nothing over any other file", () => {
        for (const kept of ["package.json", ".gitignore"]) {
            writeFileSync(join(root, kept), "{}");
        }
        assert.ok(!makeProject({ directory: root, template: "workflow" }).written.includes("package.json"));
        assert.equal(readFileSync(join(root, "package.json"), "utf8"), "{}");
        const files = readdirSync(join(checkout, "templates", "service")).filter((file) => file !== "package.json");
        for (const file of files) {
            const other = mkdtempSync(join(root, "other-"));
            // A link that leads nowhere is a file too: what it points to is not to be made.
            symlinkSync(join(root, "elsewhere"), join(other, file));
            assert.throws(() => makeProject({ directory: other, template: "service" }), /already, and nothing was/);
            assert.deepEqual(readdirSync(other), [file]);
        }
    });

    it("is whole or not there: of a disk that is full or can only be read, the error says so, and nothing is left", async function () {
        const limited = await command(root, ["init", join(root, "a", "b")], {
            prepare: "trap '' XFSZ; ulimit -S -f 0",
        });
        assert.notEqual(limited.code, 0);
        assert.ok(limited.text.startsWith(`error: cannot make a project in ${join(root, "a", "b")}: `), limited.text);
        assert.deepEqual(readdirSync(root), []);
        assert.equal((await command(root, ["init", join(root, "a", "b")])).code, 0);

        const disk = join(root, "disk");
        mkdirSync(disk);
        if (spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", disk]).status !== 0) {
            skip(this, "this machine lets no user mount a disk of their own");
        }
        for (const [options, wrong] of [
            ["ro", "its file system can only be read; name another path"],
            ["nr_inodes=3", "the disk is full; make room, or name another path"],
        ] as const) {
            const mount = `mount -t tmpfs -o ${options},mode=700 tmpfs ${disk}`;
            const script = `${mount} && "$@"; ls -A ${disk}`;
            const args = ["-rm", "sh", "-c", script, "sh", ...cli, "init", join(disk, "a", "b")];
            const { stdout, stderr } = spawnSync("unshare", args, { cwd: root, encoding: "utf8" });
            assert.equal(stderr, `error: cannot make a project in ${join(disk, "a", "b")}: ${wrong}\n`);
            assert.equal(stdout, "");
        }
    });

    it("has a name that Pulumi and npm take", () => {
        mkdirSync(join(root, "a"));
        for (const name of ["", "Shop", "../x", "a b", "a".repeat(101), "-a"]) {
            assert.throws(() => makeProject({ directory: join(root, "a"), template: "workflow", name }), /not that of/);
        }
        assert.deepEqual(readdirSync(join(root, "a")), []);
    });
});
