import * as logging from "@pulumi/gcp/logging";
import * as monitoring from "@pulumi/gcp/monitoring";
import * as pulumi from "@pulumi/pulumi";
import { Cron } from "croner";
import { argumentError } from "../base";
import { defined } from "../../common";

/** What the alerts of a continuous check depend on. */
export interface AlertArgs {
    /** A filter that matches every result in the log. */
    filter: pulumi.Output<string>;
    /** When the check runs, in the format of cron. */
    schedule: pulumi.Input<string>;
    /** After how many seconds without a result the second alert is raised. */
    silence?: pulumi.Input<number> | undefined;
    /** What is made before the alert on the metric. */
    after: pulumi.Resource[];
    shared: { project?: pulumi.Input<string>; notificationChannels?: pulumi.Input<string>[] };
}

/** The two alert policies. One policy is not enough, because a policy that matches log entries can have no other condition. */
export interface Alerts {
    failure: monitoring.AlertPolicy;
    silence: monitoring.AlertPolicy;
}

/**
 * The longest time without data that an alert can be raised for, in seconds.
 * https://cloud.google.com/monitoring/alerts/types-of-conditions
 */
const longestSilence = 84_600;

/** Makes two alerts: one that is raised when a result says that a check failed, and one when no result comes any more. */
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
            // Cloud Monitoring requires a rate limit for a policy that matches log entries.
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
            ...defined({ project }),
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
                displayName: `${name}: the check has stopped`,
                combiner: "OR",
                conditions: [
                    {
                        displayName: "no result arrived",
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
            // Google knows a new log-based metric only after some time [K]. The checks that come before give it that time.
            { ...options, dependsOn: after },
        ),
    };
}

/**
 * After how many seconds without a result the alert is raised, in whole minutes: two runs were missed, and the time that a run
 * may take has passed.
 * @throws ResourceError for a text that is no schedule, and for a time that Cloud Monitoring cannot look back
 */
function silenceOf(component: pulumi.Resource, schedule: string, given: number | undefined): number {
    if (given !== undefined) {
        if (Number.isInteger(given / 60) && given >= 120 && given <= longestSilence) {
            return given;
        }
        throw argumentError(
            component,
            "silence",
            `${given} s is not a time that Cloud Monitoring can look back; give whole minutes, from 120 to ${longestSilence} s`,
        );
    }
    const wanted = Math.ceil((2 * longestGap(component, schedule)) / 60) * 60 + 600;
    return Math.min(wanted, longestSilence);
}

/** The longest time between two of the next hundred runs, in seconds. */
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
            `${longestSilence / 3600} hours, so nobody would learn that it has stopped; run it more often`,
    );
}
