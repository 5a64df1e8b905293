import { queues, removeTask, tasks, type Message, type Task, overridden } from "../apis";
import { defined } from "../../common";
import type { Cloud } from "../cloud";
import { logTaskAttempt } from "./attempt-log";
import { Timers } from "./timers";
import { codeOf, milliseconds, succeeded, type Deliverer, type Outcome } from "./delivery";
import { backoff, givenUp } from "./retry";

/** The tokens of a queue. Each request takes one, and new ones come at the queue's rate. */
interface Bucket {
    /** Below zero if tasks wait for tokens. */
    tokens: number;
    /** When they were counted. */
    at: number;
}

interface Progress {
    executions: number;
    last?: Outcome;
    sending?: boolean;
}

/**
 * Sends the tasks of queues when they are due, as fast as the queue allows, until they are taken or given up.
 * https://cloud.google.com/tasks/docs/configuring-queues
 */
export class Tasks {
    private readonly progress = new Map<string, Progress>();
    private readonly timers: Timers;
    private readonly buckets = new Map<string, Bucket>();
    private readonly inFlight = new Map<string, number>();
    /** Tasks that wait until fewer requests of their queue are in flight, by queue. */
    private readonly waiting = new Map<string, Set<string>>();

    constructor(
        private readonly cloud: Cloud,
        private readonly deliverer: Deliverer,
    ) {
        this.timers = new Timers(cloud.clock);
        cloud.signals.on((signal) => {
            if (signal.kind === "task") {
                this.plan(signal.name, signal.now ? cloud.clock.now() : undefined);
            }
            if (signal.kind === "queue") {
                this.planAll(signal.name);
            }
        });
        for (const [name] of cloud.store.list(tasks.collection)) {
            this.plan(name);
        }
    }

    private planAll(queue: string): void {
        this.buckets.delete(queue);
        for (const { name } of tasks.list(this.cloud, queue)) {
            this.plan(name);
        }
    }

    private plan(name: string, at?: number): void {
        const { cloud } = this;
        const progress = this.progress.get(name) ?? { executions: 0 };
        this.timers.clear(name);
        const task = tasks.find(cloud, name);
        if (!task || this.deliverer.closed) {
            this.progress.delete(name);
            return;
        }
        this.progress.set(name, progress);
        if (progress.sending) {
            return;
        }
        const due = at ?? Date.parse(task.scheduleTime ?? task.createTime);
        this.timers.set(name, due, () => this.dispatch(name, at === undefined ? "due" : "forced"));
    }

    /** @param why `due` by its time, `token` after waiting for its turn, or `forced` whatever the queue allows */
    private dispatch(name: string, why: "due" | "token" | "forced"): void {
        const { cloud } = this;
        const queue = name.replace(/\/tasks\/[^/]+$/, "");
        const settings = queues.find(cloud, queue);
        const progress = this.progress.get(name);
        if (!settings || !progress || progress.sending) {
            return;
        }
        // A paused queue keeps its tasks. They are planned again when the queue is resumed.
        if (settings.state !== "RUNNING" && why !== "forced") {
            return;
        }
        const wait = why === "due" ? this.takeToken(queue, settings.rateLimits) : 0;
        if (wait > 0) {
            this.timers.set(name, cloud.clock.now() + wait, () => this.dispatch(name, "token"));
            return;
        }
        const inFlight = this.inFlight.get(queue) ?? 0;
        if (why !== "forced" && inFlight >= (settings.rateLimits?.maxConcurrentDispatches ?? 1000)) {
            this.waiting.set(queue, (this.waiting.get(queue) ?? new Set()).add(name));
            return;
        }
        this.inFlight.set(queue, inFlight + 1);
        progress.sending = true;
        void this.send(name, queue, progress).finally(() => {
            this.inFlight.set(queue, (this.inFlight.get(queue) ?? 1) - 1);
            const [next] = this.waiting.get(queue) ?? [];
            if (next === undefined) {
                return;
            }
            this.waiting.get(queue)?.delete(next);
            this.dispatch(next, "token");
        });
    }

    /** Takes a token. @returns in how many milliseconds it is available */
    private takeToken(queue: string, limits: Message<"google.cloud.tasks.v2.RateLimits"> = {}): number {
        const { maxDispatchesPerSecond: rate = 500, maxBurstSize: burst = 100 } = limits;
        const now = this.cloud.clock.now();
        const bucket = this.buckets.get(queue) ?? { tokens: burst, at: now };
        const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) * rate) / 1000) - 1;
        this.buckets.set(queue, { tokens, at: now });
        return tokens < 0 ? (-tokens * 1000) / rate : 0;
    }

    private async send(name: string, queue: string, progress: Progress): Promise<void> {
        const { cloud } = this;
        const task = tasks.find(cloud, name);
        if (!task?.httpRequest) {
            return;
        }
        const [, project = ""] = name.split("/");
        const dispatchTime = new Date(cloud.clock.now()).toISOString();
        const retries = task.dispatchCount ?? 0;
        const outcome = await this.deliverer.deliver({
            project,
            service: "cloudtasks",
            agent: "gcp-sa-cloudtasks",
            target: overridden(task.httpRequest, queues.find(cloud, queue)?.httpTarget),
            headers: {
                "user-agent": "Google-Cloud-Tasks",
                "x-cloudtasks-queuename": queue.split("/").at(-1) ?? "",
                "x-cloudtasks-taskname": name.split("/").at(-1) ?? "",
                "x-cloudtasks-taskretrycount": String(retries),
                "x-cloudtasks-taskexecutioncount": String(progress.executions),
                "x-cloudtasks-tasketa": String(Date.parse(task.scheduleTime ?? task.createTime) / 1000),
                ...(progress.last
                    ? {
                          "x-cloudtasks-taskpreviousresponse": String(progress.last.status),
                          "x-cloudtasks-taskretryreason": progress.last.message,
                      }
                    : {}),
            },
            timeoutMilliseconds: milliseconds(task.dispatchDeadline, 600_000),
        });
        progress.sending = false;
        progress.last = outcome;
        if (outcome.status >= 100) {
            progress.executions++;
        }
        if (tasks.find(cloud, name)) {
            this.finish(name, queue, task, outcome, { dispatchTime, retries });
        }
    }

    private finish(
        name: string,
        queue: string,
        task: Task,
        outcome: Outcome,
        { dispatchTime, retries }: { dispatchTime: string; retries: number },
    ): void {
        const { cloud } = this;
        const { retryConfig = {} } = queues.find(cloud, queue) ?? {};
        const attempts = retries + 1;
        logTaskAttempt(cloud, task, outcome, attempts);
        const now = cloud.clock.now();
        const elapsed = now - Date.parse(task.firstAttempt?.dispatchTime ?? dispatchTime);
        if (succeeded(outcome) || givenUp(retryConfig, attempts, elapsed)) {
            removeTask(cloud, name);
            this.progress.delete(name);
            return;
        }
        const last = {
            ...defined({ scheduleTime: task.scheduleTime }),
            dispatchTime,
            responseTime: new Date(now).toISOString(),
            responseStatus: { code: codeOf(outcome), message: outcome.message || `HTTP status code ${outcome.status}` },
        };
        tasks.put(cloud, name, {
            ...task,
            scheduleTime: new Date(now + backoff(retryConfig, attempts)).toISOString(),
            dispatchCount: attempts,
            responseCount: this.progress.get(name)?.executions ?? 0,
            firstAttempt: task.firstAttempt ?? { dispatchTime },
            lastAttempt: last,
        });
        this.plan(name);
    }
}
