import { strict as assert } from "node:assert";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join, posix } from "node:path";
import { corners } from "../support/corners";
import { allPackages, install, manifest, pack, readmeFiles, root, shell } from "../support/packed";
import { inCorner, type Row } from "./corner";

/** All that the language needs to be installed. */
const LANGUAGE_NEEDS = ["yaml", "re2js"];
const SCRIPT = `
const { runWorkflow } = require("pulumi-gcp-invoke/workflow");
runWorkflow("- get: {call: http.get, args: {url: 'https://orders.example.com/x', auth: {type: OIDC}}, result: r}\\n- done: {return: '\${r.body.n + 1}'}\\n", {
    http: { "orders.example.com": () => ({ body: { n: 41 } }) },
}).then(({ result, calls }) => console.log(JSON.stringify({ result, auth: calls[0].auth })));
`;

/** What Pulumi's own TypeScript template says; its module resolution knows nothing of `exports`. */
const TEMPLATE = {
    compilerOptions: {
        strict: true,
        target: "es2020",
        module: "commonjs",
        moduleResolution: "node",
        ignoreDeprecations: "6.0",
        skipLibCheck: true,
        types: ["node"],
    },
    files: ["index.ts", "entries.ts"],
};
const ENTRIES = ["workflow", "credentials", "smoke", "policy", "sandbox", "testing"];

// `npm test` runs the lowest corner, `npm run test:floors` all of them.
const everywhere = process.env["FLOORS"] === "all";

describe("the packed tarball", () => {
    const table: Row[] = [];
    for (const corner of everywhere ? corners() : corners().slice(0, 1)) {
        inCorner(corner, (row) => table.push(row));
    }
    after(() => {
        if (everywhere) {
            console.table(table);
        }
    });

    let packed: ReturnType<typeof pack>;
    before(function () {
        this.timeout(180_000);
        packed = pack();
    });

    function app(name: string, packages: readonly string[], files: Record<string, string>): string {
        const folder = join(packed.folder, name);
        mkdirSync(folder);
        install(packed.tarball, folder, packages);
        for (const [file, text] of Object.entries(files)) {
            writeFileSync(join(folder, file), text);
        }
        return folder;
    }

    it("is what the next release holds: the version that the changesets ask for, and the changelog with all they say", () => {
        const waiting = readdirSync(join(root, ".changeset")).filter((name) => name.endsWith(".md"));
        assert.deepEqual(packed.taken, waiting);
        assert.equal(packed.before, manifest()["version"]);
        assert.equal(packed.after !== packed.before, waiting.length > 0);
        const folder = app("released", [], {});
        const inside = (name: string): string =>
            readFileSync(join(folder, "node_modules", "pulumi-gcp-invoke", name), "utf8");
        assert.equal((JSON.parse(inside("package.json")) as { version: string }).version, packed.after);
        assert.ok(inside("CHANGELOG.md").includes(packed.changelog));
        for (const name of waiting) {
            const [, , text = ""] = readFileSync(join(root, ".changeset", name), "utf8").split("---\n");
            const lines = text.split("\n").map((line) => line.replace(/^[-\s]+/, ""));
            assert.deepEqual(
                lines.filter((line) => !packed.changelog.includes(line)),
                [],
            );
        }
        const missing = ["dist/index.js", "dist/index.d.ts", "dist/cli/main.js", "CHANGELOG.md", "LICENSE"].filter(
            (file) => !packed.files.includes(file),
        );
        assert.deepEqual(missing, []);
        assert.deepEqual(
            packed.files.filter((file) => /^(test|examples|scripts)\/|\.test\./.test(file)),
            [],
        );
    });

    it("has the documents, whose links lead to what is in it", () => {
        const documents = packed.files.filter((file) => file.endsWith(".md") && !file.startsWith("dist/"));
        assert.ok(documents.length > 10, documents.join(", "));
        const broken = documents.flatMap((file) => {
            const text = readFileSync(join(packed.source, file), "utf8").replace(/```[^]*?```/g, "");
            return [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)]
                .map(([, link = ""]) => link.split("#"))
                .filter(([path = "", anchor]) => {
                    const target = path === "" ? file : posix.join(posix.dirname(file), path);
                    return (
                        !packed.files.includes(target) || (anchor !== undefined && !anchors(target).includes(anchor))
                    );
                })
                .map((link) => `${file}: ${link.join("#")}`);
        });
        assert.deepEqual(broken, []);
    });

    /** The anchors of the headings of a document, as GitHub makes them. */
    const anchors = (file: string): string[] =>
        [...readFileSync(join(packed.source, file), "utf8").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
            heading
                .toLowerCase()
                .replace(/[^\p{L}\p{N}\s_-]/gu, "")
                .replaceAll(" ", "-"),
        );

    it("is less than 5 MB when it is installed, its programs without comments and its types without unreachable ones", () => {
        assert.ok(packed.unpackedSize < 5_000_000, `${packed.unpackedSize} bytes`);
        const source = join(packed.source, "dist");
        assert.doesNotMatch(readFileSync(join(source, "cli/main.js"), "utf8"), /^\s*\/\//m);
        // The command has no types to offer, and is reached from no entry point.
        assert.deepEqual(
            packed.files.filter((file) => /^dist\/cli\/.*\.d\.ts$/.test(file)),
            [],
        );
    });

    it("has the public types of the committed reports, so that a change of them is seen in review", () => {
        const { reports } = createRequire(__filename)("../../scripts/generate/api.cjs") as {
            reports: (dist: string) => Record<string, string>;
        };
        const found = Object.entries(reports(join(packed.source, "dist")));
        assert.equal(found.length, ENTRIES.length + 1);
        for (const [file, text] of found) {
            assert.ok(
                text === readFileSync(join(root, file), "utf8").replaceAll("\r\n", "\n"),
                `${file} is not what the types are now: npm run generate -- api, and a changeset for what users notice`,
            );
        }
    });

    it("runs a workflow in a plain Node script, with neither Pulumi nor a provider installed", () => {
        const folder = app("script", LANGUAGE_NEEDS, { "script.cjs": SCRIPT });
        assert.deepEqual(JSON.parse(shell(process.execPath, ["script.cjs"], folder)), {
            result: 42,
            auth: { type: "OIDC", audience: "https://orders.example.com/x" },
        });
    });

    it("names the packages that an entry point needs and has not got, with the command that installs them", () => {
        const folder = app(
            "bare",
            allPackages().filter((name) => !name.startsWith("@pulumi/")),
            {},
        );
        const load = (entry: string) =>
            `try { require("pulumi-gcp-invoke${entry}"); } catch ({ code, fix }) { console.log(code, fix); }`;
        const script = ["", ...ENTRIES.map((name) => `/${name}`)].map(load).join("\n");
        assert.deepEqual(shell(process.execPath, ["-e", script], folder).trim().split("\n"), [
            "missing-package run npm install @pulumi/pulumi @pulumi/gcp",
            "missing-package run npm install @pulumi/policy @pulumi/pulumi",
            "missing-package run npm install @pulumi/pulumi @pulumi/gcp",
        ]);
    });

    it("compiles the README's stack in a project made from Pulumi's template, and deploys an example as it was copied", () => {
        const files = readmeFiles();
        assert.deepEqual(Object.keys(files), ["Pulumi.yaml", "index.ts", "fulfil.yaml", "sandbox.yaml", "orders.js"]);
        const folder = app("stack", allPackages(), {
            ...files,
            "tsconfig.json": JSON.stringify(TEMPLATE),
            "package.json": "{}",
        });
        const entries = ENTRIES.map((name) => `import * as ${name} from "pulumi-gcp-invoke/${name}";`).join("\n");
        writeFileSync(join(folder, "entries.ts"), `${entries}\nexport default [${ENTRIES.join(", ")}];\n`);
        const tsc = join("node_modules", "typescript", "bin", "tsc");
        shell(process.execPath, [tsc, "--noEmit", "-p", "."], folder);

        const cli = join("node_modules", "pulumi-gcp-invoke", "dist", "cli", "main.js");
        // `npm test` deploys the stack of the README in another place.
        cpSync(join(root, "examples", "quickstart"), join(folder, "quickstart"), { recursive: true });
        const up = shell(process.execPath, [cli, "sandbox", "up", "quickstart"], folder, {
            PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        });
        assert.match(up, /✓ fulfil → orders/);
        assert.doesNotMatch(up, /warning:/);
        assert.ok(
            existsSync(join(folder, "node_modules", ".cache", "gcp-invoke")),
            "the next command is to start faster",
        );
    });

    it("refuses a program with a wrong type, with a preview and without one", () => {
        const folder = app("wrong-type", allPackages(), {
            "Pulumi.yaml": "name: wrong-type\nruntime: nodejs\n",
            "package.json": "{}",
            "index.ts": 'export const size: number = "large";\n',
        });
        const cli = join("node_modules", "pulumi-gcp-invoke", "dist", "cli", "main.js");
        for (const flags of [[], ["--skip-preview"]]) {
            const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "sandbox", "up", ".", ...flags], {
                cwd: folder,
                encoding: "utf8",
            });
            const said = stdout + stderr;
            assert.notEqual(status, 0, said);
            // Only one of the two programs that run checks the types, and that one decides.
            assert.equal(said.match(/TS2322/g)?.length, 1, said);
            assert.equal(said.includes("Updating"), flags.length > 0, said);
        }
    });

    it("asks for Pulumi's packages, and for one that few need, as peers that may be missing", () => {
        const { dependencies, peerDependencies, peerDependenciesMeta } = manifest() as Record<
            string,
            Record<string, unknown>
        >;
        const peers = ["@pulumi/gcp", "@pulumi/policy", "@pulumi/pulumi", "xml-crypto"];
        assert.deepEqual(Object.keys(peerDependencies ?? {}), peers);
        assert.deepEqual(peerDependenciesMeta, Object.fromEntries(peers.map((name) => [name, { optional: true }])));
        assert.deepEqual(
            Object.keys(dependencies ?? {}).filter((name) => name.startsWith("@pulumi/")),
            [],
        );
        assert.ok(LANGUAGE_NEEDS.every((name) => dependencies?.[name] !== undefined));
    });

    it("offers every entry to compilers that do not read exports", () => {
        const { main, types, typesVersions, exports } = manifest() as {
            main: string;
            types: string;
            typesVersions: Record<string, Record<string, string[]>>;
            exports: Record<string, { types: string; default: string }>;
        };
        const { ".": entry, ...rest } = exports;
        const folders = Object.entries(rest).filter(([name]) => name !== "./package.json");
        assert.equal(types, entry?.types);
        // Pulumi loads `main` as a plugin; everybody else gets the same as by `exports`.
        const load = createRequire(join(packed.source, "index.js"));
        const names = (file: string) => Object.keys(load(file) as object).sort();
        assert.deepEqual(names(main), names(entry?.default ?? ""));
        assert.deepEqual(
            typesVersions["*"],
            Object.fromEntries(folders.map(([name, offered]) => [name.slice(2), [offered.types]])),
        );
        assert.deepEqual(
            folders.map(([name]) => name),
            ENTRIES.map((name) => `./${name}`),
        );
    });
});
