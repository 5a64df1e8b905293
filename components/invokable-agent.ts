import type * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import { checkPath, targetData, watched } from "./base";
import { checkService, grantInfos, type SmokeCheck } from "./checks";
import { type Grant, type GrantInfo, grantInvoker, refsOf } from "./grants";
import type { InvokableServiceOptions } from "./invokable-service-args";
import type { GrantResource } from "./grant-resource";
import { type Ingress, type Target, TargetKind } from "./target";
import { exposeService, type InvokableAgentArgs, publishedAt } from "./workloads";
import { tokenHeaderOf } from "./wiring";
import { defined } from "../common";

/** The arguments beside those of every service that an existing one takes too. */
const OF_EXISTING = ["publicCard", "publicCardUrl", "cardPath", "usesAuthorization"];

/**
 * An agent of the A2A protocol (Agent2Agent) on Cloud Run that only those can use who got a grant. It is all that an
 * {@link InvokableService} is. Callers read its card to learn at which URL it answers, and send their tokens there: the check compares
 * each URL of the card with the service's own (https://cloud.google.com/run/docs/host-a2a-agents).
 * @throws ResourceError if an argument cannot be used
 * @example
 * const buyer = new InvokableAgent("buyer", {
 *     image: "europe-docker.pkg.dev/acme/shop/buyer:1",
 *     location: "europe-west1",
 *     ingress: Ingress.All,
 *     publicCard: false,
 *     smokeCheck: { skills: ["buy"], probeMinters: [deployer()] },
 * });
 */
export class InvokableAgent extends pulumi.ComponentResource implements Target {
    /** The root URL of the service. */
    readonly url: pulumi.Output<string>;
    /** The URL of the agent's card: the copy for everybody if there is one. */
    readonly cardUrl: pulumi.Output<string>;
    /** The audience that an ID token for the agent must have. It is never a URL of the card with a path. */
    readonly audience: pulumi.Output<string>;
    /** Whether the agent reads `Authorization` itself, so that callers send their ID token in another header. */
    readonly usesAuthorization: boolean;
    /** The header in which callers send their ID token. */
    readonly tokenHeader: string;
    /** The email address of the account that the agent runs as. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** That account as an IAM member, `serviceAccount:EMAIL`: for `enqueuers`, `publishers` and the like. */
    readonly member: pulumi.Output<string>;
    /** The service itself. */
    readonly service: cloudrunv2.Service;
    /** A shell command that reads the card as you. It works if you have a grant. */
    readonly invokeCommand: pulumi.Output<string>;
    /** What the agent's account may do on what it invokes. */
    readonly grants: GrantInfo[];
    /** What the smoke check does, as data: `gcp-invoke verify` runs it again at any time. */
    readonly smokeCheck: SmokeCheck;
    /** Always `run`. */
    readonly kind: TargetKind;
    /** Whether `audience` is the service's own URL. */
    readonly audienceIsUrl: boolean;
    /** What callers get their grants on. */
    readonly resource: GrantResource;
    /** The root URL in each region of a multi-region service; undefined for one that is in one region. */
    readonly regions?: { [region: string]: pulumi.Output<string> };
    /** Who can reach the agent over the network. */
    readonly ingress: Ingress;

    /** All of that as plain data: what a program in another language passes to a caller's `target` or `targets`. */
    readonly target: Target;

    constructor(name: string, args: InvokableAgentArgs, opts?: InvokableServiceOptions) {
        super("pulumi-gcp-invoke:index:InvokableAgent", name, {}, watched(opts));
        const cardPath = args.cardPath ?? "/.well-known/agent-card.json";
        checkPath(this, "cardPath", cardPath);
        const published = publishedAt(this, args);
        const exposed = exposeService(this, name, args, opts?.transform, OF_EXISTING);
        this.kind = TargetKind.Run;
        this.service = exposed.service;
        this.ingress = exposed.ingress;
        this.grants = grantInfos(exposed.grants);
        this.url = exposed.url;
        const ownCard = pulumi.interpolate`${exposed.url}${cardPath}`;
        this.cardUrl = published === undefined ? ownCard : pulumi.output(published);
        this.audienceIsUrl = exposed.audienceIsUrl;
        this.audience = exposed.audience;
        this.usesAuthorization = args.usesAuthorization === true;
        this.tokenHeader = tokenHeaderOf(this.usesAuthorization);
        this.serviceAccountEmail = exposed.email;
        this.member = pulumi.interpolate`serviceAccount:${exposed.email}`;
        this.resource = exposed.resource;
        if (exposed.regions !== undefined) {
            this.regions = exposed.regions;
        }
        this.invokeCommand = pulumi.interpolate`curl -H "${this.tokenHeader}: Bearer $(gcloud auth print-identity-token)" ${ownCard}`;
        const { skills, message, ...check } = args.smokeCheck ?? {};
        // A multi-region service has no list of URLs, and none has one in a unit test with mocks.
        const urls: pulumi.Output<string[] | null | undefined> = exposed.service.urls;
        const roots = pulumi
            .all([[exposed.url, ...Object.values(exposed.regions ?? {})], urls])
            .apply(([own, all]) => [...new Set([...own, ...(all ?? [])])]);
        this.smokeCheck = checkService(
            this,
            name,
            {
                ...check,
                agent: { cardPath, roots, ...defined({ published, skills, message }) },
                ...(this.usesAuthorization && { tokenHeader: this.tokenHeader }),
            },
            exposed.grants,
            exposed.revision,
        );
        this.target = targetData(this);
        this.registerOutputs({
            url: this.url,
            cardUrl: this.cardUrl,
            audience: this.audience,
            tokenHeader: this.tokenHeader,
            serviceAccountEmail: this.serviceAccountEmail,
            member: this.member,
            service: this.service,
            invokeCommand: this.invokeCommand,
            grants: refsOf(exposed.grants),
            smokeCheck: this.smokeCheck,
        });
    }

    /**
     * Lets a member use the agent.
     * @param name The resource name of the grant.
     * @param member An IAM member, such as `serviceAccount:agent@p.iam.gserviceaccount.com` or `group:support@example.com`.
     * @throws ResourceError for `allUsers` and `allAuthenticatedUsers`
     * @example buyer.grantInvoke("support", "group:support@example.com")
     */
    grantInvoke(name: string, member: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions): Grant {
        return grantInvoker(this, name, member, this.service.project, opts);
    }
}
