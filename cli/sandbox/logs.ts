import type { LogLine } from "../../sandbox";
import { type ControlClient, findRunning } from "../../sandbox/light";
import { UserError } from "../errors";
import type { Terminal } from "../render";
import { follow } from "./follow";
import { readAll } from "./kept";
import { requireRunning } from "./running";
import type { StateFolder } from "./state-folder";

/** Which lines to print, and how. */
export interface LogOptions {
    /** A service or function. @default - all of them */
    service?: string;
    /** Whether to keep printing new lines until the sandbox ends. */
    follow: boolean;
    json: boolean;
}

/** Prints what services printed. @throws UserError if the named one printed nothing; it names those that did */
export async function printLogs(folder: StateFolder, options: LogOptions, out: Terminal): Promise<void> {
    const { service, json } = options;
    const client = await findRunning(folder.path);
    const ask = async (from: ControlClient, after = 0): Promise<LogLine[]> =>
        (await from.call("GET", "/v1/logs", { after })).lines as LogLine[];
    const isAsked = (line: LogLine): boolean =>
        service === undefined || line.service === service || line.service.endsWith(`/${service}`);
    const show = (line: LogLine): void => {
        if (isAsked(line)) {
            const name = service === undefined ? `${serviceName(line)}: ` : "";
            out.write(json ? `${JSON.stringify(line)}\n` : `${line.time} ${name}${line.text}\n`);
        }
    };
    const { entries, latest } = await readAll(folder, "logs.jsonl", client, ask);
    entries.forEach(show);
    if (options.follow) {
        const on = client ?? (await requireRunning(folder));
        await follow((after) => ask(on, Math.max(after, latest)), show, true);
    } else if (service !== undefined && !entries.some(isAsked)) {
        const others = [...new Set(entries.map(serviceName))].join(", ");
        const known = others === "" ? "nor has any other service" : `${others} did`;
        throw new UserError(`${service} has printed nothing, ${known}; a service starts with its first request`);
    }
}

function serviceName({ service }: LogLine): string {
    return service.slice(service.lastIndexOf("/") + 1);
}
