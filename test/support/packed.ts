import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
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

let packed: (Rehearsed & { folder: string }) | undefined;

/**
 * The package as it is published next: version and changelog made, built and packed, once a process. In `folder` is room
 * for those who install it; it is gone when the process ends.
 */
export function pack(): Rehearsed & { folder: string } {
    if (packed !== undefined) {
        return packed;
    }
    const folder = mkdtempSync(join(tmpdir(), "packed-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    const script = join(root, "scripts", "release.cjs");
    const done = JSON.parse(shell(process.execPath, [script, "rehearse", join(folder, "source")], root)) as Rehearsed;
    packed = { ...done, folder };
    return packed;
}

/** The files of the stack that README.md shows, by their names. */
export function readmeFiles(): Record<string, string> {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const blocks = [...readme.matchAll(/^```(?:ts|yaml|js) (\S+)\n(.*?)^```/gms)];
    return Object.fromEntries(blocks.map(([, file = "", text = ""]) => [file, text]));
}

/** The command of README.md that begins so, without its comment. */
export function readmeCommand(start: string): string {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const line = readme.split("\n").find((each) => each.startsWith(start));
    if (line === undefined) {
        throw new Error(`README.md has no command that begins with "${start}"`);
    }
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
