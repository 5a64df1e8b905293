import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findRunning, readState } from "../../sandbox/light";
import { cli, command } from "../support/command";
import { Random } from "../workflow/auth/proof/random";

/** What was left of the state of a served sandbox whose process was killed while clients changed something. */
export interface KillFigures {
    seed: number;
    kills: number;
    /** How many times the state could be opened by a new sandbox. */
    opened: number;
    /** Changes that clients were told of. */
    changes: number;
    /** Of those, how many were not in the state that was left. */
    lost: number;
    /** How long before the kill the oldest of them was made, in milliseconds. */
    oldestLost: number;
}

/** A change, and when its client was told that it is made. */
type Told = [number: number, at: number];

/** The latest moment of a kill after the first answer, in milliseconds. */
const LATEST = 1500;
/** How many clients change something at the same time. */
const CLIENTS = 4;

/** Kills `sandbox serve` under load again and again, at moments drawn from a seed, and looks at what it left. */
export async function measureKills(kills = 50, seed = Math.trunc(Math.random() * 2 ** 31)): Promise<KillFigures> {
    const random = new Random(seed);
    const folder = mkdtempSync(join(tmpdir(), "gcp-invoke-kills-"));
    const figures: KillFigures = { seed, kills, opened: 0, changes: 0, lost: 0, oldestLost: 0 };
    try {
        for (let round = 0; round < kills; round++) {
            const { told, killed } = await killServing(folder, round, random.below(LATEST));
            const kept = new Set(Object.keys(readState(join(folder, "sandbox.json"))["pubsub.topics"] ?? {}));
            const lost = told.filter(([n]) => !kept.has(topic(round, n)));
            figures.changes += told.length;
            figures.lost += lost.length;
            figures.oldestLost = Math.max(figures.oldestLost, ...lost.map(([, at]) => killed - at));
            // The next round opens what this one left; the last is opened by a command.
            figures.opened += Number(round > 0);
        }
        const { code } = await command(folder, ["sandbox", "exec", "--", process.execPath, "-e", "0"]);
        figures.opened += Number(code === 0);
        return figures;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

async function killServing(folder: string, round: number, after: number): Promise<{ told: Told[]; killed: number }> {
    const [file, ...args] = [...cli, "sandbox", "serve", "--json", "--state", folder];
    const child = spawn(file, args, { stdio: ["ignore", "pipe", "inherit"] });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await Promise.race([
        new Promise((resolve) => child.stdout.once("data", resolve)),
        ended.then((code) => Promise.reject(new Error(`the sandbox ended with exit code ${String(code)}`))),
    ]);
    const running = await findRunning(folder);
    const { variables } = (await running?.call("POST", "/v1/environment", {})) ?? {};
    const { HTTPS_PROXY: proxy = "", GOOGLE_OAUTH_ACCESS_TOKEN: token = "" } = variables as Record<string, string>;
    const agent = new Agent({ keepAlive: true });
    const told: Told[] = [];
    let over = false;
    let n = 0;
    const client = async (): Promise<void> => {
        while (!over) {
            const own = n++;
            const status = await makeTopic(proxy, token, topic(round, own), agent);
            if (status === 200) {
                told.push([own, Date.now()]);
            }
        }
    };
    const clients = Promise.all(Array.from({ length: CLIENTS }, client));
    while (told.length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
    // The moment is drawn by chance: there is nothing that it waits for.
    await new Promise((resolve) => setTimeout(resolve, after));
    const killed = Date.now();
    child.kill("SIGKILL");
    await ended;
    over = true;
    await clients;
    agent.destroy();
    return { told, killed };
}

function topic(round: number, n: number): string {
    return `projects/demo/topics/t-${round}-${n}`;
}

/** The status of the answer, or nothing where none came. */
function makeTopic(proxy: string, token: string, name: string, agent: Agent): Promise<number | undefined> {
    const { hostname, port } = new URL(proxy);
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    return new Promise((resolve) => {
        const url = `http://pubsub.googleapis.com/v1/${name}`;
        request({ host: hostname, port, method: "PUT", path: url, headers, agent }, (answer) => {
            answer
                .resume()
                .on("end", () => resolve(answer.statusCode))
                .on("error", () => resolve(undefined));
        })
            .on("error", () => resolve(undefined))
            .end(JSON.stringify({ labels: { name: "x" } }));
    });
}
