import { queues, tasks, type Task } from "../apis/cloudtasks";
import { overridden } from "../apis/queue-target";
import type { Cloud } from "../cloud";
import { backoff, codeOf, milliseconds, succeeded, type Deliverer, type Outcome } from "./delivery";

interface Progress {
    executions: number;
    last?: Outcome;
    cancel?: () => void;
    sending?: boolean;
}

/**
 * Sends the tasks of queues when they are due, as fast as the queue allows, until they are taken or given up.
 * Bursts are not told from the rate: requests of a queue are spread evenly.
 * https://cloud.google.com/tasks/docs/configuring-queues
 */
export class Tasks {
    private readonly progress = new Map<string, Progress>();
    /** When a queue may send next, by its rate. */
    private readonly free = new Map<string, number>();
    private readonly flying = new Map<string, number>();

    constructor(
        private readonly cloud: Cloud,
        private readonly deliverer: Deliverer,
    ) {
        cloud.signals.on((signal) => {
            if (signal.kind === "task") this.plan(signal.name, signal.now ? cloud.clock.now() : undefined);
            if (signal.kind === "queue") this.planAll(signal.name);
        });
        for (const [name] of cloud.store.list(tasks.collection)) this.plan(name);
    }

    private planAll(queue: string): void {
        for (const { name } of tasks.list(this.cloud, queue)) this.plan(name);
    }

    private plan(name: string, at?: number): void {
        const { cloud } = this;
        const progress = this.progress.get(name) ?? { executions: 0 };
        progress.cancel?.();
        const task = tasks.find(cloud, name);
        if (!task || this.deliverer.closed) {
            this.progress.delete(name);
            return;
        }
        this.progress.set(name, progress);
        if (progress.sending) return;
        const due = at ?? Date.parse(task.scheduleTime ?? task.createTime);
        progress.cancel = cloud.clock.at(Math.max(due, cloud.clock.now()), () => this.dispatch(name, at !== undefined));
    }

    private dispatch(name: string, forced: boolean): void {
        const { cloud } = this;
        const queue = name.replace(/\/tasks\/[^/]+$/, "");
        const settings = queues.find(cloud, queue);
        const progress = this.progress.get(name);
        if (!settings || !progress) return;
        // A paused queue keeps its tasks; they are planned again when it is resumed.
        if (settings.state !== "RUNNING" && !forced) return;
        const { maxDispatchesPerSecond: rate = 500, maxConcurrentDispatches: most = 1000 } = (settings.rateLimits ??
            {}) as { maxDispatchesPerSecond?: number; maxConcurrentDispatches?: number };
        const now = cloud.clock.now();
        const free = this.free.get(queue) ?? 0;
        const flying = this.flying.get(queue) ?? 0;
        if (!forced && (free > now || flying >= most)) {
            progress.cancel = cloud.clock.at(Math.max(free, now + 10), () => this.dispatch(name, false));
            return;
        }
        this.free.set(queue, Math.max(free, now) + 1000 / rate);
        this.flying.set(queue, flying + 1);
        progress.sending = true;
        void this.send(name, queue, progress).finally(() => {
            this.flying.set(queue, (this.flying.get(queue) ?? 1) - 1);
        });
    }

    private async send(name: string, queue: string, progress: Progress): Promise<void> {
        const { cloud } = this;
        const task = tasks.find(cloud, name);
        if (!task?.httpRequest) return;
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
        if (outcome.status >= 100) progress.executions++;
        if (tasks.find(cloud, name)) this.finish(name, queue, task, outcome, { dispatchTime, retries });
    }

    private finish(
        name: string,
        queue: string,
        task: Task,
        outcome: Outcome,
        { dispatchTime, retries }: { dispatchTime: string; retries: number },
    ): void {
        const { cloud } = this;
        const retry = (queues.find(cloud, queue)?.retryConfig ?? {}) as Record<string, unknown>;
        const attempts = retries + 1;
        const most = Number(retry.maxAttempts ?? 100);
        if (succeeded(outcome) || (most !== -1 && attempts >= most)) {
            tasks.delete(cloud, name);
            this.progress.delete(name);
            return;
        }
        const now = cloud.clock.now();
        const wait = backoff(
            attempts,
            milliseconds(retry.minBackoff, 100),
            milliseconds(retry.maxBackoff, 3_600_000),
            Number(retry.maxDoublings ?? 16),
        );
        const last = {
            scheduleTime: task.scheduleTime,
            dispatchTime,
            responseTime: new Date(now).toISOString(),
            responseStatus: { code: codeOf(outcome), message: outcome.message || `HTTP status code ${outcome.status}` },
        };
        tasks.put(cloud, name, {
            ...task,
            scheduleTime: new Date(now + wait).toISOString(),
            dispatchCount: attempts,
            responseCount: this.progress.get(name)?.executions ?? 0,
            firstAttempt: task.firstAttempt ?? { dispatchTime },
            lastAttempt: last,
        });
        this.plan(name);
    }
}
