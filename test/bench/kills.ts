import { fork } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Sandbox } from "../../sandbox";
import { createStore } from "../../sandbox/store";
import { nodeArguments } from "./processes";

/** What was left of a sandbox's state when its process was killed while it worked. */
export interface KillFigures {
    kills: number;
    /** How many times the state could be opened by a new sandbox. */
    opened: number;
    /** Changes that clients were told of. */
    changes: number;
    /** Of those, how many were not in the state that was left. */
    lost: number;
    /** How long before the kill the oldest of them was made, in milliseconds: the aim is 100 at most. */
    oldestLost: number;
    /** The size of the last state. */
    megabytes: number;
}

/** A change, and when its client was told that it is made. */
type Told = [number: number, at: number];

const SHORTEST = 400;
const STEP = 45;
/** How many clients change something at the same time. */
const CLIENTS = 4;

/** Kills a sandbox under load again and again, each time later in its life, and looks at what it left. */
export async function measureKills(kills = 20): Promise<KillFigures> {
    const folder = mkdtempSync(join(tmpdir(), "gcp-invoke-kills-"));
    const figures: KillFigures = { kills, opened: 0, changes: 0, lost: 0, oldestLost: 0, megabytes: 0 };
    try {
        for (let round = 0; round < kills; round++) {
            const { told, killed } = await killRunning(folder, round);
            const store = createStore({ file: join(folder, "sandbox.json") });
            const kept = new Set(store.list("pubsub.topics").map(([name]) => name));
            store.close();
            const lost = told.filter(([n]) => !kept.has(topic(round, n)));
            figures.changes += told.length;
            figures.lost += lost.length;
            figures.oldestLost = Math.max(figures.oldestLost, ...lost.map(([, at]) => killed - at));
            const sandbox = await Sandbox.start({ stateDir: folder });
            await sandbox.close();
            figures.opened++;
        }
        figures.megabytes = statSync(join(folder, "sandbox.json")).size / 1_000_000;
        return figures;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

async function killRunning(folder: string, round: number): Promise<{ told: Told[]; killed: number }> {
    const told: Told[] = [];
    const child = fork(__filename, [folder, String(round)], { serialization: "json", execArgv: nodeArguments });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await new Promise<void>((resolve, reject) => {
        child.on("message", (message) => {
            told.push(message as Told);
            resolve();
        });
        child.once("exit", (code) => reject(new Error(`the sandbox ended with exit code ${String(code)}`)));
    });
    // It is killed wherever it is by then.
    await sleep(SHORTEST + round * STEP);
    const killed = Date.now();
    child.kill("SIGKILL");
    await ended;
    return { told, killed };
}

function topic(round: number, n: number): string {
    return `projects/demo/topics/t-${round}-${n}`;
}

/** The child: clients of a sandbox that change something without a pause, and call a service besides. */
async function work(folder: string, round: number): Promise<void> {
    const sandbox = await Sandbox.start({ stateDir: folder });
    let n = 0;
    const client = async (): Promise<never> => {
        for (;;) {
            const own = n++;
            const { status } = await sandbox.request("PUT", `https://pubsub.googleapis.com/v1/${topic(round, own)}`, {
                body: { labels: { round: String(round) } },
            });
            if (status === 200) {
                process.send?.([own, Date.now()] satisfies Told);
            }
            await new Promise((resolve) => setImmediate(resolve));
        }
    };
    process.once("disconnect", () => process.exit(0));
    await Promise.all(Array.from({ length: CLIENTS }, client));
}

if (process.send && require.main === module) {
    void work(process.argv[2] ?? "", Number(process.argv[3]));
}
