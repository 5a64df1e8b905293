import { asText, isObject, type Properties } from "../../values";
import type { RestType } from "../rest";

/** `gcp.pubsub.Topic`. https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.topics */
export const topic: RestType = {
    token: "gcp:pubsub/topic:Topic",
    base: "https://pubsub.googleapis.com/v1/",
    id: "projects/{project}/topics/{name}",
    create: "projects/{project}/topics/{name}",
    createMethod: "PUT",
    update: "mask",
    autoName: { property: "name", maximum: 255 },
    shortNames: ["name"],
    toBody: (body, _, purpose, mask) => (purpose === "create" ? body : { topic: body, updateMask: mask }),
};

/** `gcp.pubsub.Subscription`. https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions */
export const subscription: RestType = {
    token: "gcp:pubsub/subscription:Subscription",
    base: "https://pubsub.googleapis.com/v1/",
    id: "projects/{project}/subscriptions/{name}",
    create: "projects/{project}/subscriptions/{name}",
    createMethod: "PUT",
    update: "mask",
    autoName: { property: "name", maximum: 255 },
    defaults: { messageRetentionDuration: "604800s" },
    shortNames: ["name"],
    toBody: (body, inputs, purpose, mask) => {
        const whole: Properties = { ...body, topic: topicPath(inputs) };
        const expiration = whole["expirationPolicy"];
        // A subscription that never expires has an empty text as its lifetime in the provider, and an empty policy in the API.
        if (isObject(expiration) && expiration["ttl"] === "") {
            whole["expirationPolicy"] = {};
        }
        return purpose === "create" ? whole : { subscription: whole, updateMask: mask };
    },
    toOutputs: (outputs, remote) => {
        const expiration = remote["expirationPolicy"];
        return isObject(expiration) && expiration["ttl"] === undefined
            ? { ...outputs, expirationPolicy: { ttl: "" } }
            : outputs;
    },
};

function topicPath(inputs: Properties): string {
    const given = asText(inputs["topic"]);
    return given.includes("/") ? given : `projects/${asText(inputs["project"])}/topics/${given}`;
}
