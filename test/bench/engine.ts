import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { performance } from "node:perf_hooks";

import * as gcp from "@pulumi/gcp";

import { Sandbox, type DeployedStack } from "../../sandbox";

/** Times in milliseconds. */
export interface GateFigures {
    /** The time that the program itself takes: its process, importing the SDKs, with nothing to register. */
    program: number;
    /** From the command to green: preview and update of seven resources with a gate. */
    green: number;
}

/** Seven resources with a gate, from a directory, as `sandbox up` runs them; the first run warms caches up. */
export async function measureGate(rounds = 3): Promise<GateFigures> {
    const directory = resolve(__dirname, "../engine/programs/chain");
    await using sandbox = await Sandbox.start();
    const measured: GateFigures[] = [];
    const made: DeployedStack[] = [];
    for (let round = 0; round <= rounds; round++) {
        const program = await time(() => evaluate(directory));
        const green = await time(async () => {
            const stack = await sandbox.up(directory, { stack: `bench-${round}` });
            if (stack.result === "failed") throw new Error(stack.diagnostics.map(({ message }) => message).join("\n"));
            made.push(stack);
        });
        // Its names are fixed: the next round makes them again.
        for (const stack of made.splice(0)) await stack.destroy();
        if (round > 0) measured.push({ program, green });
    }
    const median = (key: keyof GateFigures) => measured.map((m) => m[key]).sort((a, b) => a - b)[rounds >> 1] ?? 0;
    return { program: median("program"), green: median("green") };
}

/** A process that loads what the program loads and does nothing with it. */
async function evaluate(directory: string): Promise<void> {
    const code = `require("@pulumi/pulumi/cmd/run/run"); const gcp = require("@pulumi/gcp"); gcp.cloudrunv2.Service; gcp.serviceaccount.Account; gcp.workflows.Workflow; process.exit(0)`;
    const child = spawn(process.execPath, ["-e", code], { cwd: directory, stdio: "ignore" });
    await once(child, "exit");
}

/** Times in milliseconds of one size of stack. */
export interface SizeFigures {
    resources: number;
    up: number;
    unchanged: number;
    destroy: number;
}

/** Stacks of accounts, from a function: what the engine takes beside loading anything. */
export async function measureSizes(sizes: number[] = [125, 250, 500]): Promise<SizeFigures[]> {
    await using sandbox = await Sandbox.start();
    const figures: SizeFigures[] = [];
    for (const resources of [10, ...sizes]) {
        const program = (): Promise<void> => {
            for (let i = 0; i < resources; i++) new gcp.pubsub.Topic(`t${i}`, { labels: { number: String(i) } });
            return Promise.resolve();
        };
        const options = { stack: `bench-${resources}` };
        let stack = await sandbox.up(() => Promise.resolve(), options);
        const up = await time(async () => void (stack = await sandbox.up(program, options)));
        if (stack.changes.create !== resources) throw new Error(stack.diagnostics.map((d) => d.message).join("\n"));
        const unchanged = await time(() => stack.up());
        const destroy = await time(() => stack.destroy());
        figures.push({ resources, up, unchanged, destroy });
    }
    // The first warms up.
    return figures.slice(1);
}

async function time(work: () => Promise<unknown>): Promise<number> {
    const start = performance.now();
    await work();
    return performance.now() - start;
}
