import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

import { parse, stringify } from "yaml";

import type { Sandbox } from "../../sandbox";

interface Deployment {
    version: number;
    deployment: Record<string, unknown> & { resources?: Record<string, unknown>[] };
}

/** Why the real CLI cannot be used here; nothing where it can. This installs nothing. */
export function whyNoRealCli(): string | undefined {
    const version = spawnSync("pulumi", ["version"], { encoding: "utf8", timeout: 30_000 });
    if (version.status !== 0) {
        return "the Pulumi CLI is not installed";
    }
    // The CLI uses a provider on the PATH like an installed one.
    const folders = (process.env["PATH"] ?? "").split(delimiter);
    if (folders.some((folder) => existsSync(join(folder, "pulumi-resource-gcp")))) {
        return undefined;
    }
    const plugins = spawnSync("pulumi", ["plugin", "ls", "--json"], { encoding: "utf8", timeout: 30_000 });
    return /"name": ?"gcp"/.test(plugins.stdout)
        ? undefined
        : "the Pulumi CLI has no gcp plugin; `pulumi plugin install resource gcp` installs it";
}

/** The real Pulumi CLI with a copy of a program (or with the program itself), its own backend in files, and a sandbox as its cloud. */
export class RealCli {
    private readonly home = mkdtempSync(join(tmpdir(), "real-cli-"));
    private readonly directory: string;

    constructor(
        program: string,
        private readonly sandbox: Sandbox,
        private readonly stack = "dev",
        private readonly passphrase = "sandbox",
        inPlace = false,
    ) {
        this.directory = inPlace ? program : join(this.home, "program");
        mkdirSync(join(this.home, "backend"));
        if (inPlace) {
            return;
        }
        cpSync(program, this.directory, { recursive: true });
        writeFileSync(join(this.directory, "package.json"), "{}");
        symlinkSync(resolve(__dirname, "../../node_modules"), join(this.directory, "node_modules"));
    }

    /** Runs a command, and returns its exit code and its output. */
    async run(args: string[], input = ""): Promise<{ code: number; stdout: string; text: string }> {
        const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
            cwd: this.directory,
            env: {
                ...process.env,
                ...this.sandbox.environment(),
                PULUMI_BACKEND_URL: `file://${join(this.home, "backend")}`,
                PULUMI_CONFIG_PASSPHRASE: this.passphrase,
                PULUMI_ACCESS_TOKEN: undefined,
                PULUMI_SKIP_UPDATE_CHECK: "true",
            },
        });
        let [stdout, stderr] = ["", ""];
        child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
        child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
        child.stdin.end(input);
        const code = await new Promise<number>((done, fail) => {
            child.once("error", fail);
            child.once("close", (status) => done(status ?? -1));
        });
        return { code, stdout, text: `pulumi ${args.join(" ")} ended with ${code}:\n${stdout}\n${stderr}` };
    }

    private async must(args: string[], input?: string): Promise<string> {
        const { code, stdout, text } = await this.run(args, input);
        if (code !== 0) {
            throw new Error(text);
        }
        return stdout;
    }

    async init(): Promise<void> {
        await this.must(["stack", "init", this.stack]);
    }

    /** Runs an operation with exactly this configuration, and counts its changes as Pulumi's summary does. */
    async operate(
        operation: "preview" | "up" | "refresh" | "destroy",
        config: Record<string, string> = {},
        ...flags: string[]
    ) {
        this.configure(config);
        const confirmed = operation === "preview" ? [] : ["--yes", "--skip-preview"];
        const { code, stdout, text } = await this.run([operation, "--stack", this.stack, ...confirmed, ...flags]);
        const summary = stdout.slice(stdout.indexOf("\nResources:"));
        const counts = [...summary.matchAll(/(\d+) (?:to )?(create|update|replace|delete|unchanged)d?\b/g)];
        const changes = counts.map(([, count, kind = ""]) => [kind === "unchanged" ? "same" : kind, Number(count)]);
        return { code, text, changes: Object.fromEntries(changes) as Record<string, number> };
    }

    /** Writes the configuration of the stack, as `--config` would be kept for the next operation. The salt is kept. */
    private configure(config: Record<string, string>): void {
        const file = join(this.directory, `Pulumi.${this.stack}.yaml`);
        const kept = existsSync(file) ? (parse(readFileSync(file, "utf8")) as Record<string, unknown>) : {};
        const { name } = parse(readFileSync(join(this.directory, "Pulumi.yaml"), "utf8")) as { name: string };
        const entries = Object.entries(config).map(([key, value]) => [
            key.includes(":") ? key : `${name}:${key}`,
            value,
        ]);
        writeFileSync(file, stringify({ ...kept, config: Object.fromEntries(entries) as Record<string, string> }));
    }

    /** The exported state, with secrets in the clear or encrypted. */
    async export(showSecrets = true): Promise<Deployment> {
        const clear = showSecrets ? ["--show-secrets"] : [];
        return JSON.parse(await this.must(["stack", "export", "--stack", this.stack, ...clear])) as Deployment;
    }

    async import(deployment: unknown): Promise<void> {
        await this.must(["stack", "import", "--stack", this.stack], JSON.stringify(deployment));
    }

    close(): void {
        rmSync(this.home, { recursive: true, force: true });
    }
}
