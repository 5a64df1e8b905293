import type * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as organizations from "@pulumi/gcp/organizations";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, returned, warnOfUnknown } from "../base";
import { Ingress } from "../target";
import { defined } from "../../common";
import type { ExistingArgs } from "./existing";

/** The location of a multi-region service itself. */
const GLOBAL = "global";

/**
 * Checks where a service is: in one region, or in several, which `regions` names.
 * @throws ResourceError if both are given, or the list names no region or one twice
 */
export function checkRegions(
    component: pulumi.Resource,
    { regions, location, existing }: { regions?: string[]; location?: pulumi.Input<string>; existing?: ExistingArgs },
): void {
    if (regions === undefined) {
        if (existing?.location === GLOBAL) {
            const reason = "is missing, and existing is a multi-region service; name the regions that it is in";
            throw argumentError(component, "regions", reason);
        }
        return;
    }
    if (location !== undefined) {
        throw argumentError(
            component,
            "location",
            "is for a service in one region; leave it out, or leave regions out",
        );
    }
    if (typeof existing?.location === "string" && existing.location !== GLOBAL) {
        const reason = `is "${existing.location}", and a multi-region service is in the location "global"; write that, or leave regions out`;
        throw argumentError(component, "existing.location", reason);
    }
    // A program without types may give an output, of which it is not known yet how many grants and probes it needs.
    const isList = Array.isArray(regions);
    const wrong = (isList ? regions : []).find((region) => !/^[a-z]+-[a-z]+\d+$/.test(region));
    if (!isList || regions.length === 0 || wrong !== undefined || new Set(regions).size < regions.length) {
        const found = wrong === undefined ? "" : `, and "${wrong}" is none`;
        const reason = `names each region of the service once, such as ["europe-west1", "us-east1"]${found}`;
        throw argumentError(component, "regions", reason);
    }
    for (const region of regions) {
        warnOfUnknown(component, { location: region });
    }
}

/**
 * The address of a service in each of its regions, which follows from its name and the number of its project. A multi-region service
 * has no address of its own.
 * https://docs.cloud.google.com/run/docs/triggering/https-request#deterministic
 */
export function regionalUrls(
    component: pulumi.Resource,
    service: cloudrunv2.Service,
    regions: string[],
    projectId: pulumi.Input<string> | undefined,
): Record<string, pulumi.Output<string>> {
    const project = organizations.getProjectOutput(defined({ projectId }), { parent: component });
    const number = project.number.apply((found: string | undefined) =>
        returned(found, "the number of the project", "give the project in the arguments, or in the config gcp:project"),
    );
    return Object.fromEntries(
        regions.map((region) => [region, pulumi.interpolate`https://${service.name}-${number}.${region}.run.app`]),
    );
}

/**
 * The URL of a domain. Google's services reach a service with internal ingress by its `run.app` URL only
 * (https://cloud.google.com/run/docs/securing/ingress).
 */
export function checkedDomain(
    component: pulumi.Resource,
    domain: string,
    audience: string | undefined,
    ingress: Ingress,
): string {
    const url = domain.replace(/\/+$/, "");
    if (!/^https:\/\/[a-z0-9.-]+$/.test(url)) {
        const reason = `"${domain}" is no root URL; it looks like https://orders.example.com`;
        throw argumentError(component, "domain", reason);
    }
    if (audience !== url) {
        throw argumentError(
            component,
            "customAudiences",
            `must begin with ${url}, because tokens for calls to that domain are for it; add customAudiences: ["${url}"]`,
        );
    }
    if (ingress === Ingress.Internal) {
        throw argumentError(
            component,
            "domain",
            `is not reached if ingress is "internal"; leave domain out, or set ingress to ` +
                `"internal-and-load-balancer" or "all" (IAM still decides who gets in)`,
        );
    }
    return url;
}
