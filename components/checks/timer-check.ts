import type * as cloudscheduler from "@pulumi/gcp/cloudscheduler";
import type * as cloudtasks from "@pulumi/gcp/cloudtasks";
import * as pulumi from "@pulumi/pulumi";
import type { GrantRef, Probe } from "../../smoke";
import { type Grant, refsOf } from "../grants";
import type { Sender } from "../wiring";
import type { CallersCheckOptions } from "./callers-check";
import type { InsideCheckOptions } from "./denials";

/** The smoke check of a queue. It adds a task only if you give it an argument. */
export interface QueueSmokeCheckArgs extends CallersCheckOptions, InsideCheckOptions {
    /**
     * The body of a task, as JSON, that the check adds and that the target must take. `null` and `{}` are arguments too. A
     * check that tries again adds another task.
     * @default - no task is added
     */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    argument?: pulumi.Input<any>;
}

/** The methods with which Cloud Tasks takes a body (https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues.tasks#httprequest). */
const WITH_BODY = ["POST", "PUT", "PATCH"];

/** The probe that adds a task to a queue; undefined if the check has no argument. */
export function taskProbe(
    name: string,
    queue: cloudtasks.Queue,
    { method = "POST", smokeCheck = {} }: { method?: pulumi.Input<string>; smokeCheck?: QueueSmokeCheckArgs },
    { url, grants }: Sender,
): pulumi.Output<Probe[]> | undefined {
    if (smokeCheck.argument === undefined) {
        return undefined;
    }
    const fullName = pulumi.interpolate`projects/${queue.project}/locations/${queue.location}/queues/${queue.name}`;
    return pulumi
        .all([fullName, url, method, pulumi.output(smokeCheck.argument as unknown), refsOf(grants)])
        .apply(([known, to, verb, body, refs]: [string, string, string, unknown, GrantRef[]]): Probe[] => [
            {
                ...{ kind: "task", name: `${name} → target`, queue: known, url: to, method: verb },
                ...(WITH_BODY.includes(verb) && { body }),
                grants: refs,
            },
        ]);
}

/** The smoke check of a schedule. It runs the job only if you say so. */
export interface ScheduleSmokeCheckArgs extends InsideCheckOptions {
    /**
     * Whether the check runs the job, with the job's own body, and requires that it succeeds. A check that tries again runs
     * the job again.
     * @default false
     */
    run?: boolean;
}

/** The probe that runs a job. */
export function scheduleProbe(name: string, job: cloudscheduler.Job, grants: Grant[]): pulumi.Output<Probe[]> {
    const fullName = pulumi.interpolate`projects/${job.project}/locations/${job.region}/jobs/${job.name}`;
    return pulumi
        .all([fullName, refsOf(grants)])
        .apply(([known, refs]): Probe[] => [{ kind: "schedule", name: `${name} → target`, job: known, grants: refs }]);
}
