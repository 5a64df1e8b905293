import type { Cloud } from "../../cloud";
import { allows, isEnforced, rulesFor, violation } from "../../iam";
import type { RunService } from "./resource";

/** The values of `run.allowedIngress`, by the ingress of a service. */
const INGRESS: Record<string, string> = {
    INGRESS_TRAFFIC_ALL: "all",
    INGRESS_TRAFFIC_INTERNAL_ONLY: "internal",
    INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER: "internal-and-cloud-load-balancing",
};

/**
 * Whether the organization allows a service as it is wanted. The messages are not Google's words [K].
 * https://cloud.google.com/run/docs/securing/ingress#org-policy, https://cloud.google.com/run/docs/authenticating/public
 * @throws ApiError FAILED_PRECONDITION
 */
export function checkConstraints(
    cloud: Cloud,
    name: string,
    { ingress = "INGRESS_TRAFFIC_ALL", invokerIamDisabled }: Partial<RunService>,
): void {
    const resource = `//run.googleapis.com/${name}`;
    const value = INGRESS[ingress];
    const rules = rulesFor(resource, "run.allowedIngress", cloud);
    if (!allows(rules, (allowed) => allowed === value)) {
        const said = `Constraint constraints/run.allowedIngress violated: the ingress "${value ?? ingress}" is not allowed; set an ingress that the organization policy allows`;
        throw violation(said, "run.allowedIngress", name, said);
    }
    if (invokerIamDisabled === true && isEnforced(resource, "run.managed.requireInvokerIam", cloud)) {
        const said = `Operation denied by org policy: constraints/run.managed.requireInvokerIam requires the check of invokers; leave invokerIamDisabled unset`;
        throw violation(said, "run.managed.requireInvokerIam", name, said);
    }
}
