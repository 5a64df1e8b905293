import { defined } from "../../common";
import { services, shortName, workerPools, writeLog } from "../apis";
import type { Cloud, LogEntry } from "../cloud";
import type { LogLine } from "./logs";

/** Writes what a workload printed to Cloud Logging, as Cloud Run does. https://cloud.google.com/run/docs/logging */
export function logPrinted(cloud: Cloud, line: LogLine): void {
    const [, project = "", , location = ""] = line.service.split("/");
    const resource = resourceOf(cloud, line.service, { project_id: project, location });
    if (resource === undefined) {
        return;
    }
    const api = resource.type === "cloud_function" ? "cloudfunctions.googleapis.com%2Fcloud-functions" : undefined;
    const logName = `projects/${project}/logs/${api ?? `run.googleapis.com%2F${line.stream}`}`;
    writeLog(cloud, [{ logName, resource, timestamp: line.time, ...payloadOf(line.text) }]);
}

function resourceOf(
    cloud: Cloud,
    name: string,
    place: { project_id: string; location: string },
): { type: string; labels: Record<string, string> } | undefined {
    const [, , , , collection, id = ""] = name.split("/");
    if (collection === "services") {
        const revision = shortName(services.find(cloud, name)?.latestReadyRevision ?? "");
        const labels = { ...place, service_name: id, configuration_name: id, revision_name: revision };
        return { type: "cloud_run_revision", labels };
    }
    if (collection === "jobs") {
        return { type: "cloud_run_job", labels: { ...place, job_name: id } };
    }
    if (collection === "workerPools") {
        const revision_name = shortName(workerPools.find(cloud, name)?.latestReadyRevision ?? "");
        return { type: "cloud_run_worker_pool", labels: { ...place, worker_pool_name: id, revision_name } };
    }
    if (collection === "functions") {
        const { project_id, location } = place;
        return { type: "cloud_function", labels: { project_id, region: location, function_name: id } };
    }
    return undefined;
}

/** https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry#LogSeverity */
const SEVERITIES = ["DEFAULT", "DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY"];

/** A line that is a JSON object is structured: its `severity` and `message` have a meaning. https://cloud.google.com/logging/docs/structured-logging */
function payloadOf(text: string): LogEntry {
    if (text.startsWith("{")) {
        try {
            const { severity, ...jsonPayload } = JSON.parse(text) as Record<string, unknown>;
            const known = SEVERITIES.find((name) => name === String(severity).toUpperCase());
            return known === undefined
                ? { jsonPayload: { ...jsonPayload, ...defined({ severity }) } }
                : { jsonPayload, severity: known };
        } catch {
            // It only looks like JSON.
        }
    }
    return { textPayload: text };
}
