import * as pulumi from "@pulumi/pulumi";
import { AdvisedError } from "../../errors";
import { withoutSecrets } from "./secret-texts";

/**
 * A mistake in a component's arguments. Pulumi shows it beside the resource and without a stack, because the message says
 * everything that its reader needs.
 * @param argument The path of the argument, such as `targets.orders.url`.
 */
export function argumentError(component: pulumi.Resource, argument: string, reason: string): pulumi.ResourceError {
    const shown = withoutSecrets(reason);
    return new ArgumentError(`${argument}: ${shown}`, component, { argument, reason: shown });
}

/** A mistake of the user whose place the message itself names. */
export function userError(component: pulumi.Resource, message: string): pulumi.ResourceError {
    return new ArgumentError(withoutSecrets(message), component);
}

/**
 * Returns a value that is one of an enum's. Programs in other languages may give any text.
 * @throws ResourceError for any other text
 */
export function checkOneOf<T extends string>(
    component: pulumi.Resource,
    argument: string,
    value: T,
    allowed: Record<string, T>,
): T {
    const values = Object.values(allowed);
    if (values.includes(value)) {
        return value;
    }
    throw argumentError(component, argument, `"${value}" is not one of ${values.join(", ")}`);
}

/**
 * Checks the path of a URL. Without the slash, a path such as `.example.com` or `@example.com` would change the host.
 * @throws ResourceError if it does not begin with a slash
 */
export function checkPath(component: pulumi.Resource, argument: string, path: string): void {
    if (!path.startsWith("/")) {
        throw argumentError(component, argument, `"${path}" does not begin with a slash; write "/${path}"`);
    }
}

/**
 * Pulumi shows only its own errors beside the resource and without a stack, so this class extends one of them. It has the
 * fields of `InvokeError`, and does not extend it.
 */
class ArgumentError extends pulumi.ResourceError {
    readonly code = "argument";

    /** The path of the argument, and what is wrong with it: for programs in other languages, which are told both. */
    readonly argument?: string;
    readonly reason?: string;

    constructor(message: string, component: pulumi.Resource, place: { argument?: string; reason?: string } = {}) {
        super(message, component, true);
        Object.assign(this, place);
        // The SDK would put "error serializing property …" in front of the message at each level of a resource's inputs.
        Object.defineProperty(this, "message", { get: () => message, set: () => undefined });
        // The SDK prints errors with `util.inspect`, which would walk through the resource and all that it is connected to.
        // Its stack, which Pulumi does not show, keeps Node 20.20 busy for half a minute: that Node does not find the end of
        // the SDK's own lines in it, such as `node_modules/@pulumi/output.ts:516:25`, when it colours them.
        Object.defineProperty(this, "resource", { value: component, enumerable: false });
        this.stack = `${this.name}: ${message}`;
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
