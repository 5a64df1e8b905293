import type { Cloud, LogEntry } from "../../cloud";
import { invalidArgument, page, uid, type ApiDefinition, type Json } from "../framework";
import { compileLogFilter } from "./log-filter";

/** The latest entries of each sandbox are kept in memory only, because logs can contain anything. */
const KEPT = 10_000;
const logs = new WeakMap<Cloud, LogEntry[]>();

const LOG_NAME = /^(projects\/[^/]+)\/logs\/[^/]+$/;

/** https://cloud.google.com/logging/docs/reference/v2/rest */
export const logging: ApiDefinition = {
    host: "logging.googleapis.com",
    services: {
        "google.logging.v2.LoggingServiceV2": {
            WriteLogEntries: {
                // Entries can go to different projects, so that the handler checks each project.
                permission: undefined,
                handle({ logName, resource, labels, entries, dryRun }, call) {
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
                    if (!dryRun) {
                        writeLog(call.cloud, filled);
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
        },
    },
};

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
