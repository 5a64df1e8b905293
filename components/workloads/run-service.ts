import * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import { identityOf, enableApis, bindingsOf, type Grant } from "../grants";
import { argumentError, type Transform, transformed, warnOfUnknown } from "../base";
import type { ExistingArgs } from "./existing";
import { checkTemplate } from "./container";
import { mountsOf } from "./mounts";
import { invocations } from "../wiring";
import { Ingress } from "../target";
import type { RunServiceArgs } from "./run-service-args";
import { type Exposure, ingressSettings, KEPT, serviceArgs } from "./service-resource";

/**
 * Changes what the component passes to Google's provider, for what its arguments do not offer. What the component promises must
 * stay: its account, its ingress, its audiences, who may invoke it, and the variables of what it invokes.
 */
export interface ServiceTransform {
    /** Gets the arguments of the service, and changes them in place or returns others. @default - they stay as they are */
    service?: Transform<cloudrunv2.ServiceArgs>;
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

/** Makes a service that runs as an account of its own, with the grants that it needs on what it has and invokes. */
export function makeService(
    component: pulumi.Resource,
    name: string,
    args: RunServiceArgs,
    exposure: Exposure,
    transform?: ServiceTransform,
): RunService {
    warnOfUnknown(component, { location: args.location });
    const mounts = mountsOf(component, args);
    const identity = identityOf(component, name, "Cloud Run service", args, Object.values(args.invokes ?? {}));
    const apis = enableApis(component, name, args, ["run", "iam", ...(exposure.iapEnabled ? ["iap"] : [])]);
    const { main, roles } = mounts;
    const calls = invocations(component, name, args, args.vpc !== undefined, identity, {
        secrets: main.secrets,
        roles,
    });
    const settings = serviceArgs(component, args, exposure, identity.email, calls.env, mounts);
    checkTemplate(component, settings.template, "service", Object.keys(args.sidecars ?? {}));
    const service = new cloudrunv2.Service(
        name,
        transformed(component, "service", settings, transform?.service, KEPT),
        {
            parent: component,
            dependsOn: bindingsOf(apis, calls.grants),
        },
    );
    return { service, url: service.uri, email: identity.email, grants: calls.grants };
}

/**
 * Reads a service that exists already.
 * @throws ResourceError if its ingress is narrower than the program says, because callers are checked by what it says
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
