import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";

import * as gcp from "@pulumi/gcp";

import { Sandbox } from "../../sandbox";

import { evaluate, type Evaluated } from "./bare-monitor";

/** Times in milliseconds; of rounds the middle one, by what is beyond the program. */
export interface Figures {
    /** The program's own evaluation, twice as in an update: against a monitor that answers at once. */
    program: number;
    /** From the command to green: preview and update. */
    up: number;
    unchanged: number;
    destroy: number;
}

/** Seven resources with a gate, from a directory, as `sandbox up` runs them; the first round warms caches up. */
export function measureGate(rounds = 3): Promise<Figures> {
    return measure(resolve(__dirname, "../engine/programs/chain"), rounds);
}

/** A stack of topics, from a function, once: what was loaded before weighs on it no more. */
export function measureSize(resources: number): Promise<Figures> {
    return measure(
        () => {
            for (let i = 0; i < resources; i++) {
                new gcp.pubsub.Topic(`t${i}`, { labels: { number: String(i) } });
            }
            return Promise.resolve();
        },
        1,
        0,
    );
}

async function measure(program: Evaluated, rounds: number, warmUps = 1): Promise<Figures> {
    const cache = mkdtempSync(join(tmpdir(), "bench-"));
    await using sandbox = await Sandbox.start();
    const measured: Figures[] = [];
    for (let round = 0; round < rounds + warmUps; round++) {
        const evaluated = await time(() => evaluate(program, cache));
        const environment = { NODE_COMPILE_CACHE: cache };
        const begun = performance.now();
        const stack = await sandbox.up(program, { stack: `bench-${round}`, environment });
        const up = performance.now() - begun;
        if (stack.result === "failed") {
            throw new Error(stack.diagnostics.map(({ message }) => message).join("\n"));
        }
        const unchanged = await time(() => stack.up());
        const destroy = await time(() => stack.destroy());
        if (round >= warmUps) {
            measured.push({ program: evaluated, up, unchanged, destroy });
        }
    }
    rmSync(cache, { recursive: true, force: true });
    measured.sort((a, b) => a.up - a.program - (b.up - b.program));
    return measured[rounds >> 1] ?? { program: NaN, up: NaN, unchanged: NaN, destroy: NaN };
}

async function time(work: () => Promise<unknown>): Promise<number> {
    const start = performance.now();
    await work();
    return performance.now() - start;
}
