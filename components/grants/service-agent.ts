import * as projects from "@pulumi/gcp/projects";
import * as pulumi from "@pulumi/pulumi";

/**
 * The account by which a Google service acts in the project, made where it is not there yet
 * (https://cloud.google.com/iam/docs/service-agents).
 * @param api Such as `pubsub`.
 * @returns the member
 */
export function serviceAgent(
    component: pulumi.Resource,
    name: string,
    api: string,
    project: pulumi.Input<string>,
): pulumi.Output<string> {
    const identity = new projects.ServiceIdentity(
        `${name}-${api}-agent`,
        { service: `${api}.googleapis.com`, project },
        { parent: component },
    );
    return pulumi.interpolate`serviceAccount:${identity.email}`;
}
