import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readState } from "../../sandbox/light";
import { command, type CommandOptions, type Ended, noneLeft } from "../support/command";
import { Random } from "../workflow/auth/proof/random";

/** What was left of a stack whose update was killed: every third at a moment of its whole run, the others after a first step. */
export interface UpKillFigures {
    seed: number;
    /** How many updates were killed before they ended. */
    kills: number;
    /** Of those, how many had made or changed something, and not everything. */
    halfway: number;
    /** Those that a plain `sandbox up` did not settle, each with the reason. */
    unsettled: string[];
}

/** Forty services, each with an account and a grant. */
export const forty = join(__dirname, "programs", "forty");

const STEP = / (created|updated) \(/;

interface Run extends Ended {
    milliseconds: number;
    /** The part of that after the first step. */
    updating: number;
}

/** Runs `sandbox up`, and kills its process when it is told to. */
async function up(
    state: string,
    round: number,
    kill: Pick<CommandOptions, "killAfter" | "killWhen"> = {},
): Promise<Run> {
    const begun = performance.now();
    let first: number | undefined;
    const onOutput = (text: string): void => {
        first ??= STEP.test(text) ? performance.now() : undefined;
    };
    const args = ["sandbox", "up", forty, "--config", `round=${round}`];
    const ended = await command(state, args, { onOutput, ...kill });
    const now = performance.now();
    return { ...ended, milliseconds: now - begun, updating: now - (first ?? now) };
}

/**
 * Kills updates of forty services, each with an account and a grant: every other round of a new stack, so that creations are
 * interrupted, else of one that exists, of which all services change.
 */
export async function measureUpKills(
    kills = 50,
    seed = Math.trunc(Math.random() * 2 ** 31),
    log: (line: string) => void = () => undefined,
): Promise<UpKillFigures> {
    const random = new Random(seed);
    const figures: UpKillFigures = { seed, kills: 0, halfway: 0, unsettled: [] };
    const folder = mkdtempSync(join(tmpdir(), "gcp-invoke-up-kills-"));
    const state = join(folder, "state");
    try {
        // How long a whole update takes: the moments are drawn from that.
        let [creating, changing] = [await up(state, 0), await up(state, 1)];
        for (let round = 2; figures.kills < kills; round++) {
            const creates = round % 2 === 0;
            if (creates) {
                rmSync(state, { recursive: true, force: true });
            }
            const { milliseconds, updating } = creates ? creating : changing;
            const anywhere = figures.kills % 3 === 0;
            const after = random.below(Math.max(1, Math.round(anywhere ? milliseconds : updating)));
            const moment = `${after} ms after ${anywhere ? "its start" : "its first step"}`;
            const killed = await up(
                state,
                round,
                anywhere ? { killAfter: after } : { killWhen: { output: STEP, signal: "SIGKILL", after } },
            );
            if (killed.code !== null) {
                // It was faster than the ones before.
                [creating, changing] = creates ? [killed, changing] : [creating, killed];
                continue;
            }
            figures.kills++;
            const steps = killed.text.match(/ (created|updated) \(/g)?.length ?? 0;
            figures.halfway += Number(/Updating/.test(killed.text) && steps > 0);
            const settled = await up(state, round);
            const problem = settled.code === 0 ? await difference(state, round) : settled.text;
            if (problem !== undefined) {
                figures.unsettled.push(`round ${round}, killed ${moment}: ${problem}`);
                rmSync(state, { recursive: true, force: true });
            }
            log(`kill ${figures.kills} ${moment}: ${problem ?? "settled"}`);
        }
        return figures;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** In what stack and cloud do not agree, or are not what the program says, and which processes are left. */
export async function difference(state: string, round: number): Promise<string | undefined> {
    const cloud = readState(join(state, "sandbox.json"));
    const services = Object.entries(cloud["run.services"] ?? {});
    const inCloud = [
        ...Object.keys(cloud["iam.serviceAccounts"] ?? {}).filter((name) => name.includes("/account-")),
        ...services.map(([name]) => name),
        ...Object.entries(cloud["iam.policies"] ?? {}).flatMap(([name, policy]) => grantsOf(name, policy)),
    ];
    const { deployment } = JSON.parse(readFileSync(join(state, "stacks", "forty.dev.json"), "utf8")) as {
        deployment: { resources: { id?: string; type: string }[]; pending_operations?: unknown[] };
    };
    const inStack = deployment.resources.flatMap(({ id, type }) => (type.startsWith("gcp:") ? [id ?? ""] : []));
    const value = new RegExp(`"name":"ROUND","value":"${round}"`);
    const old = services.filter(([, service]) => !value.test(JSON.stringify(service)));
    const missing = inStack.filter((id) => !inCloud.includes(id));
    const unknown = inCloud.filter((id) => !inStack.includes(id));
    const left = await noneLeft(state);
    const problems = { missing, unknown, old, pending: deployment.pending_operations ?? [], left };
    const found = Object.entries(problems).filter(([, list]) => list.length > 0);
    if (found.length > 0 || inCloud.length !== 120) {
        return `${inCloud.length} resources of 120; ${JSON.stringify(Object.fromEntries(found))}`;
    }
    return undefined;
}

function grantsOf(name: string, policy: unknown): string[] {
    const { bindings = [] } = policy as { bindings?: { role: string; members: string[] }[] };
    const resource = name.replace(/^\/\/[^/]+\//, "");
    return bindings.flatMap(({ role, members }) => members.map((member) => `${resource}/${role}/${member}`));
}
