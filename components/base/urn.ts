import type * as pulumi from "@pulumi/pulumi";
import { value } from "./value";

/**
 * The URN of a component, as a promise and not as an output: what depends on an output of a component waits for all its
 * children, and would so wait for itself if it is one of them.
 */
export function urnOf(component: pulumi.Resource): Promise<string> {
    return value(component.urn);
}
