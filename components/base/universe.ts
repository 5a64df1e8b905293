import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_UNIVERSE } from "../../workflow";
import { userError } from "./errors";

/** The universe that the stack's config `gcp:universeDomain` names, if the component has no provider of its own. */
export function configuredUniverse(component: pulumi.Resource): string | undefined {
    return component.getProvider("gcp:index:x") === undefined
        ? new pulumi.Config("gcp").get("universeDomain")
        : undefined;
}

/**
 * A value that is right in the public universe alone, because no document says what stands in its place in another one. So it is
 * refused there, and not guessed.
 * @param what What needs it, such as `the smoke check`.
 * @param instead What to do in another universe.
 * @throws ResourceError for a provider with another `universeDomain`, when the value is used
 */
export function inPublicUniverse<T>(
    component: pulumi.Resource,
    { what, instead }: { what: string; instead: string },
    value: pulumi.Input<T>,
): pulumi.Output<pulumi.Unwrap<T>> {
    const provider = component.getProvider("gcp:index:x") as
        | { universeDomain?: pulumi.Output<string | undefined> }
        | undefined;
    const universe = pulumi.output(provider ? provider.universeDomain : configuredUniverse(component));
    return pulumi.all([universe, value]).apply(([domain = DEFAULT_UNIVERSE, known]) => {
        if (domain !== DEFAULT_UNIVERSE) {
            throw userError(
                component,
                `universeDomain is "${domain}", and ${what} is known for ${DEFAULT_UNIVERSE} alone; ${instead}`,
            );
        }
        return known;
    });
}
