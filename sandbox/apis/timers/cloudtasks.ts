import type { Cloud } from "../../cloud";
import { checkActAs } from "../act-as";
import {
    checkResourceId,
    crud,
    locationMethods,
    invalidArgument,
    numericId,
    page,
    policyMethods,
    Resources,
    type ApiDefinition,
    type Call,
    type Message,
    type Stored,
} from "../framework";
import { checkHttpRequest } from "./http-request";
import { deadlineProblem, switchState } from "./pause";
import { viewOf } from "./task-view";
import { checkNewTask, noteName, removeTask, type Task, tasks } from "./tasks";

export type Queue = Stored<"google.cloud.tasks.v2.Queue">;
type RateLimits = Message<"google.cloud.tasks.v2.RateLimits">;

const HOST = "cloudtasks.googleapis.com";
const QUEUE = "cloudtasks.googleapis.com/Queue";
export const queues = new Resources<Queue>("cloudtasks.queues", "google.cloud.tasks.v2.Queue");

/** https://cloud.google.com/tasks/docs/reference/rest */
export const cloudtasks: ApiDefinition = {
    host: HOST,
    unverified: ["the name of a deleted queue can be used again immediately, and at Google only after 7 days"],
    services: {
        "google.cloud.location.Locations": locationMethods("v2"),
        "google.cloud.tasks.v2.CloudTasks": {
            ...crud({
                resources: queues,
                singular: "Queue",
                permissions: "cloudtasks.queues",
                resourceType: QUEUE,
                writable: [
                    "rateLimits",
                    "retryConfig",
                    "stackdriverLoggingConfig",
                    "appEngineRoutingOverride",
                    "httpTarget",
                ],
                build,
                changed: ({ cloud }, { name }) => cloud.signals.emit({ kind: "queue", name }),
                deleted({ cloud }, name) {
                    removeTasks(cloud, name);
                    cloud.signals.emit({ kind: "queue", name });
                },
            }),
            PauseQueue: {
                permission: "cloudtasks.queues.pause",
                resourceType: QUEUE,
                handle: switchState(queues, "queue", "PAUSED"),
            },
            ResumeQueue: {
                permission: "cloudtasks.queues.resume",
                resourceType: QUEUE,
                handle: switchState(queues, "queue", "RUNNING"),
            },
            PurgeQueue: {
                permission: "cloudtasks.queues.purge",
                resourceType: QUEUE,
                handle({ name }, { cloud, time }) {
                    const queue = { ...queues.get(cloud, name), purgeTime: time };
                    queues.put(cloud, name, queue);
                    removeTasks(cloud, name);
                    return queue;
                },
            },
            ...policyMethods({
                host: HOST,
                permissions: "cloudtasks.queues",
                resourceType: QUEUE,
                mustExist: (cloud, name) => queues.get(cloud, name),
            }),
            CreateTask: {
                permission: "cloudtasks.tasks.create",
                handle({ parent, task, responseView }, call) {
                    const { cloud, time } = call;
                    queues.get(cloud, parent);
                    const { httpRequest } = task;
                    if (!httpRequest) {
                        throw invalidArgument("Task must have an HTTP request", "task.http_request");
                    }
                    const late = deadlineProblem(task.dispatchDeadline);
                    if (late !== undefined) {
                        throw invalidArgument(`Task.dispatch_deadline ${late}`, "task.dispatch_deadline");
                    }
                    checkHttpRequest(httpRequest, "task.http_request", (account) => checkActAs(call, account));
                    const name = task.name ?? `${parent}/tasks/${numericId(19)}`;
                    if (!name.startsWith(`${parent}/tasks/`)) {
                        throw invalidArgument(`Task name must be formatted: "${parent}/tasks/<TASK_ID>"`, "task.name");
                    }
                    checkResourceId(tasks.collection, name.slice(`${parent}/tasks/`.length), "task.name");
                    checkNewTask(call, name, task);
                    const made: Task = {
                        dispatchDeadline: "600s",
                        ...task,
                        name,
                        httpRequest: { ...httpRequest, httpMethod: httpRequest.httpMethod ?? "POST" },
                        scheduleTime: task.scheduleTime ?? time,
                        createTime: time,
                        view: "BASIC",
                    };
                    const shown = viewOf(call, made, responseView);
                    tasks.create(cloud, name, made);
                    if (task.name !== undefined) {
                        noteName(cloud, name);
                    }
                    cloud.signals.emit({ kind: "task", name });
                    return shown;
                },
            },
            GetTask: {
                permission: "cloudtasks.tasks.get",
                handle: ({ name, responseView }, call) => viewOf(call, tasks.get(call.cloud, name), responseView),
            },
            ListTasks: {
                permission: "cloudtasks.tasks.list",
                handle(request, call) {
                    queues.get(call.cloud, request.parent);
                    const all = tasks.list(call.cloud, request.parent);
                    return page(
                        "tasks",
                        all.map((task) => viewOf(call, task, request.responseView)),
                        request,
                    );
                },
            },
            DeleteTask: {
                permission: "cloudtasks.tasks.delete",
                handle({ name }, { cloud }) {
                    removeTask(cloud, tasks.get(cloud, name).name);
                    cloud.signals.emit({ kind: "task", name });
                    return {};
                },
            },
            RunTask: {
                permission: "cloudtasks.tasks.run",
                handle({ name, responseView }, call) {
                    const shown = viewOf(call, tasks.get(call.cloud, name), responseView);
                    call.cloud.signals.emit({ kind: "task", name, now: true });
                    return shown;
                },
            },
        },
    },
};

function build(call: Call, name: string, wanted: Partial<Queue>, current: Queue | undefined): Queue {
    const { oidcToken, oauthToken } = wanted.httpTarget ?? {};
    const account = (oidcToken ?? oauthToken)?.serviceAccountEmail;
    if (account !== undefined) {
        checkActAs(call, account);
    }
    return {
        ...wanted,
        name,
        rateLimits: rateLimits(wanted.rateLimits),
        retryConfig: {
            maxAttempts: 100,
            minBackoff: "0.100s",
            maxBackoff: "3600s",
            maxDoublings: 16,
            ...wanted.retryConfig,
        },
        state: current?.state ?? "RUNNING",
    };
}

/** How fast a queue sends its tasks. https://cloud.google.com/tasks/docs/configuring-queues#rate */
function rateLimits(wanted: RateLimits = {}): RateLimits {
    const { maxDispatchesPerSecond = 500, maxConcurrentDispatches = 1000 } = wanted;
    for (const [name, value, most] of [
        ["max_dispatches_per_second", maxDispatchesPerSecond, 500],
        ["max_concurrent_dispatches", maxConcurrentDispatches, 5000],
    ] as const) {
        if (!(value > 0 && value <= most)) {
            throw invalidArgument(
                `Queue.rate_limits.${name} is ${value}; it must be more than 0 and at most ${most}`,
                `queue.rate_limits.${name}`,
            );
        }
    }
    // Google chooses it in a way that is not documented; with the default rate it is 100 [K].
    const maxBurstSize = Math.min(100, Math.max(10, Math.ceil(maxDispatchesPerSecond / 5)));
    return { maxDispatchesPerSecond, maxBurstSize, maxConcurrentDispatches };
}

function removeTasks(cloud: Cloud, queue: string): void {
    for (const { name } of tasks.list(cloud, queue)) {
        removeTask(cloud, name);
        cloud.signals.emit({ kind: "task", name });
    }
}
