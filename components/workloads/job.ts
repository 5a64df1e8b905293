import * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import { type Kept, knownProject, refuseTransform, transformed, withExistingPlace } from "../base";
import { bindingsOf, enableApis, type Grant, identityOf } from "../grants";
import { type GrantResource, GrantResourceType } from "../grant-resource";
import { type EnvironmentEntry, invocations } from "../wiring";
import { checkTemplate } from "./container";
import { takesExisting } from "./existing";
import type { InvokableJobArgs, JobTransform } from "./job-args";
import type { ProgramSettings } from "./container-args";
import { mountsOf, type Possession, type ServiceMounts } from "./mounts";
import { defined } from "../../common";

/** A job, and what callers know of it. */
export interface ExposedJob {
    job: cloudrunv2.Job;
    /** The URL of the job in the API of Cloud Run. */
    url: pulumi.Output<string>;
    /** The email address of the account that it runs as. */
    email: pulumi.Output<string>;
    /** What that account may do on what the job invokes. */
    grants: Grant[];
    resource: GrantResource;
}

/** What may be said about an existing job; all else would configure one that is made. */
const OF_EXISTING = ["overrides", "smokeCheck"];

/** What a transform of a job may not change. */
const KEPT: Kept = {
    name: "give name in the arguments",
    project: "give project in the arguments",
    location: "give location in the arguments",
    "template.template.serviceAccount": "give serviceAccount in the arguments",
    "template.template.vpcAccess": "give vpc in the arguments",
    "template.template.containers.0.envs[]": "give variables in env, secrets and invokes; more of them can be added",
};

/**
 * Makes a job that runs as an account of its own, or finds one that exists, and says how callers run it.
 * @throws ResourceError if an argument cannot be used
 */
export function exposeJob(
    component: pulumi.Resource,
    name: string,
    args: InvokableJobArgs,
    transform?: JobTransform,
): ExposedJob {
    const { existing } = args;
    if (takesExisting(component, args, OF_EXISTING, ["image", "location"])) {
        refuseTransform(component, transform);
    }
    const { job, email, grants } = existing
        ? { ...existingJob(component, name, existing), grants: [] }
        : makeJob(component, name, args, transform);
    const location = existing?.location ?? job.location;
    const project = knownProject(component, existing?.project ?? args.project) ?? job.project;
    const url = pulumi.interpolate`https://run.googleapis.com/v2/projects/${job.project}/locations/${job.location}/jobs/${job.name}`;
    const resource = { type: GrantResourceType.RunJob, name: job.name, location, project };
    return { job, url, email, grants, resource: existing ? withExistingPlace(resource, existing) : resource };
}

function makeJob(component: pulumi.Resource, name: string, args: InvokableJobArgs, transform?: JobTransform) {
    const mounts = mountsOf(component, args);
    const { main, roles } = mounts;
    const identity = identityOf(component, name, "Cloud Run job", args, Object.values(args.invokes ?? {}));
    const apis = enableApis(component, name, args, ["run", "iam"]);
    const own = { secrets: main.secrets, roles };
    const { grants, env } = invocations(component, name, args, args.vpc !== undefined, identity, own);
    const settings = jobArgs(args, identity.email, env, mounts);
    checkTemplate(component, (settings.template as { template: object }).template, "job");
    const job = new cloudrunv2.Job(name, transformed(component, "job", settings, transform?.job, KEPT), {
        parent: component,
        dependsOn: bindingsOf(apis, grants),
    });
    return { job, email: identity.email, grants };
}

function jobArgs(
    args: InvokableJobArgs,
    serviceAccount: pulumi.Output<string>,
    envs: EnvironmentEntry[],
    { main, volumes }: ServiceMounts,
): cloudrunv2.JobArgs {
    const { location = "", timeoutSeconds } = args;
    return {
        location,
        deletionProtection: args.deletionProtection ?? false,
        ...defined({ name: args.name, project: args.project, labels: args.labels }),
        template: {
            ...defined({ taskCount: args.taskCount, parallelism: args.parallelism }),
            template: {
                serviceAccount,
                ...defined({
                    maxRetries: args.maxRetries,
                    timeout: timeoutSeconds === undefined ? undefined : pulumi.interpolate`${timeoutSeconds}s`,
                    vpcAccess: args.vpc && { egress: "ALL_TRAFFIC", networkInterfaces: [{ ...args.vpc }] },
                }),
                ...(volumes.length > 0 && { volumes }),
                containers: [programContainer(args, envs, main)],
            },
        },
    };
}

/** The container of a program that nobody calls by HTTP: of a job, or of a worker pool. */
export function programContainer(
    args: ProgramSettings & { image?: pulumi.Input<string> },
    envs: EnvironmentEntry[],
    { volumeMounts }: Possession,
) {
    const limits = defined({ cpu: args.cpu, memory: args.memory });
    return {
        image: args.image ?? "",
        ...(envs.length > 0 && { envs }),
        ...(Object.keys(limits).length > 0 && { resources: { limits } }),
        ...(volumeMounts.length > 0 && { volumeMounts }),
        ...defined({ commands: args.command, args: args.args }),
    };
}

function existingJob(component: pulumi.Resource, name: string, existing: NonNullable<InvokableJobArgs["existing"]>) {
    const project = existing.project ?? new pulumi.Config("gcp").get("project");
    const id =
        project === undefined
            ? pulumi.interpolate`${existing.location}/${existing.name}`
            : pulumi.interpolate`projects/${project}/locations/${existing.location}/jobs/${existing.name}`;
    const job = cloudrunv2.Job.get(name, id, undefined, { parent: component });
    const template = job.template as pulumi.Output<{ template?: { serviceAccount?: string } } | undefined>;
    return { job, email: template.apply((known) => known?.template?.serviceAccount ?? "") };
}
