import * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import { identityOf } from "./account";
import { argumentError } from "./errors";
import { type Grant, type GrantInfo, grantRoles, rolesOf } from "./grant";
import { type EnvironmentEntry, invocations } from "./invocations";
import { checkedMember } from "./members";
import { checkService, type ServiceSmokeCheckArgs } from "./service-check";
import { grantInfos, type SmokeCheck } from "./smoke-check";
import { type GrantResource, GrantResourceType, Ingress, type Target, TargetKind } from "./target";

/** Arguments of {@link InvokableService}. */
export interface InvokableServiceArgs {
    /** The container image, such as `europe-docker.pkg.dev/acme/shop/orders:1`. */
    image: pulumi.Input<string>;
    /** The region, such as `europe-west1`. */
    location: pulumi.Input<string>;
    /** @default - the provider's project */
    project?: pulumi.Input<string>;
    /** The service's name. @default - the component's name and seven random characters */
    name?: pulumi.Input<string>;
    /** Environment variables. */
    env?: { [name: string]: pulumi.Input<string> };
    /** Who reaches it over the network. @default - internal */
    ingress?: Ingress;
    /** An account to run as that exists, by its email address. @default - one of its own */
    serviceAccount?: pulumi.Input<string>;
    /** The name of its own account, 6 to 30 characters. @default - made from the component's name */
    accountId?: pulumi.Input<string>;
    /** Audiences beside the service's URL, such as `https://orders.example.com`; callers ask for the first one. */
    customAudiences?: string[];
    /** CPU of an instance, such as `1` or `500m`. @default - Cloud Run's */
    cpu?: pulumi.Input<string>;
    /** Memory of an instance, such as `512Mi`. @default - Cloud Run's */
    memory?: pulumi.Input<string>;
    /** @default - Cloud Run's */
    maxInstances?: pulumi.Input<number>;
    labels?: { [name: string]: pulumi.Input<string> };
    /** Whether Google's provider refuses to delete it. @default false */
    deletionProtection?: pulumi.Input<boolean>;
    /**
     * What the service calls, by name: `stock` arrives in its environment as `STOCK_URL` (and `STOCK_AUDIENCE` where the
     * ID token must be for something else), the secret of an external API as `NAME_SECRET`. Each gets the grant that it
     * needs; the ID token comes from the metadata server.
     */
    invokes?: { [name: string]: Target };
    /** The network that its requests leave by: needed to reach services with internal ingress. */
    vpc?: VpcArgs;
    /** @default - refused calls only */
    smokeCheck?: ServiceSmokeCheckArgs;
}

/** Direct VPC egress for all requests (https://cloud.google.com/run/docs/configuring/vpc-direct-vpc). */
export interface VpcArgs {
    /** @default - the subnetwork's */
    network?: pulumi.Input<string>;
    subnetwork: pulumi.Input<string>;
}

const ingressOf: Record<Ingress, string> = {
    [Ingress.All]: "INGRESS_TRAFFIC_ALL",
    [Ingress.Internal]: "INGRESS_TRAFFIC_INTERNAL_ONLY",
    [Ingress.InternalAndLoadBalancer]: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
};

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
        this.ingress = args.ingress ?? Ingress.Internal;
        if (!Object.values(Ingress).includes(this.ingress)) {
            throw argumentError(
                this,
                "ingress",
                `"${this.ingress}" is not one of ${Object.values(Ingress).join(", ")}`,
            );
        }
        const identity = identityOf(this, name, "Cloud Run service", args);
        const calls = invocations(this, name, args.invokes ?? {}, args.vpc !== undefined, identity);
        const env = [...Object.entries(args.env ?? {}).map(([key, value]) => ({ name: key, value })), ...calls.env];
        this.service = new cloudrunv2.Service(name, serviceArgs(args, this.ingress, identity.email, env), {
            parent: this,
            dependsOn: calls.secretGrants,
        });
        this.grants = grantInfos(calls.grants);
        const [customAudience] = args.customAudiences ?? [];
        this.url = this.service.uri;
        this.audienceIsUrl = customAudience === undefined;
        this.audience = customAudience === undefined ? this.url : pulumi.output(customAudience);
        this.serviceAccountEmail = identity.email;
        this.resource = {
            type: GrantResourceType.RunService,
            name: this.service.name,
            location: this.service.location,
            project: this.service.project,
        };
        this.invokeCommand = pulumi.interpolate`curl -H "Authorization: Bearer $(gcloud auth print-identity-token)" ${this.url}`;
        this.smokeCheck = { spec: checkService(this, name, args.smokeCheck ?? {}, calls.grants) };
        this.registerOutputs({
            url: this.url,
            audience: this.audience,
            serviceAccountEmail: this.serviceAccountEmail,
            service: this.service,
            invokeCommand: this.invokeCommand,
            grants: this.grants,
            smokeCheck: this.smokeCheck,
        });
    }

    /**
     * Lets a member invoke the service.
     * @param name The grant's resource name.
     * @param member Such as `serviceAccount:caller@p.iam.gserviceaccount.com` or `group:support@example.com`.
     * @throws ResourceError for `allUsers` and `allAuthenticatedUsers`.
     */
    grantInvoke(name: string, member: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions): Grant {
        const grantee = {
            member: checkedMember(this, "grantInvoke", member),
            project: this.service.project,
        };
        const [grant] = grantRoles(this, name, name, rolesOf(this, "grantInvoke", this), grantee, opts);
        if (grant === undefined) throw argumentError(this, "grantInvoke", "made no grant");
        return grant;
    }
}

function serviceArgs(
    args: InvokableServiceArgs,
    ingress: Ingress,
    serviceAccount: pulumi.Output<string>,
    envs: EnvironmentEntry[],
): cloudrunv2.ServiceArgs {
    const limits = { ...(args.cpu && { cpu: args.cpu }), ...(args.memory && { memory: args.memory }) };
    return {
        location: args.location,
        ...(args.name && { name: args.name }),
        ...(args.project && { project: args.project }),
        ...(args.customAudiences && { customAudiences: args.customAudiences }),
        ...(args.labels && { labels: args.labels }),
        ingress: ingressOf[ingress],
        deletionProtection: args.deletionProtection ?? false,
        template: {
            serviceAccount,
            ...(args.vpc && { vpcAccess: { egress: "ALL_TRAFFIC", networkInterfaces: [{ ...args.vpc }] } }),
            ...(args.maxInstances !== undefined && { scaling: { maxInstanceCount: args.maxInstances } }),
            containers: [
                {
                    image: args.image,
                    ...(envs.length > 0 && { envs }),
                    ...(Object.keys(limits).length > 0 && { resources: { limits } }),
                },
            ],
        },
    };
}
