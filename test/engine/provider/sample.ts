import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import type * as pulumi from "@pulumi/pulumi";

import type { Stack, StackOptions } from "../../../engine";
import { skip } from "../../support/skip";
import { AnyResource, Bench } from "../helper";

const sample = join(__dirname, "sample-plugin.cjs");

/** The plugin of these tests is a script of a shell. */
export function needsShell(context: Mocha.Context): void {
    if (process.platform === "win32") {
        skip(context, "there is no shell that runs the plugin of the test");
    }
}

/** Installs the sample under a name, as a file that can be run. */
export function install(into: string, pkg: string): string {
    mkdirSync(into, { recursive: true });
    const file = join(into, `pulumi-resource-${pkg}`);
    writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${sample}" "$@"\n`);
    chmodSync(file, 0o755);
    return file;
}

/** A resource of the sample: its size can change, and its colour cannot. */
export class Box extends AnyResource {
    declare readonly volume: pulumi.Output<number>;
    constructor(name: string, inputs: Record<string, unknown>, options?: pulumi.CustomResourceOptions) {
        super("sample:index:Box", name, { volume: undefined, ...inputs }, options);
    }
}

/** Stacks of programs that find plugins in a folder of their own, and nowhere else. */
export class SampleBench {
    readonly folder = mkdtempSync(join(tmpdir(), "plugins-"));
    /** Where a process finds the plugins, and where the sample tells what was asked of it. */
    readonly environment = {
        PATH: [this.folder, process.env["PATH"]].join(delimiter),
        PULUMI_HOME: join(this.folder, "home"),
        SAMPLE_CALLS: join(this.folder, "calls"),
    };
    private readonly bench = new Bench("");

    close(): void {
        this.bench.close();
        rmSync(this.folder, { recursive: true, force: true });
    }

    /** What the engine has asked of the sample since the last time, without its checks. */
    calls(): string[] {
        const file = join(this.folder, "calls");
        const all = existsSync(file)
            ? readFileSync(file, "utf8")
                  .split("\n")
                  .filter((line) => line !== "")
            : [];
        rmSync(file, { force: true });
        return all.filter((line) => line !== "check" && line !== "start");
    }

    async open(body: () => unknown, more: Partial<StackOptions> = {}): Promise<Stack> {
        return await this.bench.open(
            {},
            {
                ...more,
                program: async () => (await body()) as Record<string, unknown> | undefined,
                environment: this.environment,
            },
        );
    }
}
