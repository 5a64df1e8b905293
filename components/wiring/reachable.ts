import * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";
import { Ingress, type Target } from "../target";

/**
 * Passes a value on after a check that every target can be reached. Workflows, Cloud Scheduler and Cloud Tasks reach a service
 * with internal ingress only in their own project (https://cloud.google.com/run/docs/securing/ingress).
 * @param argument Where the target is in the arguments. @default - `targets.KEY`
 * @throws ResourceError if a target with internal ingress is in another project
 */
export function checkReachable<T>(
    component: pulumi.Resource,
    targets: Record<string, Target>,
    project: pulumi.Output<string>,
    value: pulumi.Output<T>,
    argument?: string,
): pulumi.Output<T> {
    const internal = Object.entries(targets).filter(
        ([, { ingress, resource }]) => (ingress ?? Ingress.All) !== Ingress.All && resource?.project !== undefined,
    );
    if (internal.length === 0) {
        return value;
    }
    const projects = internal.map(([, { resource }]) => resource?.project ?? "");
    // This does not wait for the value: a preview does not know the value, and must fail all the same.
    const checked = pulumi.all([project, projects]).apply(([own, theirs]) => {
        internal.forEach(([key], index) => {
            const other = theirs[index];
            if (other === undefined || other === own) {
                return;
            }
            throw argumentError(
                component,
                argument ?? `targets.${key}`,
                `has internal ingress and is in the project ${other}, where nothing from ${own} reaches it; ` +
                    `set its ingress to "all" (IAM still decides who gets in), or move one of the two`,
            );
        });
    });
    return pulumi.all([value, checked]).apply(([known]) => known as T);
}
