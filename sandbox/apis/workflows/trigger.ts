import type { ExecutionService } from "./execution-service";
import { workflowOf } from "./callbacks";
import { invalidArgument, isObject, type Json, type Route } from "../framework";
import { workflowResources } from "./workflows";

/** Starts executions by messages of Pub/Sub, as a push subscription of Eventarc does. */
export function triggerRoutes(executions: ExecutionService): Route[] {
    return [
        {
            verb: "POST",
            path: "/v1/{workflow=projects/*/locations/*/workflows/*}:triggerPubsubExecution",
            permission: "workflows.executions.create",
            resource: ({ params }) => workflowOf(params.workflow ?? ""),
            resourceType: "workflows.googleapis.com/Workflow",
            handle({ params, json }, { cloud, time }) {
                const workflow = workflowResources.get(cloud, params.workflow ?? "");
                return executions.start(workflow, { argument: JSON.stringify(eventOf(json, time)) });
            },
        },
    ];
}

/** https://cloud.google.com/eventarc/docs/workflows/route-trigger-cloud-pubsub [K: for this method] */
function eventOf({ message, subscription, GCPCloudEventsMode: mode }: Json, time: string): Json {
    if (!isObject(message)) {
        throw invalidArgument("message is required", "message");
    }
    if (typeof subscription !== "string") {
        throw invalidArgument("subscription is required", "subscription");
    }
    if (typeof mode !== "string") {
        throw invalidArgument("GCPCloudEventsMode is required", "GCPCloudEventsMode");
    }
    const { messageId, publishTime = time } = message;
    return {
        specversion: "1.0",
        id: typeof messageId === "string" ? messageId : "",
        type: "google.cloud.pubsub.topic.v1.messagePublished",
        source: `//pubsub.googleapis.com/${subscription}`,
        datacontenttype: "application/json",
        time: publishTime,
        data: { message, subscription },
    };
}
