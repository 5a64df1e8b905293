import type * as pulumi from "@pulumi/pulumi";
import type { CallersCheckOptions, ServiceExpectation } from "../checks";

/** The smoke check of a gateway. It reaches a backend's code only if you give it a path. */
export interface GatewaySmokeCheckArgs extends CallersCheckOptions {
    /**
     * The path that the check requests, such as `/v1/orders`: with a token of the signer, which must be let in; with ID tokens of
     * Google's, as an account that the backends do not know and must refuse.
     * @default - no request is made that the gateway should let in, only requests that it must deny
     */
    path?: pulumi.Input<string>;
    /** The HTTP method of the request. @default "GET" */
    method?: pulumi.Input<string>;
    /** What the answer must be. @default - any status from 200 to 299 */
    expect?: ServiceExpectation;
    /**
     * Who may sign tokens as the signer, and mint ID tokens as an account of the check without any grant: the principal that
     * deploys, such as `user:ann@example.com` or {@link deployer}.
     * @default - nobody: the report says that the probes which need such a token were not tried
     */
    probeMinters?: pulumi.Input<string>[];
}
