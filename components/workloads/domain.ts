import type * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";
import { Ingress } from "../target";

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
