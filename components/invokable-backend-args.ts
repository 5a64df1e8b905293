import type * as pulumi from "@pulumi/pulumi";
import type { ServiceSmokeCheckArgs } from "./checks";
import type { Ingress } from "./target";
import type { ExistingBackendArgs, RunServiceArgs, ServiceTransform } from "./workloads";

/** Options of {@link InvokableBackend}, beside those that every component takes. */
export interface InvokableBackendOptions extends pulumi.ComponentResourceOptions {
    /** As `transform` of {@link InvokableServiceOptions}, for the service that the component makes. @default - nothing is changed */
    transform?: ServiceTransform;
}

/** Arguments of {@link InvokableBackend}. */
export interface InvokableBackendArgs extends RunServiceArgs {
    /**
     * The OAuth client ID of Identity-Aware Proxy (IAP), such as `123-abc.apps.googleusercontent.com`. It is the audience
     * that tokens must have.
     */
    iapClientId: string;
    /**
     * The URL that callers use, such as `https://erp.example.com`. It is required for an application that exists already.
     * @default - the URL of the Cloud Run service
     */
    url?: pulumi.Input<string>;
    /**
     * An application that exists already, which the component then uses as it is.
     * @default - the component makes a Cloud Run service with IAP in front of it
     */
    existing?: ExistingBackendArgs;
    /**
     * Who can reach the application over the network. IAP decides in any case who gets in.
     * @default - `internal`; `all` for an existing application
     */
    ingress?: Ingress;
    /**
     * Whether the client ID is allowed for programs, by IAP's settings of the application. The component then owns these
     * settings (https://cloud.google.com/iap/docs/sharing-oauth-clients#programmatic_access).
     * @default - true; false for an existing application, which may have settings already
     */
    programmaticAccess?: boolean;
    /** What is checked after each deploy. @default - only that calls without a token and with a broken token are denied */
    smokeCheck?: ServiceSmokeCheckArgs;
}
