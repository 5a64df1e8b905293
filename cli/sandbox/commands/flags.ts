import { defined } from "../../../common";
import { BlockList, isIP } from "node:net";
import { type Command, InvalidArgumentError, Option } from "commander";
import { requireRunning } from "../running";
import type { SessionOptions } from "../session";
import { findStateFolder } from "../state-folder";
import { messageOf } from "../../../errors";

/** The flags of every command of the sandbox. */
export interface StateFlags {
    state?: string;
}

/** The flags of the commands that may start a sandbox. */
export interface StartFlags extends StateFlags {
    port?: number;
    project?: string;
    propagation?: number;
    json?: boolean;
}

export function withState(command: Command): Command {
    return command.option(
        "--state <directory>",
        "the folder of the sandbox's state (default: the nearest .gcp-invoke)",
    );
}

/** The sandbox that is running on the state folder. @throws Error if there is none; it says how to start one */
export function running({ state }: StateFlags): ReturnType<typeof requireRunning> {
    return requireRunning(findStateFolder(state, process.cwd(), process.env));
}

export function withStart(command: Command): Command {
    return withState(command)
        .addOption(
            new Option("--port <port>", "the proxy's port on 127.0.0.1 (default: a free one)").argParser(parsePort),
        )
        .option("--project <id>", "the project that exists from the start (default: demo)")
        .option(
            "--propagation <time>",
            "how long a new grant takes to arrive, such as 120s (default: 0s)",
            parseDuration,
        );
}

export function withJson(command: Command): Command {
    return command.option("-j, --json", "print JSON instead of text; for a stack, the JSON of the Pulumi CLI");
}

/** The flags that {@link withSandbox} understands. */
export function startOptions({
    port,
    project,
    propagation,
}: StartFlags): Pick<SessionOptions, "port" | "project" | "propagation"> {
    return {
        ...defined({ port, project, propagation }),
    };
}

export function collectConfig(text: string, previous: Record<string, string> = {}): Record<string, string> {
    const at = text.indexOf("=");
    if (at < 1) {
        throw new InvalidArgumentError("it must be key=value, such as gcp:project=demo.");
    }
    return { ...previous, [text.slice(0, at)]: text.slice(at + 1) };
}

export function parseJson(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch (error) {
        throw new InvalidArgumentError(`it must be JSON: ${messageOf(error)}.`);
    }
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90s`, `+2h`, `7d` in milliseconds. */
export function parseDuration(text: string): number {
    const [, amount = "", unit = ""] = /^\+?(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
    const factor = UNITS[unit];
    if (factor === undefined) {
        throw new InvalidArgumentError("it must be a time, such as 500ms, 30s, 5m, 2h or 7d.");
    }
    const milliseconds = Number(amount) * factor;
    if (milliseconds > Number.MAX_SAFE_INTEGER) {
        throw new InvalidArgumentError("it is too long: it must be less than 285,000 years.");
    }
    return milliseconds;
}

export function parseNumber(text: string): number {
    const number = Number(text);
    if (text.trim() !== "" && Number.isFinite(number)) {
        return number;
    }
    throw new InvalidArgumentError("it must be a number.");
}

/** A number of things: 1 or more. */
export function parseCount(text: string): number {
    const number = Number(text);
    if (Number.isInteger(number) && number > 0) {
        return number;
    }
    throw new InvalidArgumentError("it must be a whole number from 1.");
}

export function parsePort(text: string): number {
    const port = Number(text);
    if (Number.isInteger(port) && port > 0 && port < 65536) {
        return port;
    }
    throw new InvalidArgumentError("it must be a number from 1 to 65535.");
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** An IP address other than loopback, on which a sandbox listens anyway. */
export function parseAddress(text: string): string {
    const version = isIP(text);
    if (version === 0) {
        throw new InvalidArgumentError(
            "it must be an IP address of this machine, such as 172.17.0.1, or 0.0.0.0 for all.",
        );
    }
    if (loopback.check(text, version === 6 ? "ipv6" : "ipv4")) {
        throw new InvalidArgumentError("that is loopback, on which the sandbox listens anyway; leave it out.");
    }
    return text;
}
