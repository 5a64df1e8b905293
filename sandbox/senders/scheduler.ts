import { defined } from "../../common";
import { jobs, type Job } from "../apis";
import type { Cloud } from "../cloud";
import { nextRun } from "../schedule";
import { backoff, codeOf, milliseconds, succeeded, type Deliverer, type Outcome } from "./delivery";
import { publishAs } from "./publish";
import { Timers } from "./timers";

const agent = "gcp-sa-cloudscheduler";

/** Runs Scheduler's jobs by the sandbox's clock. https://cloud.google.com/scheduler/docs */
export class Scheduler {
    private readonly timers: Timers;

    constructor(
        private readonly cloud: Cloud,
        private readonly deliverer: Deliverer,
    ) {
        this.timers = new Timers(cloud.clock);
        cloud.signals.on((signal) => {
            if (signal.kind !== "job") {
                return;
            }
            if (signal.now) {
                void this.run(signal.name, cloud.clock.now());
            } else {
                this.plan(signal.name);
            }
        });
        // What an earlier sandbox with this state planned still holds: an interval goes on from where it was.
        for (const [name, job] of cloud.store.list(jobs.collection)) {
            this.plan(name, plannedTime(job as Job));
        }
    }

    private plan(name: string, kept = 0): void {
        const { cloud } = this;
        this.timers.clear(name);
        const job = jobs.find(cloud, name);
        if (!job || job.state !== "ENABLED") {
            return;
        }
        const now = cloud.clock.now();
        const at = kept > now ? kept : nextRun(job.schedule ?? "", job.timeZone ?? "UTC", now);
        if (at === undefined) {
            return;
        }
        jobs.put(cloud, name, { ...job, scheduleTime: new Date(at).toISOString() });
        this.timers.set(name, at, () => {
            void this.run(name, at);
            this.plan(name);
        });
    }

    private async run(name: string, scheduled: number): Promise<void> {
        const { cloud } = this;
        const job = jobs.find(cloud, name);
        if (!job) {
            return;
        }
        const retry = (job.retryConfig ?? {}) as Record<string, unknown>;
        const retries = Number(retry.retryCount ?? 0);
        const until = cloud.clock.now() + milliseconds(retry.maxRetryDuration, 0);
        // If there are both limits, both must be reached. Without retries there is no limit of time.
        const again = (attempt: number): boolean =>
            attempt === 1 || attempt <= retries + 1 || (retries > 0 && cloud.clock.now() < until);
        for (let attempt = 1; again(attempt); attempt++) {
            if (attempt > 1) {
                await cloud.clock.sleep(
                    backoff(
                        attempt - 1,
                        milliseconds(retry.minBackoffDuration, 5000),
                        milliseconds(retry.maxBackoffDuration, 3_600_000),
                        Number(retry.maxDoublings ?? 5),
                    ),
                );
            }
            const outcome = await this.attempt(name, job, scheduled);
            const current = jobs.find(cloud, name);
            if (!current) {
                return;
            }
            jobs.put(cloud, name, {
                ...current,
                lastAttemptTime: new Date(cloud.clock.now()).toISOString(),
                status: succeeded(outcome) ? {} : { code: codeOf(outcome), message: outcome.message },
            });
            if (succeeded(outcome) || this.deliverer.closed) {
                return;
            }
        }
    }

    private attempt(name: string, job: Job, scheduled: number): Promise<Outcome> {
        const [, project = ""] = name.split("/");
        if (!job.httpTarget) {
            const { topicName = "", data, attributes } = job.pubsubTarget ?? {};
            const message = defined({ data, attributes });
            return Promise.resolve(publishAs(this.cloud, project, agent, topicName, message));
        }
        return this.deliverer.deliver({
            project,
            service: "cloudscheduler",
            agent,
            target: { ...job.httpTarget, ...defined({ url: job.httpTarget.uri }) },
            headers: {
                "user-agent": "Google-Cloud-Scheduler",
                "x-cloudscheduler": "true",
                "x-cloudscheduler-jobname": name.split("/").at(-1) ?? "",
                "x-cloudscheduler-scheduletime": new Date(scheduled).toISOString(),
            },
            timeoutMilliseconds: milliseconds(job.attemptDeadline, 180_000),
        });
    }
}

function plannedTime({ scheduleTime }: Job): number {
    return typeof scheduleTime === "string" ? Date.parse(scheduleTime) : 0;
}
