import type { RoleTable } from "./table";

/** What the service agents have in their project from the start. https://cloud.google.com/iam/docs/service-agents */
export const agentRoles: RoleTable = {
    "cloudfunctions.serviceAgent": [
        "Cloud Functions Service Agent",
        "cloudfunctions.functions.invoke",
        "iam.serviceAccounts.{actAs,getAccessToken,getOpenIdToken,signBlob}",
        "run.*",
        "pubsub.subscriptions.*",
        "pubsub.topics.{attachSubscription,get,list}",
        "eventarc.triggers.*",
        "artifactregistry.repositories.{create,get,list,downloadArtifacts,uploadArtifacts}",
        "storage.{buckets.get,objects.get,objects.list}",
    ],
    "cloudscheduler.serviceAgent": [
        "Cloud Scheduler Service Agent",
        "iam.serviceAccounts.{getAccessToken,getOpenIdToken}",
        "pubsub.topics.publish",
        "logging.logEntries.create",
    ],
    "cloudtasks.serviceAgent": [
        "Cloud Tasks Service Agent",
        "iam.serviceAccounts.{getAccessToken,getOpenIdToken}",
        "logging.logEntries.create",
    ],
    "eventarc.serviceAgent": [
        "Eventarc Service Agent",
        "iam.serviceAccounts.{getAccessToken,getOpenIdToken,actAs}",
        "pubsub.subscriptions.*",
        "pubsub.topics.{attachSubscription,create,delete,get,list}",
        "run.{jobs.get,services.get}",
        "workflows.workflows.get",
        "storage.buckets.{get,update}",
    ],
    "pubsub.serviceAgent": [
        "Cloud Pub/Sub Service Agent",
        "iam.serviceAccounts.{getAccessToken,getOpenIdToken,implicitDelegation,signBlob,signJwt}",
        "iam.serviceAccounts.{get,list}",
    ],
    "run.serviceAgent": [
        "Cloud Run Service Agent",
        "iam.serviceAccounts.{actAs,getAccessToken,getOpenIdToken,signBlob}",
        "run.routes.invoke",
        "run.services.get",
        "artifactregistry.repositories.{downloadArtifacts,get,list}",
        "storage.{buckets.get,objects.get,objects.list}",
    ],
    "workflows.serviceAgent": [
        "Workflows Service Agent",
        "iam.serviceAccounts.{getAccessToken,getOpenIdToken,get,actAs}",
        "logging.logEntries.create",
    ],
};
