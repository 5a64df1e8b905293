import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

export const root = resolve(__dirname, "../..");

/**
 * Runs a command as a user's shell would, without what this checkout's test run has set.
 * @throws Error with all that the command printed, if it ends with anything but 0
 */
export function shell(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
    const { PATH, HOME } = process.env;
    const ended = spawnSync(command, args, { cwd, encoding: "utf8", env: { PATH, HOME, ...env } });
    if (ended.error) {
        throw ended.error;
    }
    if (ended.status !== 0) {
        throw new Error(`${args.join(" ")}: exit ${String(ended.status)}\n${ended.stdout}${ended.stderr}`);
    }
    return ended.stdout;
}

/** What a rehearsed release says of itself (`scripts/release.cjs`). */
export interface Rehearsed {
    before: string;
    after: string;
    /** The changesets that it took, by file name. */
    taken: string[];
    /** The new part of the changelog. */
    changelog: string;
    tarball: string;
    files: string[];
    /** What it takes once it is installed, in bytes. */
    unpackedSize: number;
}

export interface Packed extends Rehearsed {
    /** The folder of the package as it was packed, with what it needs. */
    source: string;
    /** Room for those who install it. It is gone when the process ends. */
    folder: string;
}

let packed: Packed | undefined;

/** The package as it is published next: version and changelog made, built and packed, once in a run of tests. */
export function pack(): Packed {
    if (packed === undefined) {
        const folder = mkdtempSync(join(tmpdir(), "packed-"));
        process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
        const shared = process.env["TEST_RUN_FOLDER"];
        const source = join(shared ?? folder, "package");
        packed = { ...(shared === undefined ? rehearse(source) : rehearseOnce(source)), source, folder };
    }
    return packed;
}

function rehearse(source: string): Rehearsed {
    const script = join(root, "scripts", "release.cjs");
    return JSON.parse(shell(process.execPath, [script, "rehearse", source], root)) as Rehearsed;
}

/** The processes of a run share a folder: the first one that needs the package makes it, and the others wait for it. */
function rehearseOnce(source: string): Rehearsed {
    const result = join(dirname(source), "rehearsed.json");
    try {
        mkdirSync(source);
    } catch {
        for (const until = Date.now() + 240_000; !existsSync(result);) {
            assert.ok(Date.now() < until, "the process of the run that makes the package has not ended");
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
        }
        const { error, made } = JSON.parse(readFileSync(result, "utf8")) as { error?: string; made: Rehearsed };
        if (error !== undefined) {
            throw new Error(error);
        }
        return made;
    }
    const say = (what: { error: string } | { made: Rehearsed }): void => {
        writeFileSync(`${result}.new`, JSON.stringify(what));
        renameSync(`${result}.new`, result);
    };
    try {
        const made = rehearse(source);
        say({ made });
        return made;
    } catch (error) {
        say({ error: String(error) });
        throw error;
    }
}

/** The files of the stack that README.md shows, by their names. */
export function readmeFiles(): Record<string, string> {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const blocks = [...readme.matchAll(/^```(?:ts|yaml|js) (\S+)\n(.*?)^```/gms)];
    return Object.fromEntries(blocks.map(([, file = "", text = ""]) => [file, text]));
}

/** The commands by which README.md deploys its stack, in their order and without their comments. */
export function readmeCommands(): string[] {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const [, block = ""] = /^```sh\n(npx gcp-invoke sandbox up [^]*?)^```/m.exec(readme) ?? [];
    return block.trimEnd().split("\n").map(withoutComment);
}

/** The command of README.md that installs the package. */
export function readmeInstall(): string {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    return /^npm install pulumi-gcp-invoke .*$/m.exec(readme)?.[0] ?? "";
}

function withoutComment(line: string): string {
    return line.replace(/ +#.*/, "");
}

export function manifest(): Record<string, unknown> {
    return JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, unknown>;
}

/** What npm does, without a network: the tarball unpacked, and of everything else just the packages named. */
export function install(tarball: string, app: string, packages: readonly string[]): void {
    const installed = join(app, "node_modules", "pulumi-gcp-invoke");
    mkdirSync(installed, { recursive: true });
    shell("tar", ["xzf", tarball, "--strip-components=1", "-C", installed], app);
    for (const name of packages) {
        // Links lead to the packages without what lies beside this one: what a test needs, it has to name.
        const link = join(app, "node_modules", name);
        mkdirSync(dirname(link), { recursive: true });
        symlinkSync(join(root, "node_modules", name), link);
    }
}

/** Every package that lies in the checkout's own node_modules, scoped ones too. */
export function allPackages(): string[] {
    const modules = join(root, "node_modules");
    const visible = readdirSync(modules).filter((name) => !name.startsWith("."));
    return visible.flatMap((name) =>
        name.startsWith("@") ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
    );
}
