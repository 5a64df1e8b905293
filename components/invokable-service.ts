import type * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, knownProject } from "./base";
import {
    type ExistingArgs,
    takesExisting,
    checkIngress,
    existingService,
    makeService,
    type RunServiceArgs,
} from "./workloads";
import { type Grant, type GrantInfo, refsOf, grantInvoker } from "./grants";
import { checkService, type ServiceSmokeCheckArgs, grantInfos, type SmokeCheck } from "./checks";
import { type GrantResource, GrantResourceType, Ingress, type Target, TargetKind } from "./target";

/** Arguments of {@link InvokableService}. */
export interface InvokableServiceArgs extends RunServiceArgs {
    /** A service that others made, instead of one of its own: it is taken as it is, and callers get grants on it. */
    existing?: ExistingArgs;
    /** Who reaches it over the network. @default - internal; of an existing one, all */
    ingress?: Ingress;
    /** Audiences beside the service's URL, such as `https://orders.example.com`; callers ask for the first one. */
    customAudiences?: string[];
    /**
     * The root URL that callers use in place of the `run.app` one, such as `https://orders.example.com`; it must be one of
     * the custom audiences. Internal ingress is not reached by it from Google's services.
     * @default - the service's own
     */
    domain?: string;
    /** @default - refused calls only */
    smokeCheck?: ServiceSmokeCheckArgs;
}

/** What an existing service may be told besides. */
const ofExisting = ["ingress", "customAudiences", "domain", "smokeCheck"];

/**
 * A Cloud Run service that only those invoke who were granted it: an account of its own, internal ingress unless you say
 * otherwise, and nobody's `allUsers`. Pass it to a caller as a target.
 * @example
 * const orders = new InvokableService("orders", { image: "europe-docker.pkg.dev/acme/shop/orders:1", location: "europe-west1" });
 */
export class InvokableService extends pulumi.ComponentResource implements Target {
    /** The root URL. */
    readonly url: pulumi.Output<string>;
    /** What an ID token for it must be for. */
    readonly audience: pulumi.Output<string>;
    /** The account that it runs as. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** `serviceAccount:EMAIL` of that account: for `enqueuers`, `publishers` and the like. */
    readonly member: pulumi.Output<string>;
    /** The service itself. */
    readonly service: cloudrunv2.Service;
    /** A line to paste that calls it as you, where you were granted it. */
    readonly invokeCommand: pulumi.Output<string>;
    /** What it may do on what it invokes. */
    readonly grants: GrantInfo[];
    readonly smokeCheck: SmokeCheck;
    readonly kind: TargetKind;
    readonly audienceIsUrl: boolean;
    readonly resource: GrantResource;
    readonly ingress: Ingress;

    constructor(name: string, args: InvokableServiceArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:InvokableService", name, {}, opts);
        this.kind = TargetKind.Run;
        const exists = takesExisting(this, args, ofExisting, ["image", "location"]);
        this.ingress = checkIngress(this, args.ingress ?? (exists ? Ingress.All : Ingress.Internal));
        const made = args.existing
            ? existingService(this, name, args.existing, this.ingress)
            : makeService(this, name, args, {
                  ingress: this.ingress,
                  ...(args.customAudiences && { customAudiences: args.customAudiences }),
              });
        this.service = made.service;
        this.grants = grantInfos(made.grants);
        const [customAudience] = args.customAudiences ?? [];
        this.url = args.domain === undefined ? made.url : pulumi.output(checkedDomain(this, args.domain, args));
        this.audienceIsUrl = customAudience === undefined;
        this.audience = customAudience === undefined ? this.url : pulumi.output(customAudience);
        this.serviceAccountEmail = made.email;
        this.member = pulumi.interpolate`serviceAccount:${made.email}`;
        this.resource = {
            type: GrantResourceType.RunService,
            name: this.service.name,
            location: args.existing?.location ?? this.service.location,
            project: knownProject(this, args.existing?.project ?? args.project) ?? this.service.project,
        };
        this.invokeCommand = pulumi.interpolate`curl -H "Authorization: Bearer $(gcloud auth print-identity-token)" ${this.url}`;
        this.smokeCheck = {
            spec: checkService(this, name, args.smokeCheck ?? {}, made.grants, {
                resource: this.service,
                project: this.service.project,
                revision: this.service.latestReadyRevision,
                account: made.email,
            }),
        };
        this.registerOutputs({
            url: this.url,
            audience: this.audience,
            serviceAccountEmail: this.serviceAccountEmail,
            member: this.member,
            service: this.service,
            invokeCommand: this.invokeCommand,
            grants: refsOf(made.grants),
            smokeCheck: this.smokeCheck,
        });
    }

    /**
     * A service that others made, as a target.
     * @example InvokableService.fromExisting("orders", { name: "orders", location: "europe-west1" })
     */
    static fromExisting(
        name: string,
        existing: ExistingArgs,
        opts?: pulumi.ComponentResourceOptions,
    ): InvokableService {
        return new InvokableService(name, { existing }, opts);
    }

    /**
     * Lets a member invoke the service.
     * @param name The grant's resource name.
     * @param member Such as `serviceAccount:caller@p.iam.gserviceaccount.com` or `group:support@example.com`.
     * @throws ResourceError for `allUsers` and `allAuthenticatedUsers`.
     */
    grantInvoke(name: string, member: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions): Grant {
        return grantInvoker(this, name, member, this.service.project, opts);
    }
}

/** Google's services reach internal ingress by the `run.app` URL only (https://cloud.google.com/run/docs/securing/ingress). */
function checkedDomain(component: InvokableService, domain: string, args: InvokableServiceArgs): string {
    const url = domain.replace(/\/+$/, "");
    if (!/^https:\/\/[a-z0-9.-]+$/.test(url)) {
        throw argumentError(
            component,
            "domain",
            `"${domain}" is no root URL; it looks like https://orders.example.com`,
        );
    }
    if (args.customAudiences?.[0] !== url) {
        throw argumentError(
            component,
            "customAudiences",
            `must begin with ${url}: by that domain, tokens are for it; add customAudiences: ["${url}"]`,
        );
    }
    if (component.ingress === Ingress.Internal) {
        throw argumentError(
            component,
            "domain",
            `is not reached where ingress is "internal"; leave domain out, or set ingress to ` +
                `"internal-and-load-balancer" or "all" (IAM still decides who gets in)`,
        );
    }
    return url;
}
