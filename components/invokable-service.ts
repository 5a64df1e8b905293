import * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import type { Probe } from "../smoke";
import { identityOf } from "./account";
import { argumentError } from "./errors";
import { gate } from "./gate";
import { type Grant, grantRoles, rolesOf } from "./grant";
import { type ProbeAccount, probeAccount } from "./probe-account";
import { deniedProbes, type SmokeCheck, type SmokeCheckOptions, smokeSpec } from "./smoke-check";
import { type GrantResource, GrantResourceType, Ingress, type Target, TargetKind } from "./target";

/** What must come back from a service. */
export interface ServiceExpectation {
    /** @default - any status below 400 */
    status?: pulumi.Input<number>;
    /** What the JSON answer must hold, as a deep subset. @default - anything */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    result?: pulumi.Input<any>;
}

/** The smoke check of a service. Without a path it never reaches the service's code. */
export interface ServiceSmokeCheckArgs extends SmokeCheckOptions {
    /**
     * The path that is requested with the ID token of a probe account, such as `/healthz`; retries repeat the request.
     * @default - no request is let in, only refused ones are made
     */
    path?: pulumi.Input<string>;
    /** @default "GET" */
    method?: pulumi.Input<string>;
    /** What the answer must be. */
    expect?: ServiceExpectation;
    /**
     * Who may mint ID tokens as the probe account: the principal that deploys, such as `user:ann@example.com`. An owner of
     * the project may not by that alone.
     * @default - nobody: the request is then reported as not tried
     */
    probeMinters?: pulumi.Input<string>[];
}

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
    /** @default - refused calls only */
    smokeCheck?: ServiceSmokeCheckArgs;
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
        this.service = new cloudrunv2.Service(name, serviceArgs(args, this.ingress, identity.email), {
            parent: this,
        });
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
        this.smokeCheck = { spec: this.check(name, args.smokeCheck ?? {}) };
        this.registerOutputs({
            url: this.url,
            audience: this.audience,
            serviceAccountEmail: this.serviceAccountEmail,
            service: this.service,
            invokeCommand: this.invokeCommand,
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
            member: pulumi.output(member).apply((who) => checkedMember(this, who)),
            project: this.service.project,
        };
        const [grant] = grantRoles(this, name, name, rolesOf(this, "grantInvoke", this), grantee, opts);
        if (grant === undefined) throw argumentError(this, "grantInvoke", "made no grant");
        return grant;
    }

    private check(name: string, args: ServiceSmokeCheckArgs): pulumi.Output<unknown> {
        const account = args.path === undefined ? undefined : probeAccount(this, name, this, args.probeMinters ?? []);
        const probes: pulumi.Input<Probe[]>[] = [deniedProbes(name, this.url, this.ingress)];
        if (account !== undefined) probes.push(this.requests(name, args, account));
        const fingerprint = { revision: this.service.latestReadyRevision, account: this.serviceAccountEmail };
        const spec = smokeSpec(name, this.service.project, fingerprint, probes, args);
        // From an internal service nothing can be refused that comes from here: its callers' checks show what holds.
        const nothingToTry = this.ingress !== Ingress.All;
        if (args.enabled !== false && !nothingToTry) {
            gate(this, name, spec, [this.service, ...(account?.resources ?? [])]);
        }
        return spec;
    }

    private requests(name: string, args: ServiceSmokeCheckArgs, account: ProbeAccount): pulumi.Output<Probe[]> {
        const { path, method, expect } = args;
        return pulumi
            .all([
                this.url,
                this.audience,
                account.email,
                path ?? "/",
                method,
                pulumi.output(expect),
                account.grant.ref,
            ])
            .apply(([url, audience, serviceAccount, ownPath, ownMethod, expected, grant]): Probe[] => {
                const request = {
                    kind: "request" as const,
                    url: new URL(ownPath, url).href,
                    ...(ownMethod !== undefined && { method: ownMethod }),
                };
                return [
                    {
                        ...request,
                        name: `probe account → ${name}`,
                        credential: { kind: "idToken", serviceAccount, audience },
                        outcome: "allowed",
                        ...(expected !== undefined && { expect: { ...expected } }),
                        grants: [grant],
                    },
                    {
                        ...request,
                        name: `token for another audience → ${name}`,
                        credential: { kind: "idToken", serviceAccount, audience: "https://denied.invalid" },
                        outcome: "denied",
                        deniedStatus: [401],
                    },
                ];
            });
    }
}

function serviceArgs(
    args: InvokableServiceArgs,
    ingress: Ingress,
    serviceAccount: pulumi.Output<string>,
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
            ...(args.maxInstances !== undefined && { scaling: { maxInstanceCount: args.maxInstances } }),
            containers: [
                {
                    image: args.image,
                    ...(args.env && { envs: Object.entries(args.env).map(([name, value]) => ({ name, value })) }),
                    ...(Object.keys(limits).length > 0 && { resources: { limits } }),
                },
            ],
        },
    };
}

/** A member that is somebody: never everyone, which would make the service public. */
function checkedMember(component: pulumi.Resource, member: string): string {
    if (member === "allUsers" || member === "allAuthenticatedUsers") {
        throw argumentError(
            component,
            "grantInvoke",
            `${member} would open the service to everyone; grant it to a principal`,
        );
    }
    if (!/^(user|serviceAccount|group|domain|principal|principalSet):/.test(member)) {
        throw argumentError(
            component,
            "grantInvoke",
            `"${member}" is no member; it looks like serviceAccount:NAME@PROJECT.iam.gserviceaccount.com`,
        );
    }
    return member;
}
