import type * as apigateway from "@pulumi/gcp/apigateway";
import type * as pulumi from "@pulumi/pulumi";
import type { Transform } from "../base";
import type { CallerArgs } from "../caller-args";
import type { GatewaySmokeCheckArgs } from "./check-args";
import type { Target } from "../target";
import type { ExistingArgs } from "../workloads";

/** Options of {@link InvokableGateway}, beside those that every component takes. */
export interface InvokableGatewayOptions extends pulumi.ComponentResourceOptions {
    /**
     * Changes the arguments of the gateway before it is made, for what {@link InvokableGatewayArgs} does not offer. It is an option
     * and no argument because only programs in TypeScript have it: other languages use Pulumi's own `transforms`.
     * @default - nothing is changed
     * @example { transform: { gateway: (gateway) => { gateway.displayName = "the shop"; } } }
     */
    transform?: {
        /** Gets the arguments of the gateway, and changes them in place or returns others. @default - they stay as they are */
        gateway?: Transform<apigateway.GatewayArgs>;
    };
}

/** Arguments of {@link InvokableGateway}. */
export interface InvokableGatewayArgs extends CallerArgs {
    /**
     * What the gateway calls, by name: Cloud Run services, functions and applications behind Identity-Aware Proxy, whose ingress must be
     * `all`, because API Gateway calls from outside. It is required unless the gateway exists already.
     */
    backends?: { [name: string]: Target };
    /** The region, such as `europe-west1`. It is required unless the gateway exists already. */
    location?: pulumi.Input<string>;
    /**
     * The paths of the API, each with the name of its backend, such as `{ "/orders/{order}": "orders", "/{path=**}": "shop" }`. A
     * request is passed on with its path and method (https://cloud.google.com/api-gateway/docs/path-templating). It cannot be given
     * together with `openapi`.
     * @default - all paths go to the only backend
     */
    routes?: { [path: string]: string };
    /**
     * The text of a document of OpenAPI 2.0, in YAML or JSON. Each `x-google-backend` names a backend as its address, such as `orders`
     * or `orders/v2`; with one backend it can be left out. `security` and `securityDefinitions` are written by the component.
     * @default - a document is made of `routes`
     */
    openapi?: pulumi.Input<string>;
    /**
     * The audience that tokens must have. It is required for a gateway that exists already.
     * @default - `https://` and the name of the API's managed service
     */
    audience?: pulumi.Input<string>;
    /**
     * Whether the gateway takes ID tokens of Google's in place of tokens that its signer signs. Workflows, Cloud Scheduler, Cloud Tasks
     * and Pub/Sub send no others. But API Gateway asks no policy: **every Google account in the world gets past it then**, and the
     * backends must refuse all but the callers that they know, by the address in the header `X-Apigateway-Api-Userinfo`.
     * `smokeCheck: { path, probeMinters }` proves that they do (https://cloud.google.com/api-gateway/docs/authenticating-users-googleid).
     * @default false
     */
    idTokens?: boolean;
    /**
     * The email address of an account that exists already, as which callers sign their tokens: each caller gets
     * `roles/iam.serviceAccountTokenCreator` on it, so it should have no access to anything. It cannot be given together with
     * `idTokens`, and is required for a gateway that exists already and takes signed tokens.
     * @default - the component makes an account without any access
     */
    signer?: pulumi.Input<string>;
    /**
     * A gateway that exists already, which the component then uses as it is and does not make. Say by `signer` or `idTokens` which
     * tokens its document takes.
     * @default - the component makes an API and a gateway
     */
    existing?: ExistingArgs;
    /** The ID of the gateway and of its API. @default - derived from the component's name, and different for each stack */
    name?: pulumi.Input<string>;
    /** Labels of the API and the gateway. @default - none */
    labels?: { [name: string]: pulumi.Input<string> };
    /** What is checked after each deploy. @default - only that calls without a token and with a broken token are denied */
    smokeCheck?: GatewaySmokeCheckArgs;
}
