import type * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";

/** A service or a function that exists already. */
export interface ExistingArgs {
    /** The short name, such as `orders`. */
    name: pulumi.Input<string>;
    /** The region, such as `europe-west1`. */
    location: pulumi.Input<string>;
    /** The ID of the project. @default - the provider's project */
    project?: pulumi.Input<string>;
}

/**
 * Tells whether a component uses a resource that exists already, as it is, instead of making one.
 * @param allowed The arguments that may be given for an existing resource too.
 * @param required The arguments without which no resource can be made.
 * @throws ResourceError if the arguments ask for both, or are enough for neither
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
        const reason = "configures a resource that is made, and existing is used as it is; keep one of the two";
        throw argumentError(component, other, reason);
    }
    const missing = required.find((key) => !given.includes(key));
    if (missing === undefined) {
        return false;
    }
    const reason = "is missing; give it, or existing: { name, location } for one that exists already";
    throw argumentError(component, missing, reason);
}
