import type * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import { targetData, watched } from "./base";
import { checkJob, grantInfos, type SmokeCheck } from "./checks";
import { type Grant, type GrantInfo, grantInvoker, refsOf } from "./grants";
import type { GrantResource } from "./grant-resource";
import { type Target, TargetKind } from "./target";
import { type ExistingArgs, exposeJob, type InvokableJobArgs, type JobTransform } from "./workloads";

/** Options of {@link InvokableJob}, beside those that every component takes. */
export interface InvokableJobOptions extends pulumi.ComponentResourceOptions {
    /**
     * Changes the arguments of the job before it is made, for what {@link InvokableJobArgs} does not offer. It is an option and no
     * argument because only programs in TypeScript have it: other languages use Pulumi's own `transforms`.
     * @default - nothing is changed
     * @example { transform: { job: (job) => { job.annotations = { team: "shop" }; } } }
     */
    transform?: JobTransform;
}

/**
 * A Cloud Run job that only those can run who got a grant. It has an account of its own, and calls others as that account. A
 * caller runs it by a call to the API of Cloud Run with an access token: `POST` to its `url` with `:run` at the end
 * (https://cloud.google.com/run/docs/execute/jobs).
 * @throws ResourceError if an argument cannot be used
 * @example
 * const report = new InvokableJob("report", { image: "europe-docker.pkg.dev/acme/shop/report:1", location: "europe-west1" });
 * new AuthenticatedSchedule("nightly", { location: "europe-west1", schedule: "0 2 * * *", target: report });
 */
export class InvokableJob extends pulumi.ComponentResource implements Target {
    /** The URL of the job in the API of Cloud Run. */
    readonly url: pulumi.Output<string>;
    /** The email address of the account that the job runs as. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** That account as an IAM member, `serviceAccount:EMAIL`: for `enqueuers`, `publishers` and the like. */
    readonly member: pulumi.Output<string>;
    /** The job itself. */
    readonly job: cloudrunv2.Job;
    /** A shell command that runs the job as you, and waits for its end. */
    readonly invokeCommand: pulumi.Output<string>;
    /** What the job's account may do on what the job invokes. */
    readonly grants: GrantInfo[];
    /** What the smoke check does, as data: `gcp-invoke verify` runs it again at any time. */
    readonly smokeCheck: SmokeCheck;
    /** Always `job`. */
    readonly kind: TargetKind;
    /** What callers get their grants on. */
    readonly resource: GrantResource;
    /** Whether callers may change the arguments, the variables and the number of tasks of an execution. */
    readonly overrides: boolean;

    /** All of that as plain data: what a program in another language passes to a caller's `target` or `targets`. */
    readonly target: Target;

    constructor(name: string, args: InvokableJobArgs, opts?: InvokableJobOptions) {
        super("pulumi-gcp-invoke:index:InvokableJob", name, {}, watched(opts));
        const { job, url, email, grants, resource } = exposeJob(this, name, args, opts?.transform);
        this.kind = TargetKind.Job;
        this.job = job;
        this.url = url;
        this.resource = resource;
        this.overrides = args.overrides ?? false;
        this.serviceAccountEmail = email;
        this.member = pulumi.interpolate`serviceAccount:${email}`;
        this.grants = grantInfos(grants);
        this.invokeCommand = pulumi.interpolate`gcloud run jobs execute ${job.name} --region=${job.location} --project=${job.project} --wait`;
        this.smokeCheck = checkJob(this, name, args.smokeCheck, { grants, account: email, invokes: args.invokes });
        this.target = targetData(this);
        this.registerOutputs({
            url: this.url,
            serviceAccountEmail: this.serviceAccountEmail,
            member: this.member,
            job: this.job,
            invokeCommand: this.invokeCommand,
            grants: refsOf(grants),
            smokeCheck: this.smokeCheck,
        });
    }

    /**
     * A job that exists already, as a target.
     * @param name The name of the component.
     * @param existing Which job it is.
     * @example InvokableJob.fromExisting("report", { name: "report", location: "europe-west1" })
     */
    static fromExisting(name: string, existing: ExistingArgs, opts?: pulumi.ComponentResourceOptions): InvokableJob {
        return new InvokableJob(name, { existing }, opts);
    }

    /**
     * Lets a member run the job.
     * @param name The resource name of the grant.
     * @param member An IAM member, such as `serviceAccount:caller@p.iam.gserviceaccount.com` or `group:support@example.com`.
     * @throws ResourceError for `allUsers` and `allAuthenticatedUsers`
     * @example report.grantInvoke("support", "group:support@example.com")
     */
    grantInvoke(name: string, member: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions): Grant {
        return grantInvoker(this, name, member, this.job.project, opts);
    }
}
