import type * as cloudscheduler from "@pulumi/gcp/cloudscheduler";
import * as pulumi from "@pulumi/pulumi";
import type { Probe } from "../../smoke";
import { type Grant, refsOf } from "../grants";
import type { InsideCheckOptions } from "./denials";

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
