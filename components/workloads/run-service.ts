import * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import { identityOf, enableApis, bindingsOf, type Grant } from "../grants";
import { argumentError } from "../base";
import type { ExistingArgs } from "./existing";
import { type EnvironmentEntry, invocations } from "../wiring";
import { Ingress, type Target } from "../target";

/** What a Cloud Run service takes, whoever stands at its door. */
export interface RunServiceArgs {
    /** The container image, such as `europe-docker.pkg.dev/acme/shop/orders:1`. Needed unless the service exists. */
    image?: pulumi.Input<string>;
    /** The region, such as `europe-west1`. Needed unless the service exists. */
    location?: pulumi.Input<string>;
    /** @default - the provider's project */
    project?: pulumi.Input<string>;
    /** The service's name. @default - the component's name and seven random characters */
    name?: pulumi.Input<string>;
    /** Environment variables. */
    env?: { [name: string]: pulumi.Input<string> };
    /** An account to run as that exists, by its email address. @default - one of its own */
    serviceAccount?: pulumi.Input<string>;
    /** The name of its own account, 6 to 30 characters. @default - made from the component's name */
    accountId?: pulumi.Input<string>;
    /** CPU of an instance, such as `1` or `500m`. @default - Cloud Run's */
    cpu?: pulumi.Input<string>;
    /** Memory of an instance, such as `512Mi`. @default - Cloud Run's */
    memory?: pulumi.Input<string>;
    /** @default - Cloud Run's */
    maxInstances?: pulumi.Input<number>;
    labels?: { [name: string]: pulumi.Input<string> };
    /** Whether Google's provider refuses to delete it. @default false */
    deletionProtection?: pulumi.Input<boolean>;
    /** Whether the APIs that it needs are enabled in the project, and stay so when it is gone. @default false */
    enableApis?: boolean;
    /**
     * What the service calls, by name: `stock` arrives in its environment as `STOCK_URL` (and `STOCK_AUDIENCE` where the
     * ID token must be for something else), the secret of an external API as `NAME_SECRET`. Each gets the grant that it
     * needs; the ID token comes from the metadata server.
     */
    invokes?: { [name: string]: Target };
    /** The network that its requests leave by: needed to reach services with internal ingress. */
    vpc?: VpcArgs;
}

/** Direct VPC egress for all requests (https://cloud.google.com/run/docs/configuring/vpc-direct-vpc). */
export interface VpcArgs {
    /** @default - the subnetwork's */
    network?: pulumi.Input<string>;
    subnetwork: pulumi.Input<string>;
}

/** What decides who reaches a service, and how it names itself. */
export interface Exposure {
    ingress: Ingress;
    customAudiences?: string[];
    iapEnabled?: boolean;
}

const ingressOf: Record<Ingress, string> = {
    [Ingress.All]: "INGRESS_TRAFFIC_ALL",
    [Ingress.Internal]: "INGRESS_TRAFFIC_INTERNAL_ONLY",
    [Ingress.InternalAndLoadBalancer]: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
};

/** @throws ResourceError for what is none: other languages may give any text. */
export function checkIngress(component: pulumi.Resource, ingress: Ingress): Ingress {
    const allowed = Object.values(Ingress);
    if (allowed.includes(ingress)) {
        return ingress;
    }
    throw argumentError(component, "ingress", `"${ingress}" is not one of ${allowed.join(", ")}`);
}

function serviceArgs(
    args: RunServiceArgs,
    exposure: Exposure,
    serviceAccount: pulumi.Output<string>,
    envs: EnvironmentEntry[],
): cloudrunv2.ServiceArgs {
    const limits = { ...(args.cpu && { cpu: args.cpu }), ...(args.memory && { memory: args.memory }) };
    return {
        location: args.location ?? "",
        ...(args.name && { name: args.name }),
        ...(args.project && { project: args.project }),
        ...(exposure.customAudiences && { customAudiences: exposure.customAudiences }),
        ...(exposure.iapEnabled && { iapEnabled: true }),
        ...(args.labels && { labels: args.labels }),
        ingress: ingressOf[exposure.ingress],
        deletionProtection: args.deletionProtection ?? false,
        template: {
            serviceAccount,
            ...(args.vpc && { vpcAccess: { egress: "ALL_TRAFFIC", networkInterfaces: [{ ...args.vpc }] } }),
            ...(args.maxInstances !== undefined && { scaling: { maxInstanceCount: args.maxInstances } }),
            containers: [
                {
                    image: args.image ?? "",
                    ...(envs.length > 0 && { envs }),
                    ...(Object.keys(limits).length > 0 && { resources: { limits } }),
                },
            ],
        },
    };
}

/** A service, made or found. */
export interface RunService {
    service: cloudrunv2.Service;
    url: pulumi.Output<string>;
    /** The account that it runs as. */
    email: pulumi.Output<string>;
    /** What it may do on what it invokes. */
    grants: Grant[];
}

/** Makes a service that runs as an account of its own and may call what it invokes. */
export function makeService(
    component: pulumi.Resource,
    name: string,
    args: RunServiceArgs,
    exposure: Exposure,
): RunService {
    const identity = identityOf(component, name, "Cloud Run service", args);
    const apis = enableApis(component, name, args, ["run", "iam", ...(exposure.iapEnabled ? ["iap"] : [])]);
    const calls = invocations(component, name, args, args.vpc !== undefined, identity);
    const service = new cloudrunv2.Service(name, serviceArgs(args, exposure, identity.email, calls.env), {
        parent: component,
        dependsOn: bindingsOf(apis, calls.grants),
    });
    return { service, url: service.uri, email: identity.email, grants: calls.grants };
}

/**
 * Reads a service that others made.
 * @throws ResourceError where its ingress is narrower than the program says: by what it says, wiring is checked.
 */
export function existingService(
    component: pulumi.Resource,
    name: string,
    existing: ExistingArgs,
    ingress: Ingress,
): RunService {
    const project = existing.project ?? new pulumi.Config("gcp").get("project");
    const id =
        project === undefined
            ? pulumi.interpolate`${existing.location}/${existing.name}`
            : pulumi.interpolate`projects/${project}/locations/${existing.location}/services/${existing.name}`;
    const service = cloudrunv2.Service.get(name, id, undefined, { parent: component });
    const url = pulumi.all([service.uri, service.ingress]).apply(([uri, actual]) => {
        const narrower = Ingress.All === ingress && actual !== ingressOf[ingress];
        const is = Object.values(Ingress).find((one) => ingressOf[one] === actual);
        if (!narrower || is === undefined) {
            return uri;
        }
        throw argumentError(
            component,
            "ingress",
            `${name} has "${is}", and callers are checked by it; say ingress: "${is}"`,
        );
    });
    const template = service.template as pulumi.Output<{ serviceAccount?: string } | undefined>;
    const email = template.apply((known) => known?.serviceAccount ?? "");
    return { service, url, email, grants: [] };
}
