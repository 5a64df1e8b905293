import { setTimeout as sleep } from "node:timers/promises";
import type { LogLine } from "../../sandbox";
import type { ControlClient } from "../../sandbox/control";
import { UserError } from "../errors";
import type { Terminal } from "../render";

const POLL_MILLISECONDS = 250;

/** Which lines, and how they are shown. */
export interface LogOptions {
    /** A service or function; all by default. */
    service?: string;
    /** Goes on with what comes, until the sandbox ends. */
    follow: boolean;
    json: boolean;
}

/** Prints what services printed. @throws UserError where a named one printed nothing, saying which ones did */
export async function printLogs(client: ControlClient, options: LogOptions, out: Terminal): Promise<void> {
    const { service, follow, json } = options;
    const read = async (query: object): Promise<LogLine[]> =>
        (await client.call("GET", "/v1/logs", { ...query })).lines as LogLine[];
    const show = (line: LogLine): void => {
        const name = service === undefined ? `${nameOf(line)}: ` : "";
        out.write(json ? `${JSON.stringify(line)}\n` : `${line.time} ${name}${line.text}\n`);
    };
    const named = service === undefined ? {} : { service };
    const lines = await read(named);
    lines.forEach(show);
    if (!follow && service !== undefined && lines.length === 0) {
        const others = [...new Set((await read({})).map(nameOf))].join(", ");
        const known = others === "" ? "nor has any other service" : `${others} did`;
        throw new UserError(`${service} has printed nothing, ${known}; a service starts with its first request`);
    }
    let after = lines.at(-1)?.id ?? 0;
    while (follow) {
        await sleep(POLL_MILLISECONDS);
        const more = await read({ ...named, after }).catch(() => undefined);
        if (!more) return;
        more.forEach(show);
        after = more.at(-1)?.id ?? after;
    }
}

function nameOf({ service }: LogLine): string {
    return service.slice(service.lastIndexOf("/") + 1);
}
