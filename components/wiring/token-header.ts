import type * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";
import { type Target, TargetKind } from "../target";

/** The header that Cloud Run checks before `Authorization`: https://cloud.google.com/run/docs/authenticating/service-to-service */
const FOR_CLOUD_RUN = "X-Serverless-Authorization";

/** The header in which callers send their ID token, which Cloud Run checks. */
export const tokenHeaderOf = (usesAuthorization: boolean): string =>
    usesAuthorization ? FOR_CLOUD_RUN : "Authorization";

/**
 * Refuses a target for which the token of a caller that writes none itself is of no use: Workflows, Cloud Scheduler, Cloud Tasks and
 * Pub/Sub send a token that Google signs, in the header `Authorization` and in no other
 * (https://cloud.google.com/workflows/docs/authenticate-from-workflow).
 * @param caller What the component is, such as `workflow`, for the message.
 * @throws ResourceError if the target reads that header itself, or takes only tokens that an account signs itself
 */
export function checkSentToken(component: pulumi.Resource, argument: string, target: Target, caller: string): void {
    if (target.usesAuthorization === true) {
        const reason =
            `reads the header Authorization itself, and a ${caller} can send its token in no other header; ` +
            `let a service with invokes call it, which sends the token in ${FOR_CLOUD_RUN}`;
        throw argumentError(component, argument, reason);
    }
    if (isSigned(target)) {
        const reason =
            `takes tokens that its signer signs, and a ${caller} sends tokens that Google signs; let a service with invokes call it, ` +
            "or give the gateway idTokens: true, and have its backends decide by X-Apigateway-Api-Userinfo who may call";
        throw argumentError(component, argument, reason);
    }
}

/** Whether the target takes only tokens that an account signs itself. */
export const isSigned = ({ kind, resource }: Target): boolean =>
    kind === TargetKind.ApiGateway && resource !== undefined;
