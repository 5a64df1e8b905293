import type { Probe } from "../spec";
import { shortName } from "./sender";

/** Where a probe is sent from, in words. */
export function originOf(probe: Probe): string {
    switch (probe.kind) {
        case "request":
            return probe.inside === undefined
                ? "outside"
                : `inside Google Cloud, by the workflow ${shortName(probe.inside.workflow)}`;
        case "workflow":
            return "Workflows";
        case "schedule":
            return "Cloud Scheduler";
        case "job":
            return "Cloud Run";
        case "task":
            return "Cloud Tasks";
        case "message":
            return "Pub/Sub";
        case "policy":
        case "callers":
        case "account":
        case "sender":
        case "provider":
        case "gateway":
        case "endpoints":
            return "nowhere: it was read";
    }
}
