import * as logging from "@pulumi/gcp/logging";
import * as monitoring from "@pulumi/gcp/monitoring";
import * as pulumi from "@pulumi/pulumi";
import { Cron } from "croner";
import { argumentError } from "../base";

/** What a continuous check's alerts rest on. */
export interface AlertArgs {
    /** Matches every result in the log. */
    filter: pulumi.Output<string>;
    schedule: pulumi.Input<string>;
    /** Seconds. */
    silence?: pulumi.Input<number> | undefined;
    /** What is made before the alert that rests on the metric. */
    after: pulumi.Resource[];
    shared: { project?: pulumi.Input<string>; notificationChannels?: pulumi.Input<string>[] };
}

/** Two policies: one that matches the log can have no other condition. */
export interface Alerts {
    failure: monitoring.AlertPolicy;
    silence: monitoring.AlertPolicy;
}

/** Longer silence Cloud Monitoring does not see: https://cloud.google.com/monitoring/alerts/types-of-conditions */
const longestSilence = 84_600;

/** An alert when a result says that a check failed, and one when no result comes any more. */
export function continuousAlerts(component: pulumi.Resource, name: string, args: AlertArgs): Alerts {
    const { filter, schedule, silence, shared, after } = args;
    const { project } = shared;
    const options = { parent: component };
    const failure = new monitoring.AlertPolicy(
        `${name}-alert`,
        {
            displayName: `${name}: a caller does not get in`,
            combiner: "OR",
            conditions: [
                {
                    displayName: "a check failed",
                    conditionMatchedLog: { filter: pulumi.interpolate`${filter} AND severity>=ERROR` },
                },
            ],
            // Cloud Monitoring wants a limit where a policy is on the log.
            alertStrategy: { notificationRateLimit: { period: "300s" }, autoClose: "1800s" },
            ...shared,
        },
        options,
    );
    const results = new logging.Metric(
        `${name}-results`,
        {
            description: `results of the continuous check ${name}`,
            filter,
            metricDescriptor: { metricKind: "DELTA", valueType: "INT64" },
            ...(project && { project }),
        },
        options,
    );
    const duration = pulumi
        .all([schedule, silence])
        .apply(([cron, seconds]) => `${silenceOf(component, cron, seconds)}s`);
    return {
        failure,
        silence: new monitoring.AlertPolicy(
            `${name}-silence-alert`,
            {
                displayName: `${name}: nothing is checked any more`,
                combiner: "OR",
                conditions: [
                    {
                        displayName: "no result came",
                        conditionAbsent: {
                            filter: pulumi.interpolate`metric.type="logging.googleapis.com/user/${results.name}" AND resource.type="global"`,
                            duration,
                            aggregations: [
                                {
                                    alignmentPeriod: "60s",
                                    perSeriesAligner: "ALIGN_COUNT",
                                    crossSeriesReducer: "REDUCE_SUM",
                                },
                            ],
                        },
                    },
                ],
                alertStrategy: { autoClose: "1800s" },
                ...shared,
            },
            // Google does not know a metric of the log at once [K]: what comes before, the checks too, gives it time.
            { ...options, dependsOn: after },
        ),
    };
}

/**
 * How long no result may come, in seconds, in whole minutes: two runs that are missed, and the time that one may take.
 * @throws ResourceError for a schedule that is none, and for a silence that Cloud Monitoring cannot see.
 */
function silenceOf(component: pulumi.Resource, schedule: string, given: number | undefined): number {
    if (given !== undefined) {
        if (Number.isInteger(given / 60) && given >= 120 && given <= longestSilence) {
            return given;
        }
        throw argumentError(
            component,
            "silence",
            `${given} s is not what Cloud Monitoring sees: whole minutes from 120 to ${longestSilence} s`,
        );
    }
    const wanted = Math.ceil((2 * longestGap(component, schedule)) / 60) * 60 + 600;
    return Math.min(wanted, longestSilence);
}

/** How far two runs are apart at most, in seconds, of the next hundred. */
function longestGap(component: pulumi.Resource, schedule: string): number {
    let runs: Date[];
    try {
        runs = new Cron(schedule, { timezone: "Etc/UTC" }).nextRuns(100);
    } catch {
        throw argumentError(component, "schedule", `"${schedule}" is no schedule; it looks like */15 * * * *`);
    }
    const gaps = runs.slice(1).map((run, index) => (run.getTime() - (runs[index]?.getTime() ?? 0)) / 1000);
    const gap = Math.max(...gaps);
    if (gap < longestSilence) {
        return gap;
    }
    throw argumentError(
        component,
        "schedule",
        `"${schedule}" leaves up to ${Math.round(gap / 3600)} hours between two runs, and Cloud Monitoring looks back ` +
            `${longestSilence / 3600} hours: that it runs no more would not be seen; run it more often`,
    );
}
