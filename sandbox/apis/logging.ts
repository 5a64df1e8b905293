import type { Cloud } from "../cloud";
import { invalidArgument, method, page, uid, type ApiDefinition, type Json } from "./framework";

type Entry = Json & { logName?: string; timestamp?: string; severity?: string };

/** Entries are kept with the sandbox's process, the latest so many of each sandbox: logs may hold anything. */
const KEPT = 10_000;
const logs = new WeakMap<Cloud, Entry[]>();

/** The log of a sandbox, oldest first. */
export function logEntries(cloud: Cloud): readonly Entry[] {
    return logs.get(cloud) ?? [];
}

/** Adds to the log: what clients write, and what the sandbox's own services say. */
export function writeLog(cloud: Cloud, entries: Entry[]): void {
    const now = new Date(cloud.clock.now()).toISOString();
    const fresh = entries.map((entry) => ({ insertId: uid(), timestamp: now, ...entry, receiveTimestamp: now }));
    logs.set(cloud, [...logEntries(cloud), ...fresh].slice(-KEPT));
}

const LOG_NAME = /^(projects\/[^/]+)\/logs\/[^/]+$/;

/** https://cloud.google.com/logging/docs/reference/v2/rest */
export const logging: ApiDefinition = {
    host: "logging.googleapis.com",
    services: {
        "google.logging.v2.LoggingServiceV2": {
            WriteLogEntries: method<{
                logName?: string;
                resource?: Json;
                labels?: Json;
                entries?: Entry[];
                dryRun?: boolean;
            }>({
                // Each entry may go to a project of its own.
                permission: undefined,
                handle({ logName, resource, labels, entries = [], dryRun }, call) {
                    const filled = entries.map((entry) => ({
                        ...entry,
                        logName: entry.logName ?? logName ?? "",
                        resource: entry.resource ?? resource ?? { type: "global" },
                        ...(labels && { labels: { ...labels, ...(entry.labels as Json | undefined) } }),
                    }));
                    for (const name of new Set(filled.map((entry) => entry.logName))) {
                        const project = LOG_NAME.exec(name)?.[1];
                        if (project === undefined) {
                            throw invalidArgument(
                                `log_name "${name}" is not of the form projects/PROJECT/logs/LOG`,
                                "log_name",
                            );
                        }
                        call.authorize("logging.logEntries.create", project);
                    }
                    if (!dryRun) writeLog(call.cloud, filled);
                    return {};
                },
            }),
            ListLogEntries: method<{
                resourceNames?: string[];
                filter?: string;
                orderBy?: string;
                pageSize?: number;
                pageToken?: string;
            }>({
                permission: undefined,
                handle(request, call) {
                    const { resourceNames = [], filter = "", orderBy = "timestamp asc" } = request;
                    resourceNames.forEach((name) => call.authorize("logging.logEntries.list", name));
                    const matches = parseFilter(filter);
                    const found = logEntries(call.cloud).filter(
                        (entry) =>
                            resourceNames.some((name) => entry.logName?.startsWith(`${name}/`)) &&
                            matches.every((match) => match(entry)),
                    );
                    return page("entries", orderBy.endsWith("desc") ? found.reverse() : found, request);
                },
            }),
        },
    },
};

const SEVERITIES = "DEFAULT DEBUG INFO NOTICE WARNING ERROR CRITICAL ALERT EMERGENCY".split(" ");

/** Comparisons joined by AND: `severity>=ERROR AND logName="…" AND resource.type="global"`. */
function parseFilter(filter: string): ((entry: Entry) => boolean)[] {
    return filter
        .split(/\s+AND\s+|\n+/)
        .map((part) => part.trim())
        .filter((part) => part !== "")
        .map((part) => {
            const [, path, operator, quoted, bare] =
                /^([\w.]+)\s*(>=|<=|!=|=|>|<|:)\s*(?:"([^"]*)"|(\S+))$/.exec(part) ?? [];
            if (path === undefined || operator === undefined) {
                throw invalidArgument(
                    `the filter "${part}" is not one that the sandbox understands: FIELD OPERATOR VALUE, joined by AND`,
                    "filter",
                );
            }
            const wanted = quoted ?? bare ?? "";
            return (entry: Entry) => compare(path, read(entry, path.split(".")), operator, wanted);
        });
}

function compare(path: string, found: string, operator: string, wanted: string): boolean {
    const rank = (text: string): string => (path === "severity" ? String(SEVERITIES.indexOf(text || "DEFAULT")) : text);
    const [a, b] = [rank(found), rank(wanted)];
    if (operator === ":") return found.toLowerCase().includes(wanted.toLowerCase());
    if (operator === "=") return a === b;
    if (operator === "!=") return a !== b;
    const order = a < b ? -1 : a > b ? 1 : 0;
    return operator.startsWith(">")
        ? order > 0 || (operator === ">=" && order === 0)
        : order < 0 || (operator === "<=" && order === 0);
}

function read(value: unknown, path: string[]): string {
    const found = path.reduce<unknown>(
        (inner, name) => (typeof inner === "object" && inner !== null ? (inner as Json)[name] : undefined),
        value,
    );
    return typeof found === "string" ? found : found === undefined ? "" : JSON.stringify(found);
}
