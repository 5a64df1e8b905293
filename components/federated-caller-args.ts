import type { CallerArgs } from "./caller-args";
import type { SmokeCheckOptions } from "./checks";
import type { AwsCallerArgs, GithubCallerArgs, OidcCallerArgs, SamlCallerArgs, X509CallerArgs } from "./outside-args";
import type { Target } from "./target";

/** Arguments of {@link FederatedCaller}. Give one of `github`, `oidc`, `aws`, `saml` and `x509`. */
export interface FederatedCallerArgs extends CallerArgs {
    /**
     * What it calls, by name. The output `environment` has the variables that its code reads, as `invokes` of
     * {@link RunServiceArgs} makes them. A target with internal ingress is refused, because nothing outside reaches it.
     */
    invokes: { [name: string]: Target };
    /** A workflow of GitHub Actions. @default - none */
    github?: GithubCallerArgs;
    /** A workload with tokens of OpenID Connect. @default - none */
    oidc?: OidcCallerArgs;
    /** A role of Amazon Web Services. @default - none */
    aws?: AwsCallerArgs;
    /** A workload with assertions of SAML. @default - none */
    saml?: SamlCallerArgs;
    /** A workload with a certificate. @default - none */
    x509?: X509CallerArgs;
    /**
     * The ID of the pool that the component makes: 4 to 32 lower-case letters, digits and hyphens. A pool that was deleted keeps its
     * ID for 30 days. @default - derived from the component's name, and different for each stack
     */
    poolId?: string;
    /** What is checked after each deploy. @default - reads the policies in which the component granted something */
    smokeCheck?: SmokeCheckOptions;
}
