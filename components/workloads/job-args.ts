import type * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import type * as pulumi from "@pulumi/pulumi";
import type { Transform } from "../base";
import type { CallerArgs } from "../caller-args";
import type { JobSmokeCheckArgs } from "../checks";
import type { Target } from "../target";
import type { ProgramSettings, Volume } from "./container-args";
import type { ExistingArgs } from "./existing";
import type { VpcArgs } from "./run-service-args";

/**
 * Changes what the component passes to Google's provider, for what {@link InvokableJobArgs} does not offer. What the component
 * promises must stay: the job's account, and the variables of what it invokes.
 */
export interface JobTransform {
    /** Gets the arguments of the job, and changes them in place or returns others. @default - they stay as they are */
    job?: Transform<cloudrunv2.JobArgs>;
}

/** Arguments of {@link InvokableJob}. */
export interface InvokableJobArgs extends CallerArgs, ProgramSettings {
    /**
     * The container image, such as `europe-docker.pkg.dev/acme/shop/report:1`. It is required unless the job exists already.
     */
    image?: pulumi.Input<string>;
    /** The region, such as `europe-west1`. It is required unless the job exists already. */
    location?: pulumi.Input<string>;
    /**
     * A job that exists already, which the component then uses as it is and does not make. Callers get grants on it.
     * @default - the component makes a job
     */
    existing?: ExistingArgs;
    /** The name of the job in Google Cloud. @default - the component's name and seven random characters */
    name?: pulumi.Input<string>;
    /** How many tasks an execution has. A task finds its number in the variable `CLOUD_RUN_TASK_INDEX`. @default 1 */
    taskCount?: pulumi.Input<number>;
    /** How many tasks of an execution run at the same time. @default - as many as Cloud Run can */
    parallelism?: pulumi.Input<number>;
    /** How often a task that failed is tried again, 0 to 10. @default 3 */
    maxRetries?: pulumi.Input<number>;
    /** How long one try of a task may take, in seconds. @default 600 */
    timeoutSeconds?: pulumi.Input<number>;
    /** Folders of the container by their absolute paths, as `volumes` of {@link RunServiceArgs}. @default - none */
    volumes?: { [path: string]: Volume };
    /** Labels of the job. @default - none */
    labels?: { [name: string]: pulumi.Input<string> };
    /** Whether Google's provider refuses to delete the job. @default false */
    deletionProtection?: pulumi.Input<boolean>;
    /** What the job calls, by name, as `invokes` of {@link RunServiceArgs}. @default - nothing */
    invokes?: { [name: string]: Target };
    /** The network that all its requests leave by. It is required to reach a service with internal ingress. @default - none */
    vpc?: VpcArgs;
    /**
     * Whether callers may change the arguments, the variables and the number of tasks of an execution. Whoever may do that may run
     * any arguments as the job's account (https://cloud.google.com/run/docs/execute/jobs#override-job-configuration).
     * @default false
     */
    overrides?: boolean;
    /** What is checked after each deploy. @default - only that calls without a token and with a broken token are denied */
    smokeCheck?: JobSmokeCheckArgs;
}
