import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeArguments, quickstart } from "./processes";

/** From nothing to green, in milliseconds: the quickstart on a state of its own, caches of compiled code warm. */
export interface StartFigures {
    /** A process that does nothing but import `@pulumi/pulumi` and the modules of `@pulumi/gcp` that the quickstart uses. */
    imports: number;
    /** Until the sandbox answers. */
    sandbox: number;
    preview: number;
    /** From the first resource to the first check. */
    update: number;
    /** From the first check to the end of the last. */
    check: number;
    /** All of `sandbox up`, its process from start to end. */
    whole: number;
    /** {@link whole} over {@link imports}. */
    ratio: number;
}

interface Marks {
    sandbox: number;
    preview: number;
    update: number;
    check: number;
}

/** Measures in rounds, both sides in each, and gives the round in the middle. */
export async function measureStart(rounds = 3): Promise<StartFigures> {
    // One before counts: it fills the caches of compiled code.
    await deployed();
    const measured: StartFigures[] = [];
    for (let round = 0; round < rounds; round++) {
        const imports = await imported();
        const { whole, marks } = await deployed();
        measured.push({ imports, ...marks, whole, ratio: whole / imports });
    }
    measured.sort((a, b) => a.ratio - b.ratio);
    const middle = measured[Math.floor(rounds / 2)];
    if (!middle) {
        throw new Error("there is nothing to measure in no rounds");
    }
    return middle;
}

/** What any program with these resources pays before its first line. */
async function imported(): Promise<number> {
    const modules = [
        "@pulumi/pulumi",
        ...["cloudrunv2", "projects", "serviceaccount", "workflows"].map((name) => `@pulumi/gcp/${name}`),
    ];
    const script = modules.map((name) => `require(${JSON.stringify(name)})`).join(";");
    return timed(["-e", script]);
}

async function deployed(): Promise<{ whole: number; marks: Marks }> {
    const state = mkdtempSync(join(tmpdir(), "gcp-invoke-bench-"));
    try {
        let marks: Marks | undefined;
        const whole = await timed(
            [...nodeArguments, join(__dirname, "deploy-quickstart.ts"), quickstart, state],
            (message) => {
                marks = message as Marks;
            },
        );
        if (!marks) {
            throw new Error("the quickstart said nothing of its phases");
        }
        return { whole, marks };
    } finally {
        rmSync(state, { recursive: true, force: true });
    }
}

/** How long a process of Node's takes from start to end. */
function timed(args: string[], onMessage: (message: unknown) => void = () => undefined): Promise<number> {
    const begun = performance.now();
    const child = spawn(process.execPath, args, {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
        cwd: join(__dirname, "..", ".."),
    });
    child.on("message", onMessage);
    return new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("exit", (code) => {
            if (code === 0) {
                resolve(performance.now() - begun);
            } else {
                reject(new Error(`${args.at(-1) ?? ""} ended with ${code}`));
            }
        });
    });
}
