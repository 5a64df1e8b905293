import * as pulumi from "@pulumi/pulumi";
import { AdvisedError } from "../../errors";

/**
 * A mistake in a component's arguments. Shown beside the resource and without a stack: the message has all one needs.
 * @param argument The path in the arguments, such as `targets.orders.url`.
 */
export function argumentError(component: pulumi.Resource, argument: string, reason: string): pulumi.ResourceError {
    return userError(component, `${argument}: ${reason}`);
}

/** A mistake of the user's that the message places by itself. */
export function userError(component: pulumi.Resource, message: string): pulumi.ResourceError {
    return new ArgumentError(message, component);
}

/** Pulumi shows its own errors beside the resource and without a stack, so this one has the shape of `InvokeError` only. */
class ArgumentError extends pulumi.ResourceError {
    readonly code = "argument";

    constructor(message: string, component: pulumi.Resource) {
        super(message, component, true);
        // On its way through a resource's inputs the SDK writes "error serializing property …" in front, again and again.
        Object.defineProperty(this, "message", { get: () => message, set: () => undefined });
    }
}

/** A folder of sources that cannot be packed. */
export class SourceError extends AdvisedError {
    readonly code = "source";
}

/** A target that cannot be called. */
export class TargetError extends AdvisedError {
    readonly code = "target";
}

/** The smoke check after a deploy failed, which fails the update. */
export class SmokeCheckFailed extends AdvisedError {
    readonly code = "smoke-check-failed";
}
