import * as pulumi from "@pulumi/pulumi";

/**
 * A mistake in a component's arguments. Shown beside the resource and without a stack: the message has all one needs.
 * @param argument The path in the arguments, such as `targets.orders.url`.
 */
export function argumentError(component: pulumi.Resource, argument: string, reason: string): pulumi.ResourceError {
    return new pulumi.ResourceError(`${argument}: ${reason}`, component, true);
}
