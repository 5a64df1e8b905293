import { strict as assert } from "node:assert";
import { mkdirSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { allPackages, install, manifest, pack } from "../support/packed";

/**
 * Each way to resolve modules, with what it needs, the kinds of files (of either module system, or of one), and the compiler:
 * the native one is several times as fast, and no longer has the oldest way.
 */
const RESOLUTIONS: [module: string, moduleResolution: string, ends: string[], compiler: string][] = [
    ["node16", "node16", ["cts", "mts"], "typescript-native"],
    ["nodenext", "nodenext", ["cts", "mts"], "typescript-native"],
    ["esnext", "bundler", ["ts"], "typescript-native"],
    ["commonjs", "node10", ["ts"], "typescript"],
];

describe("the types of the packed tarball", () => {
    it("need a missing peer only where the entry point needs it, and then name it, for every way to resolve modules", function () {
        this.timeout(600_000);
        const peers = Object.keys(manifest()["peerDependencies"] as object);
        const needs: Record<string, string[]> = {
            "": ["@pulumi/gcp", "@pulumi/pulumi"],
            "/policy": ["@pulumi/policy"],
            "/testing": ["@pulumi/pulumi"],
        };
        const { tarball, folder: room } = pack();
        const folder = join(room, "without-peers");
        mkdirSync(folder);
        const others = allPackages().filter((name) => !peers.includes(name));
        install(tarball, folder, others);
        const all = Object.keys(manifest()["exports"] as object).map((name) => name.slice(1));
        const free = all.filter((entry) => entry !== "/package.json" && !(entry in needs));
        assert.ok(free.length >= 4, free.join());
        for (const [module, moduleResolution, ends, compiler] of RESOLUTIONS) {
            const tsc = join("node_modules", compiler, "bin", "tsc");
            /** The modules that a compiler misses in entry points that are imported as strictly as can be. */
            const missing = (entries: readonly string[]): string[] => {
                const files = entries.flatMap((entry) =>
                    ends.map((end) => ({ name: `use${entry.replace("/", "-")}.${end}`, entry })),
                );
                for (const { name, entry } of files) {
                    const text = `import * as all from "pulumi-gcp-invoke${entry}";\nexport const kept: typeof all = all;\n`;
                    writeFileSync(join(folder, name), text);
                }
                const compilerOptions = {
                    ...{ module, moduleResolution, target: "es2022", strict: true, noEmit: true, types: ["node"] },
                    ...{ skipLibCheck: false, ignoreDeprecations: "6.0" },
                };
                const config = { compilerOptions, files: files.map(({ name }) => name) };
                writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
                const { stdout } = spawnSync(process.execPath, [tsc, "-p", "."], { cwd: folder, encoding: "utf8" });
                const errors = stdout.split("\n").filter((line) => line.includes("error TS"));
                // What is of no type because a module is missing is an error too.
                const named = errors.flatMap(
                    (line) => /TS2307: Cannot find module '(@[^/]+\/[^/']+)/.exec(line)?.[1] ?? [],
                );
                assert.ok(errors.length === 0 || named.length > 0, stdout);
                return [...new Set(named)].sort();
            };
            assert.deepEqual(missing(free), [], moduleResolution);
            for (const [entry, peersOfEntry] of Object.entries(needs)) {
                // Each entry takes the slow compiler some seconds: there it tries the one that needs most.
                if (compiler === "typescript-native" || entry === "") {
                    assert.deepEqual(missing([entry]), peersOfEntry, `${entry} by ${moduleResolution}`);
                }
            }
        }
    });
});
