import * as pulumi from "@pulumi/pulumi";
import { argumentError } from "./errors";

/**
 * A member that is somebody: never everyone, which would open what is granted to the public.
 * @param argument Where it stands in the arguments, for errors.
 */
export function checkedMember(
    component: pulumi.Resource,
    argument: string,
    member: pulumi.Input<string>,
): pulumi.Output<string> {
    return pulumi.output(member).apply((who) => {
        if (who === "allUsers" || who === "allAuthenticatedUsers") {
            throw argumentError(component, argument, `${who} would open it to everyone; grant it to a principal`);
        }
        if (!/^(user|serviceAccount|group|domain|principal|principalSet):/.test(who)) {
            throw argumentError(
                component,
                argument,
                `"${who}" is no member; it looks like serviceAccount:NAME@PROJECT.iam.gserviceaccount.com`,
            );
        }
        return who;
    });
}
