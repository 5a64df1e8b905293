import type * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";
import type { Target } from "../target";

/** The header that Cloud Run checks before `Authorization`: https://cloud.google.com/run/docs/authenticating/service-to-service */
const FOR_CLOUD_RUN = "X-Serverless-Authorization";

/** The header in which callers send their ID token, which Cloud Run checks. */
export const tokenHeaderOf = (usesAuthorization: boolean): string =>
    usesAuthorization ? FOR_CLOUD_RUN : "Authorization";

/**
 * Refuses a target that reads the header `Authorization` itself: Workflows, Cloud Scheduler, Cloud Tasks and Pub/Sub send their token in
 * that header and in no other (https://cloud.google.com/workflows/docs/authenticate-from-workflow), so it would take the place of
 * what the target looks for there.
 * @param caller What the component is, such as `workflow`, for the message.
 * @throws ResourceError if the target uses the header
 */
export function checkTokenHeader(component: pulumi.Resource, argument: string, target: Target, caller: string): void {
    if (target.usesAuthorization === true) {
        const reason =
            `reads the header Authorization itself, and a ${caller} can send its token in no other header; ` +
            `let a service with invokes call it, which sends the token in ${FOR_CLOUD_RUN}`;
        throw argumentError(component, argument, reason);
    }
}
