import { type Command, InvalidArgumentError } from "commander";
import type { ActiveFault } from "../../../sandbox/light";
import { UserError } from "../../errors";
import { terminal } from "../../render";
import { explainAccess } from "../explain";
import { decisionLine } from "../shown";
import { findStateFolder } from "../state-folder";
import { parseDuration, parseNumber, running, type StateFlags, withState } from "./flags";

const screen = terminal(process.stdout);

/** The commands that query or control a running sandbox. */
export function registerControls(sandbox: Command): void {
    withState(sandbox.command("clock"))
        .description("move the sandbox's clock forward: `sandbox clock +2h`")
        .argument("<time>", "how far, such as +2h", parseAdvance)
        // Otherwise -2h would be an unknown option.
        .allowUnknownOption()
        .action(async (advanceMilliseconds: number, flags: StateFlags) => {
            const body = { advanceMilliseconds };
            const answer = await (await running(flags)).call("POST", "/v1/clock", body);
            screen.write(`${String(answer.time)}\n`);
        });
    withState(sandbox.command("propagation"))
        .description("how long a new grant takes to arrive, by the sandbox's clock: `sandbox propagation 120s`")
        .argument("<time>", "how long, such as 120s", parseDuration)
        .action(async (milliseconds: number, flags: StateFlags) => {
            await (await running(flags)).call("POST", "/v1/propagation", { milliseconds });
        });
    withState(sandbox.command("explain <member> <permission> <resource>"))
        .description(
            "say whether a member may do something, and which binding allows it or which grant is missing; the resource is `//run.googleapis.com/projects/…`",
        )
        .action(async (member: string, permission: string, resource: string, flags: StateFlags) => {
            const folder = findStateFolder(flags.state, process.cwd(), process.env);
            const decision = await explainAccess(folder, { member, permission, resource });
            screen.write(`${decisionLine(decision, screen)}\n`);
            process.exitCode = decision.allowed ? 0 : 1;
        });
    registerFaults(sandbox);
}

interface FaultFlags extends StateFlags {
    status?: number;
    latency?: number;
    drop?: boolean;
    minting?: boolean;
    rate?: number;
    for?: number;
}

function registerFaults(sandbox: Command): void {
    withState(sandbox.command("fault [host]"))
        .description(
            "make a host fail: `sandbox fault run.googleapis.com --status 503 --rate 0.2 --for 60s`; without a host, list the faults",
        )
        .option("--status <code>", "answer with this status, from 400 to 599", parseNumber)
        .option("--latency <time>", "delay requests by this time", parseDuration)
        .option("--drop", "close connections without an answer")
        .option("--minting", "refuse to mint tokens of a service account; give its email in place of the host")
        .option("--rate <share>", "the share of requests that fail, from 0 to 1 (default: 1)", parseNumber)
        .option("--for <time>", "how long the fault lasts (default: until you clear it)", parseDuration)
        .option("--clear [number]", "clear the fault with this number, or all faults", parseFaultNumber)
        .action(async (host: string | undefined, flags: FaultFlags & { clear?: number | true }) => {
            const client = await running(flags);
            if (flags.clear !== undefined) {
                const id = flags.clear === true ? {} : { id: flags.clear };
                printJson(await client.call("DELETE", "/v1/faults", id));
            } else if (host === undefined) {
                const given = ["status", "latency", "drop", "minting", "rate", "for"].filter((name) => name in flags);
                if (given.length > 0) {
                    const options = given.map((name) => `--${name}`).join(", ");
                    throw new UserError(`${options} without a host`, {
                        fix: `name the host that should fail: sandbox fault run.googleapis.com ${options}`,
                        exitCode: 2,
                    });
                }
                const { faults } = await client.call("GET", "/v1/faults");
                for (const fault of faults as ActiveFault[]) {
                    printJson(fault);
                }
            } else {
                const { status, latency, drop, minting, rate } = flags;
                const body = {
                    host,
                    status,
                    latencyMilliseconds: latency,
                    drop,
                    minting,
                    rate,
                    forMilliseconds: flags.for,
                };
                printJson(await client.call("POST", "/v1/faults", body));
            }
        });
}

function printJson(value: unknown): void {
    screen.write(`${JSON.stringify(value)}\n`);
}

function parseFaultNumber(text: string): number {
    const number = Number(text);
    if (Number.isInteger(number) && number > 0) {
        return number;
    }
    throw new InvalidArgumentError("it must be a fault's number; `sandbox fault` lists them.");
}

/** `+2h`. The clock of a sandbox cannot move back. */
function parseAdvance(text: string): number {
    if (text.startsWith("-")) {
        throw new InvalidArgumentError("the clock only moves forward.");
    }
    return parseDuration(text);
}
