import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Phase, StackFigures } from "./one-stack";

/** The most that the heap of a process may hold, in megabytes: enough for the largest size, which Node's own limit is not. */
const HEAP = 4096;

/** Measures each number of services in a process of its own, and shows each figure as soon as it is known. */
export async function showStacks(sizes: number[], show: (line: string) => void): Promise<void> {
    let before: StackFigures | undefined;
    for (const services of sizes) {
        const title = `${(services * 6).toLocaleString("en")} resources`;
        const figures = await measure(services, (phase, seconds) => {
            show(`${title}: ${phase} ${seconds.toFixed(1)} s of computing`);
        });
        const { engine, program, ...phases } = figures;
        const former: Partial<Record<Phase, number>> = before ?? {};
        const growth = Object.entries(phases).flatMap(([name, seconds]) => {
            const then = former[name as Phase];
            return then === undefined ? [] : [`${name} ${(seconds / then).toFixed(2)}`];
        });
        const grown = growth.length === 0 ? "" : `; times the row before: ${growth.join(", ")} (aim: 2)`;
        show(
            `${title}: memory of engine and sandbox ${engine.toFixed(0)} MB, of the program ${program.toFixed(0)} MB (aim: less than 1,500 MB)${grown}`,
        );
        before = figures;
    }
}

/** Runs one size in a process of its own. @throws Error if it fails */
async function measure(services: number, show: (phase: Phase, seconds: number) => void): Promise<StackFigures> {
    const main = join(__dirname, "one-stack.ts");
    const options = [...process.execArgv, `--max-old-space-size=${HEAP}`];
    const child = spawn(process.execPath, [...options, main, String(services)], {
        stdio: ["ignore", "pipe", "inherit"],
    });
    let figures: StackFigures | undefined;
    for await (const line of createInterface({ input: child.stdout })) {
        const told = JSON.parse(line) as { phase: Phase; seconds: number } | { figures: StackFigures };
        if ("figures" in told) {
            ({ figures } = told);
        } else {
            show(told.phase, told.seconds);
        }
    }
    if (figures === undefined) {
        throw new Error(`the process of ${services} services ended before it was measured`);
    }
    return figures;
}
