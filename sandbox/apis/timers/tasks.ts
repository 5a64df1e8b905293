import { ApiError, type Cloud } from "../../cloud";
import { invalidArgument, Resources, type Call, type Stored } from "../framework";

export type Task = Stored<"google.cloud.tasks.v2.Task", "name" | "createTime">;

export const tasks = new Resources<Task>("cloudtasks.tasks", "google.cloud.tasks.v2.Task");
/** The names that clients gave to tasks, with the time until which they cannot be used again. */
const usedNames = new Resources<{ until: number }>("cloudtasks.used");

const HOUR = 3_600_000;
/** https://cloud.google.com/tasks/docs/quotas */
const LATEST_SCHEDULE = 30 * 24 * HOUR;
const LARGEST_TASK = 2 ** 20;

/**
 * What Google checks of a task that has a name and a time. The words of the last two are not Google's [K].
 * https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues.tasks/create
 * @throws ApiError ALREADY_EXISTS, INVALID_ARGUMENT
 */
export function checkNewTask({ cloud }: Call, name: string, task: Partial<Task>): void {
    const now = cloud.clock.now();
    if (!tasks.find(cloud, name) && (usedNames.find(cloud, name)?.until ?? 0) > now) {
        throw new ApiError(
            "ALREADY_EXISTS",
            "The task cannot be created because a task with this name existed too recently. For more information about task de-duplication see https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues.tasks/create#body.request_body.FIELDS.task.",
        );
    }
    if (task.scheduleTime !== undefined && Date.parse(task.scheduleTime) > now + LATEST_SCHEDULE) {
        throw invalidArgument(
            `Task.schedule_time is ${task.scheduleTime}; it must be at most 30 days from now`,
            "task.schedule_time",
        );
    }
    const size = Buffer.byteLength(JSON.stringify(task));
    if (size > LARGEST_TASK) {
        throw invalidArgument(`the task has ${size} bytes; it must have at most ${LARGEST_TASK}`, "task");
    }
}

/** Notes the name that a client gave to a task. */
export function noteName(cloud: Cloud, name: string): void {
    usedNames.put(cloud, name, { until: Number.MAX_SAFE_INTEGER });
}

/** Removes a task that was sent, given up or deleted. Its name cannot be used again for an hour. */
export function removeTask(cloud: Cloud, name: string): void {
    if (!tasks.find(cloud, name)) {
        return;
    }
    tasks.delete(cloud, name);
    // A name that the server made is never asked for again.
    if (usedNames.find(cloud, name)) {
        usedNames.put(cloud, name, { until: cloud.clock.now() + HOUR });
    }
    forgetOldNames(cloud);
}

/** When each sandbox last looked for names that can be used again. To look every time would cost more the more there are. */
const looked = new WeakMap<Cloud, number>();

function forgetOldNames(cloud: Cloud): void {
    const now = cloud.clock.now();
    if (now < (looked.get(cloud) ?? -Infinity) + HOUR) {
        return;
    }
    looked.set(cloud, now);
    for (const [name, { until }] of cloud.store.list(usedNames.collection) as [string, { until: number }][]) {
        if (until <= now) {
            cloud.store.delete(usedNames.collection, name);
        }
    }
}
