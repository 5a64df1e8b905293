import { defined } from "../../common";
import { jobs, requestOf, type Job } from "../apis";
import type { Cloud } from "../cloud";
import { nextRun } from "../schedule";
import { logJobAttempt } from "./attempt-log";
import { codeOf, milliseconds, succeeded, type Deliverer, type Outcome } from "./delivery";
import { publishAs } from "./publish";
import { backoff, givenUp, type RetryConfig } from "./retry";
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
        const retry = retryOf(job);
        const begun = cloud.clock.now();
        for (let attempt = 1; ; attempt++) {
            logJobAttempt(cloud, job, scheduled);
            const outcome = await this.attempt(name, job, scheduled);
            logJobAttempt(cloud, job, scheduled, outcome);
            const current = jobs.find(cloud, name);
            if (!current) {
                return;
            }
            jobs.put(cloud, name, {
                ...current,
                lastAttemptTime: new Date(cloud.clock.now()).toISOString(),
                status: succeeded(outcome) ? {} : { code: codeOf(outcome), message: outcome.message },
            });
            const over = succeeded(outcome) || givenUp(retry, attempt, cloud.clock.now() - begun);
            if (over || this.deliverer.closed) {
                return;
            }
            await cloud.clock.sleep(backoff(retry, attempt));
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
            target: requestOf(job.httpTarget),
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

/** The limits of a job in the terms of Cloud Tasks. A job without retries has no limit of time. */
function retryOf({ retryConfig = {} }: Job): RetryConfig {
    const { retryCount = 0, maxRetryDuration, minBackoffDuration, maxBackoffDuration, maxDoublings } = retryConfig;
    return {
        maxAttempts: retryCount + 1,
        ...(retryCount > 0 && defined({ maxRetryDuration })),
        ...defined({ minBackoff: minBackoffDuration, maxBackoff: maxBackoffDuration, maxDoublings }),
    };
}

function plannedTime({ scheduleTime }: Job): number {
    return typeof scheduleTime === "string" ? Date.parse(scheduleTime) : 0;
}
