import * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import { identityOf, enableApis, bindingsOf, type Grant } from "../grants";
import { argumentError } from "../base";
import type { ExistingArgs } from "./existing";
import { type EnvironmentEntry, invocations } from "../wiring";
import { Ingress } from "../target";
import type { RunServiceArgs } from "./run-service-args";
import { defined } from "../../common";

/** Who can reach a service, and which audiences it accepts. */
export interface Exposure {
    ingress: Ingress;
    customAudiences?: string[];
    iapEnabled?: boolean;
}

/** What the provider calls each ingress. */
const ingressSettings: Record<Ingress, string> = {
    [Ingress.All]: "INGRESS_TRAFFIC_ALL",
    [Ingress.Internal]: "INGRESS_TRAFFIC_INTERNAL_ONLY",
    [Ingress.InternalAndLoadBalancer]: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
};

/**
 * Returns an ingress that is one of the three. Programs in other languages may give any text.
 * @throws ResourceError for any other text
 */
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
    const limits = defined({ cpu: args.cpu, memory: args.memory });
    return {
        location: args.location ?? "",
        ...defined({
            name: args.name,
            project: args.project,
            customAudiences: exposure.customAudiences,
            iapEnabled: exposure.iapEnabled === true ? true : undefined,
            labels: args.labels,
        }),
        ingress: ingressSettings[exposure.ingress],
        deletionProtection: args.deletionProtection ?? false,
        template: {
            serviceAccount,
            ...defined({
                vpcAccess: args.vpc && { egress: "ALL_TRAFFIC", networkInterfaces: [{ ...args.vpc }] },
                scaling: args.maxInstances === undefined ? undefined : { maxInstanceCount: args.maxInstances },
            }),
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
    /** The email address of the account that it runs as. */
    email: pulumi.Output<string>;
    /** What that account may do on what the service invokes. */
    grants: Grant[];
}

/** Makes a service that runs as an account of its own, with the grants that it needs on what it invokes. */
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
 * Reads a service that exists already.
 * @throws ResourceError where its ingress is narrower than the program says, because callers are checked by what it says
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
        const narrower = Ingress.All === ingress && actual !== ingressSettings[ingress];
        const found = Object.values(Ingress).find((each) => ingressSettings[each] === actual);
        if (!narrower || found === undefined) {
            return uri;
        }
        throw argumentError(
            component,
            "ingress",
            `${name} has the ingress "${found}", by which its callers are checked; set ingress: "${found}"`,
        );
    });
    const template = service.template as pulumi.Output<{ serviceAccount?: string } | undefined>;
    const email = template.apply((known) => known?.serviceAccount ?? "");
    return { service, url, email, grants: [] };
}
