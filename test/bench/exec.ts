import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeArguments } from "./processes";

/** What it costs to run a command in a sandbox that runs already, in milliseconds. */
export interface ExecFigures {
    /** `node -e 0` alone. */
    bare: number;
    /** `gcp-invoke sandbox exec -- node -e 0`, as the installed command runs it. */
    exec: number;
    /** The difference of the two, the median of the rounds: the aim is less than 300. */
    added: number;
}

const root = join(__dirname, "..", "..");
const main = [...nodeArguments, join(root, "cli", "main.ts")];

/** Measures in rounds, both sides in each. */
export async function measureExec(rounds = 11): Promise<ExecFigures> {
    const state = mkdtempSync(join(tmpdir(), "gcp-invoke-bench-"));
    const env = {
        ...process.env,
        GCP_INVOKE_STATE: state,
        NODE_COMPILE_CACHE: join(root, ".cache", "compile"),
    };
    const server = spawn(process.execPath, [...main, "sandbox", "serve"], { env, stdio: ["ignore", "pipe", "ignore"] });
    const ended = new Promise((resolve) => server.once("exit", resolve));
    try {
        await new Promise((resolve) => server.stdout.once("data", resolve));
        const bareArguments = ["-e", "0"];
        const execArguments = [...main, "sandbox", "exec", "--", process.execPath, "-e", "0"];
        const measured: ExecFigures[] = [];
        // The first round fills the caches of compiled code.
        for (let round = 0; round <= rounds; round++) {
            const bare = await timed(spawn(process.execPath, bareArguments, { env, stdio: "ignore" }));
            const exec = await timed(spawn(process.execPath, execArguments, { env, stdio: "ignore" }));
            measured.push({ bare, exec, added: exec - bare });
        }
        const [middle] = measured
            .slice(1)
            .sort((a, b) => a.added - b.added)
            .slice(rounds >> 1);
        if (!middle) {
            throw new Error("there is nothing to measure in no rounds");
        }
        return middle;
    } finally {
        server.kill("SIGTERM");
        await ended;
        rmSync(state, { recursive: true, force: true });
    }
}

function timed(child: ChildProcess): Promise<number> {
    const begun = performance.now();
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("exit", (code) => {
            if (code === 0) {
                resolve(performance.now() - begun);
            } else {
                reject(new Error(`the command ended with exit code ${String(code)}`));
            }
        });
    });
}
