import * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";
import { Ingress, type Target, TargetKind } from "../target";
import { checkSentToken, targetAudience } from "../wiring";
import type { InvokableGatewayArgs } from "./args";
import { type BackendAddress, type GatewayPlan, parsedDocument, plannedDocument, routedDocument } from "./openapi";

/** The kinds of targets that check the ID token of a gateway's account. */
const CALLED: readonly TargetKind[] = [TargetKind.Run, TargetKind.Function, TargetKind.Iap];

/** @throws ResourceError if the gateway cannot call one of its backends */
export function checkBackends(component: pulumi.Resource, backends: Record<string, Target>): void {
    if (Object.keys(backends).length === 0) {
        throw argumentError(component, "backends", "names none; give at least one, such as { orders }");
    }
    for (const [key, target] of Object.entries(backends)) {
        const argument = `backends.${key}`;
        if (!/^[A-Za-z][\w-]*$/.test(key)) {
            throw argumentError(
                component,
                argument,
                `"${key}" is no name; use letters, digits, hyphens and underscores`,
            );
        }
        if (!CALLED.includes(target.kind)) {
            const reason = `is of the kind "${target.kind}", and a gateway calls those of the kinds ${CALLED.join(", ")}`;
            throw argumentError(component, argument, reason);
        }
        checkSentToken(component, argument, target, "gateway");
        if ((target.ingress ?? Ingress.All) !== Ingress.All) {
            throw argumentError(
                component,
                argument,
                `has internal ingress, and API Gateway calls from outside; give it ingress: "all" (IAM still lets in the gateway's account alone)`,
            );
        }
    }
}

/** What is known of the document. What the program writes out is checked in the preview too. */
export function planOf(
    component: pulumi.Resource,
    name: string,
    { openapi, routes }: InvokableGatewayArgs,
    backends: string[],
): pulumi.Output<GatewayPlan> {
    const [only = "", ...more] = backends;
    if (openapi !== undefined) {
        if (routes !== undefined) {
            throw argumentError(component, "routes", "cannot be given together with openapi; keep one of the two");
        }
        const read = (text: string): GatewayPlan =>
            plannedDocument(component, "openapi", parsedDocument(component, text), backends);
        if (typeof openapi === "string") {
            read(openapi);
        }
        return pulumi.output(openapi).apply(read);
    }
    if (routes === undefined && more.length > 0) {
        throw argumentError(
            component,
            "routes",
            `is missing, and there are ${backends.length} backends; say which path goes to which`,
        );
    }
    const each = routes ?? { "/{path=**}": only };
    const unknown = Object.entries(each).find(([, backend]) => !backends.includes(backend));
    const crooked = Object.keys(each).find((path) => !path.startsWith("/"));
    if (unknown !== undefined) {
        const reason = `goes to "${unknown[1]}", which is none of the backends ${backends.join(", ")}`;
        throw argumentError(component, `routes["${unknown[0]}"]`, reason);
    }
    if (crooked !== undefined) {
        throw argumentError(component, `routes["${crooked}"]`, `does not begin with a slash; write "/${crooked}"`);
    }
    const plan = plannedDocument(component, "routes", routedDocument(name, each), backends);
    return pulumi.output(name).apply(() => plan);
}

/** Where each backend is, and what the token for it is for. */
export const addressesOf = (backends: Record<string, Target>): pulumi.Output<Record<string, BackendAddress>> =>
    pulumi.all(
        Object.fromEntries(
            Object.entries(backends).map(([key, target]) => [
                key,
                pulumi.all([target.url, targetAudience(target)]).apply(([url, audience]) => ({ url, audience })),
            ]),
        ),
    ) as pulumi.Output<Record<string, BackendAddress>>;

/** @throws ResourceError for what would be several audiences, or none */
export function checkedAudience(component: pulumi.Resource, audience: string): string {
    if (audience === "" || /[\s,]/.test(audience)) {
        throw argumentError(
            component,
            "audience",
            `"${audience}" is no audience; give one text without commas and spaces`,
        );
    }
    return audience;
}
