import type * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import { checkOneOf, knownProject, refuseTransform } from "../base";
import type { Grant } from "../grants";
import { type GrantResource, GrantResourceType } from "../grant-resource";
import { Ingress, type Target } from "../target";
import { checkedDomain } from "./domain";
import { type ExistingArgs, takesExisting } from "./existing";
import { existingService, makeService, type ServiceTransform } from "./run-service";
import type { RunServiceArgs } from "./run-service-args";
import { defined } from "../../common";

/** What a Cloud Run service takes to which an ID token for its URL lets a caller in. */
export interface ExposedServiceArgs extends RunServiceArgs {
    /**
     * A service that exists already, which the component then uses as it is and does not make. Callers get grants on it.
     * @default - the component makes a service
     */
    existing?: ExistingArgs;
    /**
     * Who can reach the service over the network. IAM decides in any case who may invoke it.
     * @default - `internal`; `all` for an existing service
     */
    ingress?: Ingress;
    /**
     * Audiences that the service accepts beside its own URL, such as `https://orders.example.com`. Callers request tokens
     * for the first one (https://cloud.google.com/run/docs/configuring/custom-audiences).
     * @default - none
     */
    customAudiences?: string[];
    /**
     * The root URL that callers use instead of the `run.app` URL, such as `https://orders.example.com`. It must be the first
     * of `customAudiences`. Google's services do not reach a service with internal ingress by such a URL.
     * @default - the service's own URL
     */
    domain?: string;
}

/** What may be said about an existing service; all else would configure one that is made. */
const OF_EXISTING = ["ingress", "customAudiences", "domain", "smokeCheck"];

/** A service, and what callers know of it. */
export interface ExposedService {
    service: cloudrunv2.Service;
    ingress: Ingress;
    /** What the service's account may do on what the service invokes. */
    grants: Grant[];
    url: pulumi.Output<string>;
    audience: pulumi.Output<string>;
    audienceIsUrl: boolean;
    /** The email address of the account that it runs as. */
    email: pulumi.Output<string>;
    resource: GrantResource;
    /** What its check rests on. */
    revision: {
        place: { project?: pulumi.Input<string>; location?: pulumi.Input<string> };
        project: pulumi.Output<string>;
        revision: pulumi.Output<string>;
        account: pulumi.Output<string>;
        invokes: Record<string, Target> | undefined;
        audiences?: string[];
    };
}

/**
 * Makes a service, or finds one that exists, and says how callers reach it.
 * @param ofExisting The arguments beside those of every service that an existing one takes too.
 * @throws ResourceError if an argument cannot be used
 */
export function exposeService(
    component: pulumi.Resource,
    name: string,
    args: ExposedServiceArgs,
    transform?: ServiceTransform,
    ofExisting: string[] = [],
): ExposedService {
    const exists = takesExisting(component, args, [...OF_EXISTING, ...ofExisting], ["image", "location"]);
    if (exists) {
        refuseTransform(component, transform);
    }
    const given = args.ingress ?? (exists ? Ingress.All : Ingress.Internal);
    const ingress = checkOneOf(component, "ingress", given, Ingress);
    const exposure = { ingress, ...defined({ customAudiences: args.customAudiences }) };
    const { service, url, email, grants } = args.existing
        ? existingService(component, name, args.existing, ingress)
        : makeService(component, name, args, exposure, transform);
    const [customAudience] = args.customAudiences ?? [];
    const used =
        args.domain === undefined ? url : pulumi.output(checkedDomain(component, args.domain, customAudience, ingress));
    return {
        ...{ service, ingress, grants, email, url: used },
        audienceIsUrl: customAudience === undefined,
        audience: customAudience === undefined ? used : pulumi.output(customAudience),
        resource: resourceOf(component, args, service),
        revision: {
            place: args.existing ?? args,
            project: service.project,
            revision: service.latestReadyRevision,
            account: email,
            invokes: args.invokes,
            ...defined({ audiences: args.customAudiences ?? (exists ? undefined : []) }),
        },
    };
}

function resourceOf(
    component: pulumi.Resource,
    { existing, project }: ExposedServiceArgs,
    service: cloudrunv2.Service,
): GrantResource {
    return {
        type: GrantResourceType.RunService,
        name: service.name,
        location: existing?.location ?? service.location,
        project: knownProject(component, existing?.project ?? project) ?? service.project,
    };
}
