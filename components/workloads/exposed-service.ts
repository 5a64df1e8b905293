import type * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import { checkOneOf, knownProject, refuseTransform, withExistingPlace } from "../base";
import type { Grant } from "../grants";
import { type GrantResource, GrantResourceType } from "../grant-resource";
import { Ingress, type Target } from "../target";
import { type ExistingArgs, takesExisting } from "./existing";
import { checkedDomain, checkRegions, regionalUrls } from "./addresses";
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
     * The regions of a multi-region service, instead of `location`, such as `["europe-west1", "us-east1"]`. The service has an
     * address and a policy in each of them: callers get their grant in each, and call the one in the first region unless you give a
     * `domain`, such as that of a load balancer in front. Then a token for `customAudiences` is right in every region
     * (https://docs.cloud.google.com/run/docs/multiple-regions).
     * @default - the service is in one region
     * @example { image, regions: ["europe-west1", "us-east1"], ingress, domain, customAudiences: [domain] }
     */
    regions?: string[];
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

/**
 * The image of Cloud Endpoints' proxy, by Google's name or with a configuration built into it.
 * https://cloud.google.com/endpoints/docs/openapi/set-up-cloud-run-espv2
 */
const ESPV2 = /\/endpoints-runtime-serverless[:@]/;

/** What may be said about an existing service; all else would configure one that is made. */
const OF_EXISTING = ["regions", "ingress", "customAudiences", "domain", "smokeCheck"];

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
    /** The address in each region of a multi-region service. */
    regions?: Record<string, pulumi.Output<string>>;
    /** What its check rests on. */
    revision: {
        place: { project?: pulumi.Input<string>; location?: pulumi.Input<string> };
        project: pulumi.Output<string>;
        revision: pulumi.Output<string>;
        account: pulumi.Output<string>;
        invokes: Record<string, Target> | undefined;
        isEndpoints: pulumi.Output<boolean>;
        image: pulumi.Output<string | undefined>;
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
    const exists = takesExisting(
        component,
        args,
        [...OF_EXISTING, ...ofExisting],
        ["image", ...(args.regions === undefined ? ["location"] : [])],
    );
    checkRegions(component, args);
    if (exists) {
        refuseTransform(component, transform);
    }
    const given = args.ingress ?? (exists ? Ingress.All : Ingress.Internal);
    const ingress = checkOneOf(component, "ingress", given, Ingress);
    const exposure = { ingress, ...defined({ customAudiences: args.customAudiences, regions: args.regions }) };
    const { service, email, grants, ...found } = args.existing
        ? existingService(component, name, args.existing, ingress)
        : makeService(component, name, args, exposure, transform);
    const project = knownProject(component, args.existing?.project ?? args.project);
    const regions = args.regions && regionalUrls(component, service, args.regions, project);
    const url = regions?.[args.regions?.[0] ?? ""] ?? found.url;
    const [customAudience] = args.customAudiences ?? [];
    const used =
        args.domain === undefined ? url : pulumi.output(checkedDomain(component, args.domain, customAudience, ingress));
    return {
        ...{ service, ingress, grants, email, url: used },
        audienceIsUrl: customAudience === undefined,
        audience: customAudience === undefined ? used : pulumi.output(customAudience),
        resource: resourceOf(args, project, service),
        ...defined({ regions }),
        revision: {
            place: args.regions
                ? { ...args, ...args.existing, location: args.regions[0] ?? "" }
                : (args.existing ?? args),
            project: service.project,
            revision: service.latestReadyRevision,
            account: email,
            invokes: args.invokes,
            image: pulumi.output(args.image),
            isEndpoints: pulumi
                .output(args.image)
                .apply((image) => args.env?.["ENDPOINTS_SERVICE_NAME"] !== undefined || ESPV2.test(image ?? "")),
            ...defined({ audiences: args.customAudiences ?? (exists ? undefined : []) }),
        },
    };
}

function resourceOf(
    { existing }: ExposedServiceArgs,
    project: pulumi.Input<string> | undefined,
    service: cloudrunv2.Service,
): GrantResource {
    const resource = {
        type: GrantResourceType.RunService,
        name: service.name,
        location: existing?.location ?? service.location,
        project: project ?? service.project,
    };
    return existing ? withExistingPlace(resource, existing) : resource;
}
