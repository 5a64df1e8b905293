import type { Call } from "../framework";
import type { Task } from "./tasks";

/**
 * A task as its caller asked for it. BASIC, the default, leaves out the body; FULL needs a permission of its own.
 * https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues.tasks#View
 * @throws ApiError PERMISSION_DENIED
 */
export function viewOf(call: Call, task: Task, view: string | undefined): Task {
    if (view === "FULL") {
        call.authorize("cloudtasks.tasks.fullView", task.name);
        return { ...task, view };
    }
    if (!task.httpRequest) {
        return task;
    }
    const { body: _, ...httpRequest } = task.httpRequest;
    return { ...task, httpRequest, view: "BASIC" };
}
