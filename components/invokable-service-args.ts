import type * as pulumi from "@pulumi/pulumi";
import type { ServiceSmokeCheckArgs } from "./checks";
import type { ExposedServiceArgs, ServiceTransform } from "./workloads";

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
export interface InvokableServiceArgs extends ExposedServiceArgs {
    /** What is checked after each deploy. @default - only that calls without a token and with a broken token are denied */
    smokeCheck?: ServiceSmokeCheckArgs;
}
