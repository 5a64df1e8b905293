import type { LogLine } from "../../sandbox";
import type { ControlClient } from "../../sandbox/light";
import { UserError } from "../errors";
import type { Terminal } from "../render";
import { follow } from "./follow";

/** Which lines to print, and how. */
export interface LogOptions {
    /** A service or function. @default - all of them */
    service?: string;
    /** Whether to keep printing new lines until the sandbox ends. */
    follow: boolean;
    json: boolean;
}

/** Prints what services printed. @throws UserError if the named one printed nothing; it names those that did */
export async function printLogs(client: ControlClient, options: LogOptions, out: Terminal): Promise<void> {
    const { service, json } = options;
    const read = async (query: object): Promise<LogLine[]> =>
        (await client.call("GET", "/v1/logs", { ...query })).lines as LogLine[];
    const show = (line: LogLine): void => {
        const name = service === undefined ? `${serviceName(line)}: ` : "";
        out.write(json ? `${JSON.stringify(line)}\n` : `${line.time} ${name}${line.text}\n`);
    };
    const named = service === undefined ? {} : { service };
    const lines = await follow((after) => read({ ...named, after }), show, options.follow);
    if (!options.follow && service !== undefined && lines.length === 0) {
        const others = [...new Set((await read({})).map(serviceName))].join(", ");
        const known = others === "" ? "nor has any other service" : `${others} did`;
        throw new UserError(`${service} has printed nothing, ${known}; a service starts with its first request`);
    }
}

function serviceName({ service }: LogLine): string {
    return service.slice(service.lastIndexOf("/") + 1);
}
