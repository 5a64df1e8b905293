import { defined } from "../../common";
import {
    compileLogFilter,
    fieldOf,
    logMetrics,
    METRIC_PREFIX,
    absences,
    alertPolicies,
    alerts,
    type Absence,
    type AlertPolicy,
    type Condition,
    projectAbove,
    type KeptAlert,
    numericId,
} from "../apis";
import type { Cloud, LogEntry } from "../cloud";
import { milliseconds } from "./delivery";
import { Timers } from "./timers";

/** Google's default: https://cloud.google.com/monitoring/alerts/log-based-incidents */
const AUTO_CLOSE = 7 * 86_400_000;
const KEPT = 1000;
/** Points of a metric that a threshold looks back on. */
const POINTS = 10_000;

/** Judges the conditions of alert policies by what is written to the log, and opens and closes alerts. */
export class Incidents {
    /** Times of the points that count, in milliseconds, by condition. */
    private readonly points = new Map<string, number[]>();
    private readonly timers: Timers;

    constructor(private readonly cloud: Cloud) {
        this.timers = new Timers(cloud.clock);
        cloud.signals.on((signal) => {
            if (signal.kind !== "logged") {
                return;
            }
            const policies = cloud.store.list(alertPolicies.collection);
            for (const [, policy] of policies) {
                this.judge(policy as AlertPolicy, signal.entries);
            }
        });
        // What an earlier sandbox with this state left open.
        for (const [, alert] of cloud.store.list(alerts.collection)) {
            if ((alert as KeptAlert).state === "OPEN") {
                this.endLater(alert as KeptAlert);
            }
        }
        for (const [condition, absence] of cloud.store.list(absences.collection)) {
            this.missLater(condition, absence as Absence);
        }
    }

    private judge(policy: AlertPolicy, entries: readonly LogEntry[]): void {
        if (!policy.enabled) {
            return;
        }
        const project = projectAbove(policy.name);
        const own = entries.filter(({ logName }) => logName?.startsWith(`${project}/`));
        for (const condition of policy.conditions ?? []) {
            for (const entry of own) {
                this.meet(policy, condition, project, entry);
            }
        }
    }

    private meet(policy: AlertPolicy, condition: Condition, project: string, entry: LogEntry): void {
        const { conditionMatchedLog: log, conditionAbsent: absent, conditionThreshold: threshold } = condition;
        if (log) {
            if (!compileLogFilter(log.filter ?? "")(entry)) {
                return;
            }
            const extractedLabels = Object.fromEntries(
                Object.entries(log.labelExtractors ?? {}).map(([key, extractor]) => [key, extract(extractor, entry)]),
            );
            this.open(policy, condition, { ...monitoredResource(entry), log: { extractedLabels } });
        } else if (absent) {
            const metric = this.counts(project, absent, entry);
            if (metric === undefined) {
                return;
            }
            this.close(policy, condition);
            const due = this.cloud.clock.now() + milliseconds(absent.duration, 0);
            const absence: Absence = { policy: policy.name, due, about: { ...monitoredResource(entry), metric } };
            this.missLater(condition.name, absences.put(this.cloud, condition.name, absence));
        } else if (threshold) {
            const metric = this.counts(project, threshold, entry);
            if (metric === undefined) {
                return;
            }
            const points = [...(this.points.get(condition.name) ?? []), this.cloud.clock.now()].slice(-POINTS);
            this.points.set(condition.name, points);
            if (this.exceeds(points, threshold)) {
                this.open(policy, condition, { ...monitoredResource(entry), metric });
            }
        }
    }

    /** Opens an alert when its time comes, by the policy as it is then. */
    private missLater(name: string, { policy, due, about }: Absence): void {
        const { cloud } = this;
        this.timers.set(`absent ${name}`, due, () => {
            cloud.store.delete(absences.collection, name);
            const current = alertPolicies.find(cloud, policy);
            const condition = current?.conditions?.find((one) => one.name === name);
            if (current && condition) {
                this.open(current, condition, about);
            }
        });
    }

    /** The metric of a condition, if it is one of the log and counts the entry. */
    private counts(
        project: string,
        { filter = "" }: { filter?: string },
        entry: LogEntry,
    ): { type: string } | undefined {
        const type = /metric\.type\s*=\s*"([^"]+)"/.exec(filter)?.[1];
        if (!type?.startsWith(METRIC_PREFIX)) {
            return undefined;
        }
        const metric = logMetrics.find(this.cloud, `${project}/metrics/${type.slice(METRIC_PREFIX.length)}`);
        return metric && !metric.disabled && compileLogFilter(metric.filter)(entry) ? { type } : undefined;
    }

    /** Whether the count of each period of alignment within the duration is beyond the threshold. */
    private exceeds(points: number[], condition: NonNullable<Condition["conditionThreshold"]>): boolean {
        // Below a threshold is what no new entry makes true.
        if (condition.comparison !== "COMPARISON_GT") {
            return false;
        }
        const period = milliseconds(condition.aggregations?.[0]?.alignmentPeriod, 60_000);
        const periods = Math.max(1, Math.ceil(milliseconds(condition.duration, 0) / period));
        const now = this.cloud.clock.now();
        return Array.from({ length: periods }, (_, i) => now - i * period).every(
            (end) =>
                points.filter((time) => time <= end && time > end - period).length > (condition.thresholdValue ?? 0),
        );
    }

    private open(policy: AlertPolicy, condition: Condition, about: Partial<KeptAlert>): void {
        const { cloud } = this;
        const { name, displayName, userLabels, severity } = policy;
        const current = alertPolicies.find(cloud, name);
        if (!current?.enabled) {
            return;
        }
        const labels = JSON.stringify(about.log?.extractedLabels);
        const open = this.opened(policy, condition).find(({ log }) => JSON.stringify(log?.extractedLabels) === labels);
        const alert: KeptAlert = open ?? {
            ...about,
            name: `${projectAbove(name)}/alerts/${numericId(19)}`,
            state: "OPEN",
            openTime: new Date(cloud.clock.now()).toISOString(),
            policy: {
                name,
                ...defined({ displayName }),
                ...(userLabels && { userLabels }),
                ...defined({ severity }),
            },
            condition: condition.name,
        };
        if (!open) {
            alerts.put(cloud, alert.name, alert);
        }
        this.endLater(alert);
        this.forgetOldest();
    }

    private endLater(alert: KeptAlert): void {
        const { autoClose } = alertPolicies.find(this.cloud, alert.policy.name)?.alertStrategy ?? {};
        this.timers.set(alert.name, this.cloud.clock.now() + milliseconds(autoClose, AUTO_CLOSE), () =>
            this.end(alert),
        );
    }

    private opened(policy: AlertPolicy, condition: Condition): KeptAlert[] {
        return alerts
            .list(this.cloud, projectAbove(policy.name))
            .filter((alert) => alert.state === "OPEN" && alert.condition === condition.name);
    }

    private close(policy: AlertPolicy, condition: Condition): void {
        this.opened(policy, condition).forEach((alert) => this.end(alert));
    }

    private end(alert: KeptAlert): void {
        const closeTime = new Date(this.cloud.clock.now()).toISOString();
        if (alerts.find(this.cloud, alert.name)) {
            alerts.put(this.cloud, alert.name, { ...alert, state: "CLOSED", closeTime });
        }
    }

    private forgetOldest(): void {
        const all = this.cloud.store.list(alerts.collection).map(([, value]) => value as KeptAlert);
        if (all.length <= KEPT) {
            return;
        }
        const oldest = all.sort((a, b) => (a.openTime < b.openTime ? -1 : 1)).slice(0, all.length - KEPT);
        for (const { name } of oldest) {
            this.cloud.store.delete(alerts.collection, name);
        }
    }
}

function monitoredResource({ resource }: LogEntry): Partial<KeptAlert> {
    return typeof resource === "object" && resource !== null ? { resource: resource as Record<string, unknown> } : {};
}

/** `EXTRACT(jsonPayload.check)`. */
function extract(extractor: string, entry: LogEntry): string {
    const path = /^EXTRACT\((.+)\)$/.exec(extractor)?.[1];
    return path === undefined ? "" : fieldOf(entry, path);
}
