import { ApiError, type Cloud, type LogEntry } from "../../cloud";
import { canonical, invalidArgument, message, page, uid, type ApiDefinition, type Json } from "../framework";
import { compileLogFilter } from "./log-filter";

/** The latest entries of each sandbox are kept in memory only, because logs can contain anything. */
const KEPT = 10_000;
const logs = new WeakMap<Cloud, LogEntry[]>();

const LOG_NAME = /^(projects\/[^/]+)\/logs\/[^/]+$/;

/** https://cloud.google.com/logging/docs/reference/v2/rest */
export const logging: ApiDefinition = {
    host: "logging.googleapis.com",
    // https://cloud.google.com/vpc/docs/regional-service-endpoints
    otherHosts: ["logging.*.rep.googleapis.com"],
    unverified: [
        "audit logs have one entry for a call that starts an operation, and none for calls that failed but for a permission",
    ],
    services: {
        "google.logging.v2.LoggingServiceV2": {
            WriteLogEntries: {
                // Entries can go to different projects, so that the handler checks each project.
                permission: undefined,
                handle({ logName, resource, labels, entries, dryRun, partialSuccess }, call) {
                    const filled = entries.map((entry) => ({
                        ...entry,
                        logName: entry.logName ?? logName ?? "",
                        resource: entry.resource ?? resource ?? { type: "global" },
                        ...(labels && { labels: { ...labels, ...(entry.labels as Json | undefined) } }),
                    }));
                    const isNamed = ({ logName: name }: { logName: string }): boolean => LOG_NAME.test(name);
                    const wrong = filled.find((entry) => !isNamed(entry));
                    if (wrong && !partialSuccess) {
                        throw wrongName(wrong.logName);
                    }
                    const right = filled.filter(isNamed);
                    for (const project of new Set(right.map((entry) => LOG_NAME.exec(entry.logName)?.[1] ?? ""))) {
                        call.authorize("logging.logEntries.create", project);
                    }
                    if (!dryRun) {
                        writeLog(call.cloud, right.map(lasting));
                    }
                    if (wrong) {
                        throw wrongName(wrong.logName);
                    }
                    return {};
                },
            },
            ListLogEntries: {
                permission: undefined,
                handle(request, call) {
                    const { resourceNames, filter = "", orderBy = "timestamp asc" } = request;
                    resourceNames.forEach((name) => call.authorize("logging.logEntries.list", name));
                    const matches = compileLogFilter(filter);
                    const found = logEntries(call.cloud).filter(
                        (entry) =>
                            resourceNames.some((name) => entry.logName?.startsWith(`${name}/`)) && matches(entry),
                    );
                    return page("entries", orderBy.endsWith("desc") ? found.reverse() : found, request);
                },
            },
            ListLogs: {
                permission: "logging.logs.list",
                resource: ({ parent }) => parent,
                handle(request, call) {
                    const { parent, resourceNames = [] } = request;
                    resourceNames.forEach((name) => call.authorize("logging.logs.list", name));
                    const places = [parent, ...resourceNames].map((name) => `${name}/`);
                    const names = logEntries(call.cloud).map(({ logName = "" }) => logName);
                    const found = [...new Set(names)].filter((name) => places.some((place) => name.startsWith(place)));
                    return page("logNames", found.sort(), request);
                },
            },
            DeleteLog: {
                permission: "logging.logs.delete",
                resource: ({ logName }) => LOG_NAME.exec(logName)?.[1] ?? logName,
                handle({ logName }, { cloud }) {
                    const left = logEntries(cloud).filter((entry) => entry.logName !== logName);
                    if (left.length === logEntries(cloud).length) {
                        throw new ApiError("NOT_FOUND", `Log ${logName} not found`);
                    }
                    logs.set(cloud, [...left]);
                    return {};
                },
            },
        },
    },
};

function wrongName(name: string): Error {
    return invalidArgument(`log_name "${name}" is not of the form projects/PROJECT/logs/LOG`, "log_name");
}

/** An entry as lists can answer it, which changes no more. */
function lasting(entry: Json): LogEntry {
    return canonical(message("google.logging.v2.LogEntry"), entry);
}

/** The log of a sandbox, oldest first. */
export function logEntries(cloud: Cloud): readonly LogEntry[] {
    return (logs.get(cloud) ?? []).slice(-KEPT);
}

/** Adds entries to the log: those of clients and those of the sandbox's own services. */
export function writeLog(cloud: Cloud, entries: LogEntry[]): void {
    const now = new Date(cloud.clock.now()).toISOString();
    const fresh = entries.map((entry) => ({ insertId: uid(), timestamp: now, ...entry, receiveTimestamp: now }));
    const kept = logs.get(cloud) ?? [];
    kept.push(...fresh);
    // In pieces: to shift the array with every entry would cost more the more are kept.
    if (kept.length > 2 * KEPT) {
        kept.splice(0, kept.length - KEPT);
    }
    logs.set(cloud, kept);
    cloud.signals.emit({ kind: "logged", entries: fresh });
}
