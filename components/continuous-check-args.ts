import type * as pulumi from "@pulumi/pulumi";
import type { InsideCheckOptions, RequestCheckArgs, WorkflowCheckArgs } from "./checks";

/** The smoke check of a continuous check. It makes the calls at once only if you say so. */
export interface ContinuousSmokeCheckArgs extends InsideCheckOptions {
    /**
     * Whether everything is checked once at the end of the deploy, which holds the update until it succeeds. A check that
     * tries again makes all the calls again.
     * @default false
     */
    run?: boolean;
}

/** Arguments of {@link ContinuousCheck}. */
export interface ContinuousCheckArgs {
    /** The region of the workflow that checks and of its schedule, such as `europe-west1`. */
    location: pulumi.Input<string>;
    /**
     * When the check runs, in the format of cron and in UTC. Two runs must be less than 23 and a half hours
     * apart, because an alert of Cloud Monitoring looks back no further.
     * @default - every 15 minutes
     */
    schedule?: pulumi.Input<string>;
    /**
     * After how many seconds without a result an alert says that nothing is checked any more: whole minutes, 120 to 84600.
     * The alert needs a first result, which `smokeCheck: { run: true }` makes at the end of the deploy.
     * @default - twice the longest time between two runs, and ten minutes
     */
    silence?: pulumi.Input<number>;
    /** The requests to check, by the names that failures are reported under. @default - none */
    requests?: { [name: string]: RequestCheckArgs };
    /**
     * Whether each run also checks that nobody else gets into the services of Cloud Run among `requests`: it has them called
     * without a token, with a broken one, with one for another audience and as an account without a grant, and compares their
     * policies, ingress and invoker check with what the program declares. Where `smokeCheck.endpoints` of the service declares a
     * document of Cloud Endpoints, that document must deny, and the open front door is no failure. It reads them with `roles/run.viewer` on each service.
     * If it may, it also reads the policy of their project; otherwise the results name that as not known, and say which role
     * lets it. Policies above the project are read by `gcp-invoke verify`, and by the check of the service itself.
     * @default true, unless `smokeCheck.inside` or the stack's config `gcp-invoke:inside` is false
     */
    denials?: boolean;
    /**
     * Whether the check's account gets `roles/iam.securityReviewer` on the project, so that each run also finds who may call the
     * services by a role on the project.
     * @default false
     */
    readsProject?: boolean;
    /** The workflows to check, by the names that failures are reported under. @default - none */
    workflows?: { [name: string]: WorkflowCheckArgs };
    /**
     * Whom Cloud Monitoring notifies of a failure: `projects/P/notificationChannels/N`.
     * @default - nobody: the alert is only shown in Cloud Monitoring
     */
    notificationChannels?: pulumi.Input<string>[];
    /** The ID of the project, such as `shop-prod`. @default - the provider's project */
    project?: pulumi.Input<string>;
    /**
     * Whether the component enables the Google APIs that it needs. They stay enabled after it is deleted.
     * @default false
     */
    enableApis?: boolean;
    /** What is checked after each deploy. @default - reads the policies in which the component granted something */
    smokeCheck?: ContinuousSmokeCheckArgs;
}
