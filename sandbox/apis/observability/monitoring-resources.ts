import type { Cloud } from "../../cloud";
import { Resources, type Json, type Stored } from "../framework";

/** What a policy watches: a log match, the absence or a threshold of a metric. The sandbox only keeps any other. */
export type Condition = Stored<"google.monitoring.v3.AlertPolicy.Condition">;

export type AlertPolicy = { conditions?: Condition[] } & Stored<"google.monitoring.v3.AlertPolicy">;

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

export const alertPolicies = new Resources<AlertPolicy>("monitoring.alertPolicies", "google.monitoring.v3.AlertPolicy");
export const alerts = new Resources<KeptAlert>("monitoring.alerts");
export const absences = new Resources<Absence>("monitoring.absences");

/** A channel that Cloud Monitoring notifies of alerts. */
export type NotificationChannel = Stored<"google.monitoring.v3.NotificationChannel", "name" | "type">;

export const channels = new Resources<NotificationChannel>(
    "monitoring.notificationChannels",
    "google.monitoring.v3.NotificationChannel",
);

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
