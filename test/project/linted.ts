import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "./sources";

/** What lint reports of a file. */
export interface Finding {
    /** With the name of its plugin if it is a rule of the house: `house/cycles`. */
    rule: string;
    message: string;
    severity: string;
}

/** What `linted` lints. */
export interface LintedOptions {
    /** Files and folders of the project that are there beside the planted files. They are not linted. @default none */
    beside?: readonly string[];
    /** Whether types are checked too, by the rules that need them and as the compiler does. @default false */
    types?: boolean;
}

/**
 * Runs lint, with the project's settings, on files that are planted in a copy of the project.
 * @returns what lint reports, by file; a file of which it reports nothing has no entry
 * @throws AssertionError if lint does not run
 */
export function linted(
    planted: Record<string, string>,
    { beside = [], types = false }: LintedOptions = {},
): Map<string, Finding[]> {
    const folder = mkdtempSync(join(tmpdir(), "lint-"));
    try {
        for (const name of ["tsconfig.json", "package.json", ...beside]) {
            cpSync(join(root, name), join(folder, name), { recursive: true });
        }
        for (const name of ["node_modules", "scripts"]) {
            symlinkSync(join(root, name), join(folder, name), "junction");
        }
        const settings = JSON.parse(readFileSync(join(root, ".oxlintrc.json"), "utf8")) as { options: object };
        const options = { ...settings.options, typeAware: types, typeCheck: types };
        writeFileSync(join(folder, ".oxlintrc.json"), JSON.stringify({ ...settings, options }));
        for (const [name, text] of Object.entries(planted)) {
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, name), text);
        }
        return run(folder, Object.keys(planted));
    } finally {
        rmSync(folder, { recursive: true });
    }
}

function run(folder: string, files: string[]): Map<string, Finding[]> {
    const oxlint = join(root, "node_modules", "oxlint", "bin", "oxlint");
    const { stdout, stderr } = spawnSync(process.execPath, [oxlint, "--format=json", ...files], {
        cwd: folder,
        encoding: "utf8",
        maxBuffer: 100 * 1024 * 1024,
    });
    assert.ok(stdout.startsWith("{"), `${stdout}${stderr}`);
    const { diagnostics, number_of_files: count } = JSON.parse(stdout) as {
        diagnostics: { filename: string; code?: string; message: string; severity: string }[];
        number_of_files: number;
    };
    assert.equal(count, files.length, "each planted file is linted");
    const found = new Map<string, Finding[]>();
    for (const { filename, code = "", message, severity } of diagnostics) {
        const [, plugin, name] = /^(\w+)\((.*)\)$/.exec(code) ?? [];
        const rule = plugin === "house" ? `house/${name ?? ""}` : (name ?? code);
        found.set(filename, [...(found.get(filename) ?? []), { rule, message, severity }]);
    }
    return found;
}
