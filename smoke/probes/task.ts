import { notTried, type Attempt, type Context, type Trial } from "../attempt";
import type { TaskProbe } from "../spec";
import { ask, isEnd, type Need } from "./api";
import { refusedSender } from "./codes";
import { senderTrial } from "./sender";
import { defined } from "../../common";

interface Queue {
    state?: string;
    retryConfig?: { maxAttempts?: number; minBackoff?: string };
    httpTarget?: { oidcToken?: { audience?: string } };
}

interface Task {
    name: string;
    lastAttempt?: { responseStatus?: { code?: number; message?: string } };
}

const api = "https://cloudtasks.googleapis.com/v2";

const adding: Need = {
    failure: "the task could not be added",
    permission: "cloudtasks.tasks.create",
    role: "roles/cloudtasks.enqueuer",
};
const looking: Need = {
    failure: "the queue and its tasks cannot be read",
    permission: "cloudtasks.tasks.get",
    role: "roles/cloudtasks.viewer",
};

/** The pause between two looks at the task, in milliseconds. It is short, because a task that is taken is gone at once. */
const pause = 500;

/** How long a task may wait for its first attempt, in milliseconds. */
const longestWait = 120_000;

/**
 * Adds a task. A queue keeps a task that was refused, with what the receiver answered. It deletes a task that was taken, and also
 * one whose attempts are used up. So a task that is gone was taken only if the queue would have tried it again.
 *
 * https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues.tasks
 */
export function taskTrial(probe: TaskProbe, context: Context): Trial {
    const sender = {
        ...{ account: probe.serviceAccount ?? "the queue's account", grants: probe.grants },
        ...{ target: new URL(probe.url).host, token: probe.serviceAccount ? "the task's own" : "the queue's own" },
        ...{ expected: "the task taken", url: `${api}/${probe.queue}`, reading: looking },
    };
    const audienceOf = (queue: Queue) => probe.audience ?? queue.httpTarget?.oidcToken?.audience;
    return senderTrial<Queue>(context, sender, audienceOf, async (queue) => {
        if (queue.state === "PAUSED" || queue.state === "DISABLED") {
            return notTried("queue-paused", `the queue is ${queue.state}: it sends nothing`);
        }
        const begun = context.clock.now();
        const created = await ask<Task>(context, adding, "POST", `${api}/${probe.queue}/tasks`, {
            task: { httpRequest: httpRequest(probe) },
        });
        if (isEnd(created)) {
            return created;
        }
        const audience = audienceOf(queue);
        return followTask({ ...probe, ...defined({ audience }) }, context, created.name, begun + usedUpAfter(queue));
    });
}

function httpRequest({ url, method, body, serviceAccount, audience }: TaskProbe): object {
    const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body)).toString("base64");
    return {
        url,
        httpMethod: method ?? "POST",
        ...(text !== undefined && { body: text, headers: { "content-type": "application/json" } }),
        ...(serviceAccount !== undefined && { oidcToken: { serviceAccountEmail: serviceAccount, audience } }),
    };
}

/**
 * How soon after its creation a task that is always refused can be deleted, in milliseconds: the sum of the pauses between its
 * attempts, none of which is shorter than the shortest pause.
 */
function usedUpAfter({ retryConfig: { maxAttempts = 100, minBackoff = "0.1s" } = {} }: Queue): number {
    return maxAttempts === -1 ? Infinity : (maxAttempts - 1) * Number.parseFloat(minBackoff) * 1000;
}

async function followTask(probe: TaskProbe, context: Context, name: string, usedUpAt: number): Promise<Attempt> {
    const giveUpAt = context.clock.now() + longestWait;
    while (context.clock.now() < giveUpAt) {
        await context.clock.sleep(pause, context.signal);
        const task = await ask<Task>(context, looking, "GET", `${api}/${name}?responseView=FULL`);
        if (isEnd(task)) {
            if (task.status === 404) {
                return disappeared(context, usedUpAt);
            }
            if (task.outcome === "failed") {
                return task;
            }
            continue;
        }
        const { code, message } = task.lastAttempt?.responseStatus ?? {};
        if (code === undefined) {
            continue;
        }
        // Without this the queue would send the task again, beside the one that the next try of the probe adds.
        await ask(context, looking, "DELETE", `${api}/${name}`);
        const { audience, grants } = probe;
        return refusedSender(context, {
            code,
            ...(message && { message }),
            ...defined({ audience, grants }),
        });
    }
    const cause = `the task was not attempted within ${longestWait / 1000} s: is the queue slow, or full?`;
    return { outcome: "retry", got: "no attempt", diagnosis: { code: "no-attempt", cause } };
}

/** A task that is gone was taken, or its attempts are used up. */
function disappeared(context: Context, usedUpAt: number): Attempt {
    if (context.clock.now() < usedUpAt) {
        return { outcome: "passed", got: "taken" };
    }
    return notTried(
        "task-untraceable",
        "the queue deletes a task after so few attempts that a missing task may have been refused: allow more attempts in its retryConfig (maxAttempts)",
    );
}
