import { ApiError } from "../../cloud";
import { accountPrincipal, findAccount, projectResource, serviceAgent } from "../../iam";
import { nameParts, type Call } from "../framework";

/**
 * Cloud Storage's own agent publishes its events to Pub/Sub, and needs the permission to do so on the
 * project. https://cloud.google.com/eventarc/docs/all-roles-permissions
 * @param trigger `projects/P/locations/L/triggers/T`
 * @throws ApiError PERMISSION_DENIED
 */
export function checkStoragePublishes({ cloud }: Call, trigger: string, eventType: string): void {
    if (!eventType.startsWith("google.cloud.storage.object.")) {
        return;
    }
    const { projects: project = "" } = nameParts(trigger);
    const principal = serviceAgent(cloud, project, "gs-project-accounts");
    const { allowed } = cloud.iam.check({
        principal,
        permission: "pubsub.topics.publish",
        resource: projectResource(project),
        resourceType: "cloudresourcemanager.googleapis.com/Project",
        request: `${trigger} of Eventarc`,
    });
    if (allowed) {
        return;
    }
    throw new ApiError(
        "PERMISSION_DENIED",
        `Creating trigger failed for ${trigger}: The Cloud Storage service account for your bucket is unable to publish to ` +
            "Cloud Pub/Sub topics in the specified project.\nTo use GCS CloudEvent triggers, the GCS service account requires " +
            `the Pub/Sub Publisher (roles/pubsub.publisher) IAM role in the specified project. The account is ${principal.email}.`,
    );
}

/**
 * The account of a trigger receives the events of Google's services, and needs the permission to do so on the project. Messages
 * of Pub/Sub are delivered without it. https://cloud.google.com/eventarc/docs/roles-permissions
 * @throws ApiError PERMISSION_DENIED in the words of https://github.com/GoogleCloudPlatform/eventarc-samples/issues/94
 */
export function checkReceives({ cloud }: Call, trigger: string, account: string): void {
    const { projects: project = "" } = nameParts(trigger);
    const email = account.replace(/^.*\//, "");
    const found = findAccount(cloud.store, email);
    const allowed =
        found !== undefined &&
        cloud.iam.check({
            principal: accountPrincipal(found),
            permission: "eventarc.events.receiveEvent",
            resource: projectResource(project),
            resourceType: "cloudresourcemanager.googleapis.com/Project",
            request: `${trigger} of Eventarc`,
        }).allowed;
    if (!allowed) {
        throw new ApiError("PERMISSION_DENIED", `Permission "eventarc.events.receiveEvent" denied on "${email}"`);
    }
}
