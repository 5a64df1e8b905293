import type { CallerArgs } from "./caller-args";
import type { SmokeCheckOptions } from "./checks";
import type { KubernetesArgs, Platform } from "./platform";
import type { Target } from "./target";

/** Arguments of {@link CallerIdentity}. */
export interface CallerIdentityArgs extends CallerArgs {
    /** Where the code runs. */
    runsOn: Platform;
    /**
     * What it calls, by name. The output `environment` has the variables that its code reads, as `invokes` of
     * {@link RunServiceArgs} makes them. A target with internal ingress is reached from a network of its project only.
     */
    invokes: { [name: string]: Target };
    /** The service account of Kubernetes. It is required for `kubernetes`. @default - none */
    kubernetes?: KubernetesArgs;
    /** What is checked after each deploy. @default - reads the policies in which the component granted something */
    smokeCheck?: SmokeCheckOptions;
}
