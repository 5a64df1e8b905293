import * as eventarc from "@pulumi/gcp/eventarc";
import * as pulumi from "@pulumi/pulumi";
import type { AuthenticatedTriggerArgs, AuthenticatedTriggerOptions } from "./authenticated-trigger-args";
import { type Kept, transformed, watched } from "./base";
import { checkSender, grantInfos, type SmokeCheck, triggerProbe } from "./checks";
import { type GrantInfo, grantRoles, refsOf, serviceAgent } from "./grants";
import { GrantResourceType } from "./grant-resource";
import type { Target } from "./target";
import { eventDestination, eventDestinationName, eventRegion, type Sender, sender } from "./wiring";
import { checkEvent, receiveEvents } from "./workloads";
import { defined } from "../common";

/**
 * An Eventarc trigger that delivers events to a Cloud Run service with ID tokens of an account of its own, or executes a workflow
 * as that account. The account may receive events, and invoke its destination, before the trigger is made.
 * @throws ResourceError if the destination takes no events, or if an argument cannot be used
 * @example
 * new AuthenticatedTrigger("uploaded", {
 *     location: "europe-west1",
 *     eventType: "google.cloud.storage.object.v1.finalized",
 *     filters: { bucket: uploads.name },
 *     target: thumbnails,
 * });
 */
export class AuthenticatedTrigger extends pulumi.ComponentResource {
    /** The trigger itself. */
    readonly trigger: eventarc.Trigger;
    /** The full name of the trigger: `projects/P/locations/L/triggers/T`. */
    readonly triggerId: pulumi.Output<string>;
    /** The email address of the account that the trigger delivers as. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** What that account may do on which resource. */
    readonly grants: GrantInfo[];
    /** What the smoke check does, as data: `gcp-invoke verify` runs it again at any time. */
    readonly smokeCheck: SmokeCheck;

    constructor(name: string, args: AuthenticatedTriggerArgs, opts?: AuthenticatedTriggerOptions) {
        super("pulumi-gcp-invoke:index:AuthenticatedTrigger", name, {}, watched(opts));
        checkEvent(this, "", args);
        const target = eventDestination(this, args);
        const caller = sender(
            this,
            name,
            { what: "event trigger", apis: ["eventarc", "pubsub", "iam"] },
            { ...args, target },
        );
        const { account, project } = caller;
        const member = pulumi.interpolate`serviceAccount:${account}`;
        const receiving = receiveEvents(this, name, args.eventType, { member, project });
        const minting = args.olderPubsubAgent === true ? pubsubMints(this, name, caller) : [];
        const settings = triggerArgs(args, target, account);
        this.trigger = new eventarc.Trigger(
            name,
            transformed(this, "trigger", settings, opts?.transform?.trigger, KEPT),
            {
                parent: this,
                dependsOn: [...caller.dependsOn, ...receiving.dependsOn, ...minting.map((grant) => grant.binding)],
            },
        );
        this.triggerId = pulumi.interpolate`projects/${this.trigger.project}/locations/${this.trigger.location}/triggers/${this.trigger.name}`;
        this.serviceAccountEmail = account;
        const grants = [...caller.grants, ...receiving.grants];
        this.grants = grantInfos(grants);
        const resource = pulumi.interpolate`https://eventarc.googleapis.com/v1/${this.triggerId}`;
        this.smokeCheck = checkSender(this, name, caller, args.smokeCheck, {
            ...{ place: args, project: this.trigger.project, resource },
            members: [
                [name, receiving.grants],
                ["Pub/Sub", minting],
            ],
            sending: triggerProbe(name, caller, resource, eventDestinationName(args, target, this.trigger.project)),
        });
        this.registerOutputs({
            triggerId: this.triggerId,
            serviceAccountEmail: this.serviceAccountEmail,
            grants: refsOf(grants),
            smokeCheck: this.smokeCheck,
        });
    }
}

/** What a transform of a trigger may not change. */
const KEPT: Kept = {
    name: "give name in the arguments",
    project: "give project in the arguments",
    location: "give location in the arguments",
    serviceAccount: "give serviceAccount in the arguments",
    destination: "give target and path, or workflow in the arguments",
    matchingCriterias: "give eventType and filters in the arguments",
    "transport.pubsub.topic": "give topic in the arguments",
};

function triggerArgs(
    { eventType, filters = {}, topic, ...args }: AuthenticatedTriggerArgs,
    target: Target,
    serviceAccount: pulumi.Output<string>,
): eventarc.TriggerArgs {
    const service = target.resource?.name ?? "";
    const region = eventRegion(target, args.location) ?? "";
    return {
        location: args.location,
        serviceAccount,
        matchingCriterias: Object.entries({ type: eventType, ...filters }).map(([attribute, value]) => ({
            attribute,
            value,
        })),
        destination:
            args.workflow === undefined
                ? { cloudRunService: { service, region, ...defined({ path: args.path }) } }
                : { workflow: args.workflow },
        ...(topic !== undefined && { transport: { pubsub: { topic } } }),
        ...defined({ name: args.name, project: args.project, labels: args.labels }),
    };
}

/** An older service agent of Pub/Sub may not mint tokens by itself. */
function pubsubMints(component: pulumi.Resource, name: string, { account, project }: Sender) {
    const resource = { type: GrantResourceType.ServiceAccount, name: account, project };
    const member = serviceAgent(component, name, "pubsub", project);
    const request = { role: "roles/iam.serviceAccountTokenCreator", resource };
    return grantRoles(component, `${name}-minter`, name, [request], { member, project });
}
