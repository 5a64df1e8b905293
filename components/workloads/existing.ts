import type * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";

/** A resource that others made. */
export interface ExistingArgs {
    /** Its short name, such as `orders`. */
    name: pulumi.Input<string>;
    /** Its region, such as `europe-west1`. */
    location: pulumi.Input<string>;
    /** @default - the provider's project */
    project?: pulumi.Input<string>;
}

/**
 * A component makes a resource, or takes one that exists as it is.
 * @param allowed The arguments that say something about an existing one too.
 * @param required Those without which none can be made.
 * @returns whether one exists
 * @throws ResourceError where both are asked for, or neither can be done.
 */
export function takesExisting(
    component: pulumi.Resource,
    args: object,
    allowed: readonly string[],
    required: readonly string[],
): boolean {
    const given = Object.entries(args)
        .filter(([, value]) => value !== undefined)
        .map(([key]) => key);
    if (given.includes("existing")) {
        const [other] = given.filter((key) => key !== "existing" && !allowed.includes(key));
        if (other === undefined) {
            return true;
        }
        throw argumentError(
            component,
            other,
            "configures what is made, and existing is taken as it is; keep one of the two",
        );
    }
    const missing = required.find((key) => !given.includes(key));
    if (missing === undefined) {
        return false;
    }
    throw argumentError(
        component,
        missing,
        `is missing; give it, or existing: { name, location } for one that others made`,
    );
}
