import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { performance } from "node:perf_hooks";

import { Sandbox } from "../../sandbox";
import { openStack } from "../../engine";

/** What a preview of 100 callers of 10 targets each costs. */
export interface Cost {
    milliseconds: number;
    /** Computing, in milliseconds: the program's process and the engine's. Not disturbed by what else a machine does. */
    computing: number;
    /** Of the program's process, at most. */
    megabytes: number;
    /** Resources of Google Cloud and of Pulumi; components are none. */
    resources: number;
}

/** The same resources by components and by hand, in turns; of each the round in the middle. */
export async function measureCost(rounds = 3): Promise<{ components: Cost; byHand: Cost }> {
    await using sandbox = await Sandbox.start();
    const measured: { components: Cost; byHand: Cost }[] = [];
    // The first fills the caches of compiled code.
    for (let round = 0; round <= rounds; round++) {
        const components = await preview(sandbox, "components");
        const byHand = await preview(sandbox, "by-hand");
        if (round > 0) {
            measured.push({ components, byHand });
        }
    }
    const middle = (side: "components" | "byHand"): Cost => {
        const sorted = measured.map((one) => one[side]).sort((a, b) => a.computing - b.computing);
        const found = sorted[rounds >> 1];
        if (found === undefined) {
            throw new Error("there is nothing to measure in no rounds");
        }
        return found;
    };
    return { components: middle("components"), byHand: middle("byHand") };
}

async function preview(sandbox: Sandbox, name: string): Promise<Cost> {
    const directory = mkdtempSync(path.join(tmpdir(), "bench-cost-"));
    const usage = path.join(directory, "usage.json");
    try {
        const stack = await openStack({
            directory: path.join(__dirname, "programs", name),
            stateDirectory: directory,
            environment: { ...sandbox.environment(), BENCH_USAGE: usage },
            request: (method, url, body, headers) =>
                sandbox.request(method, url, { body, ...(headers && { headers }) }),
        });
        const begun = performance.now();
        const engine = process.cpuUsage();
        const { result, changes, diagnostics } = await stack.preview();
        const milliseconds = performance.now() - begun;
        if (result !== "succeeded") {
            throw new Error(diagnostics.map(({ message }) => message).join("\n"));
        }
        const { user, system } = process.cpuUsage(engine);
        const program = JSON.parse(readFileSync(usage, "utf8")) as { kilobytes: number; microseconds: number };
        return {
            milliseconds,
            computing: (program.microseconds + user + system) / 1000,
            megabytes: program.kilobytes / 1024,
            resources: changes.create ?? 0,
        };
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
}
