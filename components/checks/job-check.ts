import type * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import type { Probe, RequestProbe } from "../../smoke";
import { type CallersCheckOptions, ownCallersProbe, secretProbes } from "./callers-check";
import { type Grant, policyUrl, refsOf } from "../grants";
import { gate } from "./gate";
import { restsOn } from "./last-change";
import { accountProbe, policyProbes, type SmokeCheck, smokeSpec } from "./smoke-check";
import type { Target } from "../target";

/** The smoke check of a job. It runs the job only if you say so. */
export interface JobSmokeCheckArgs extends CallersCheckOptions {
    /**
     * Whether the check runs the job, waits for the end of all its tasks, and requires that they succeed. It runs the job as the
     * deployer, who needs `run.jobs.run` and `run.executions.get`. A check that tries again runs the job again.
     * @default false
     */
    run?: boolean;
}

/** An InvokableJob as its check sees it. */
interface CheckedJob extends pulumi.Resource, Target {
    url: pulumi.Output<string>;
    job: cloudrunv2.Job;
}

/** What a job calls, and as whom. */
interface Access {
    /** The grants of the job's own account. */
    grants: Grant[];
    account: pulumi.Output<string>;
    invokes?: Record<string, Target> | undefined;
}

/** Puts the spec of a job together, and makes the gate that runs it. */
export function checkJob(
    component: CheckedJob,
    name: string,
    args: JobSmokeCheckArgs = {},
    { grants, account, invokes = {} }: Access,
): SmokeCheck {
    const { job, url, resource } = component;
    const target = policyUrl(resource, job.project);
    const nobodyElse = ownCallersProbe(component, name, args, { target });
    const probes = (): pulumi.Input<Probe[]>[] => [
        deniedProbes(name, url, target),
        policyProbes(name, grants),
        ...(args.run === true ? [runProbe(name, url, grants)] : []),
        nobodyElse,
        secretProbes(component, args, grants),
        accountProbe(name, account),
    ];
    const spec = smokeSpec(name, job.project, { generation: job.generation, account }, probes, args);
    if (args.enabled !== false) {
        gate(component, name, spec, restsOn(component, Object.values(invokes)));
    }
    return { spec };
}

/** Two calls that must be denied. If one of them were let in, it would validate the request only, and run nothing. */
function deniedProbes(
    name: string,
    job: pulumi.Output<string>,
    resource: pulumi.Output<string>,
): pulumi.Output<Probe[]> {
    return pulumi.all([job, resource]).apply(([url, receiver]) =>
        (["none", "broken"] as const).map((kind): RequestProbe => ({
            kind: "request",
            name: `${kind === "none" ? "anonymous" : "broken token"} → ${name}`,
            url: `${url}:run`,
            body: { validateOnly: true },
            credential: { kind },
            outcome: "denied",
            resource: receiver,
        })),
    );
}

function runProbe(name: string, url: pulumi.Output<string>, grants: Grant[]): pulumi.Output<Probe[]> {
    return pulumi
        .all([url, refsOf(grants)])
        .apply(([job, refs]): Probe[] => [{ kind: "job", name: `${name} runs`, job, grants: refs }]);
}
