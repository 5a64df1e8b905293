import * as pulumi from "@pulumi/pulumi";

/**
 * A mistake in a component's arguments. Shown beside the resource and without a stack: the message has all one needs.
 * @param argument The path in the arguments, such as `targets.orders.url`.
 */
export function argumentError(component: pulumi.Resource, argument: string, reason: string): pulumi.ResourceError {
    return userError(component, `${argument}: ${reason}`);
}

/** A mistake of the user's that the message places by itself. */
export function userError(component: pulumi.Resource, message: string): pulumi.ResourceError {
    const error = new pulumi.ResourceError(message, component, true);
    // On its way through a resource's inputs the SDK writes "error serializing property …" in front, again and again.
    Object.defineProperty(error, "message", { get: () => message, set: () => undefined });
    return error;
}
