import type { Cloud } from "../../cloud";
import { Resources, type Json, type Stored } from "../framework";

/** What a policy watches; one of the three conditions that the sandbox judges, or one that it keeps only. */
export interface Condition extends Json {
    name: string;
    displayName?: string;
    conditionMatchedLog?: { filter: string; labelExtractors?: Record<string, string> };
    conditionAbsent?: MetricCondition;
    conditionThreshold?: MetricCondition & { comparison?: string; thresholdValue?: number };
}

/** A condition on the points of a metric. */
export interface MetricCondition {
    filter: string;
    /** `300s`. */
    duration?: string;
    aggregations?: { alignmentPeriod?: string }[];
}

/** https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies */
export interface AlertPolicy extends Json {
    name: string;
    displayName?: string;
    enabled?: boolean;
    conditions?: Condition[];
    notificationChannels?: string[];
    alertStrategy?: { autoClose?: string; notificationRateLimit?: { period?: string } };
    userLabels?: Record<string, string>;
    severity?: string;
}

/** A violation of a policy. https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alerts */
export interface Alert extends Json {
    name: string;
    state: "OPEN" | "CLOSED";
    openTime: string;
    closeTime?: string;
    resource?: Json;
    metric?: { type: string };
    log?: { extractedLabels: Record<string, string> };
    policy: { name: string; displayName?: string; userLabels?: Record<string, string>; severity?: string };
}

/** An alert as it is stored: with the condition that is met, which the API does not show. */
export type KeptAlert = Alert & { condition: string };

/** An absence that a condition waits for. It is stored under the name of the condition, until data arrives again. */
export interface Absence extends Json {
    /** `projects/P/alertPolicies/N`. */
    policy: string;
    /** When the alert opens, in milliseconds since 1970 by the sandbox's clock. */
    due: number;
    about: Pick<Alert, "resource" | "metric">;
}

export const alertPolicies = new Resources<AlertPolicy>("monitoring.alertPolicies");
export const alerts = new Resources<KeptAlert>("monitoring.alerts");
export const absences = new Resources<Absence>("monitoring.absences");

/** A channel that Cloud Monitoring notifies of alerts. */
export type NotificationChannel = Stored<"google.monitoring.v3.NotificationChannel", "name" | "type">;

export const channels = new Resources<NotificationChannel>("monitoring.notificationChannels");

/** `projects/P` of the name of a resource in the project. */
export function projectAbove(name: string): string {
    return name.split("/").slice(0, 2).join("/");
}

/** Deletes the absences that the conditions of a deleted policy waited for. */
export function forgetAbsences({ store }: Cloud, policy: string): void {
    for (const [condition, absence] of store.list(absences.collection)) {
        if ((absence as Absence).policy === policy) {
            store.delete(absences.collection, condition);
        }
    }
}
