import * as projects from "@pulumi/gcp/projects";
import * as pulumi from "@pulumi/pulumi";

/**
 * The service agent of an API in a project, as an IAM member: the account by which the Google service itself acts there. It
 * is made if it does not exist yet (https://cloud.google.com/iam/docs/service-agents).
 * @param api The API without its domain, such as `pubsub`.
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
