import type * as pulumi from "@pulumi/pulumi";
import type { ServiceSmokeCheckArgs } from "./checks";
import type { Ingress } from "./target";
import type { ExistingArgs, RunServiceArgs, ServiceTransform } from "./workloads";

/** Options of {@link InvokableService}, beside those that every component takes. */
export interface InvokableServiceOptions extends pulumi.ComponentResourceOptions {
    /**
     * Changes the arguments of the Cloud Run service before it is made, for what {@link InvokableServiceArgs} does not offer. It is
     * an option and no argument because only programs in TypeScript have it: other languages use Pulumi's own `transforms`.
     * @default - nothing is changed
     * @example { transform: { service: (service) => { service.description = "takes orders"; } } }
     */
    transform?: ServiceTransform;
}

/** Arguments of {@link InvokableService}. */
export interface InvokableServiceArgs extends RunServiceArgs {
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
    /** What is checked after each deploy. @default - only that calls without a token and with a broken token are denied */
    smokeCheck?: ServiceSmokeCheckArgs;
}

/** What may be said about an existing service; all else would configure one that is made. */
export const OF_EXISTING_SERVICE = ["ingress", "customAudiences", "domain", "smokeCheck"];
