import { isObject, type Properties, text, type Value } from "../../values";
import type { RestType } from "../rest";

/** `gcp.cloudscheduler.Job`. https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs */
export const schedulerJob: RestType = {
    token: "gcp:cloudscheduler/job:Job",
    base: "https://cloudscheduler.googleapis.com/v1/",
    id: "projects/{project}/locations/{region}/jobs/{name}",
    create: "projects/{project}/locations/{region}/jobs",
    update: "none",
    autoName: { property: "name", maximum: 500 },
    bodyName: "full",
    defaults: { attemptDeadline: "180s" },
    shortNames: ["name"],
    local: ["paused"],
    // The provider leaves the default deadline out, and does not announce it either.
    foreseen: ({ attemptDeadline }, old) =>
        attemptDeadline === "180s" && old === undefined ? { attemptDeadline: null } : {},
    send: ({ attemptDeadline, ...body }) =>
        attemptDeadline === "180s" || attemptDeadline === undefined ? body : { ...body, attemptDeadline },
    // A job comes enabled and is resumed all the same, or paused; later only where that changed.
    after: async (http, path, inputs, purpose, old) => {
        const paused = inputs["paused"] === true;
        if (purpose === "create" || paused !== (old?.["paused"] === true)) {
            await http.call("POST", `${path}:${paused ? "pause" : "resume"}`, {});
        }
    },
    received: (outputs, remote) => ({
        ...outputs,
        paused: remote["state"] === "PAUSED",
        ...(isObject(outputs["httpTarget"]) && { httpTarget: withoutOwnHeaders(outputs["httpTarget"]) }),
    }),
};

/** A target without the headers that Scheduler itself adds to a job; the provider does not show them. */
function withoutOwnHeaders(target: Properties): Properties {
    const { headers } = target;
    if (!isObject(headers)) {
        return target;
    }
    const own = (key: string, value: Value): boolean =>
        /^(X-Google-|X-AppEngine-|Content-Length)/.test(key) ||
        (key === "User-Agent" && value === "Google-Cloud-Scheduler") ||
        (key === "Content-Type" && value === "application/octet-stream");
    const given = Object.entries(headers).filter(([key, value]) => !own(key, value));
    return { ...target, headers: given.length === 0 ? null : Object.fromEntries(given) };
}

/** `gcp.cloudtasks.Queue`. https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues */
export const taskQueue: RestType = {
    token: "gcp:cloudtasks/queue:Queue",
    base: "https://cloudtasks.googleapis.com/v2/",
    id: "projects/{project}/locations/{location}/queues/{name}",
    create: "projects/{project}/locations/{location}/queues",
    update: "mask",
    autoName: { property: "name", maximum: 100 },
    bodyName: "full",
    defaults: { desiredState: "RUNNING" },
    shortNames: ["name"],
    local: ["desiredState"],
    after: async (http, path, inputs, purpose, old) => {
        const paused = inputs["desiredState"] === "PAUSED";
        if (paused !== (purpose === "update" && old?.["desiredState"] === "PAUSED")) {
            await http.call("POST", `${path}:${paused ? "pause" : "resume"}`, {});
        }
    },
};

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
    send: (body, _, purpose, mask) => (purpose === "create" ? body : { topic: body, updateMask: mask }),
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
    send: (body, inputs, purpose, mask) => {
        const whole: Properties = { ...body, topic: topicPath(inputs) };
        const expiration = whole["expirationPolicy"];
        // An empty lifetime is none: what never expires has a policy that says nothing.
        if (isObject(expiration) && expiration["ttl"] === "") {
            whole["expirationPolicy"] = {};
        }
        return purpose === "create" ? whole : { subscription: whole, updateMask: mask };
    },
    received: (outputs, remote) => {
        const expiration = remote["expirationPolicy"];
        return isObject(expiration) && expiration["ttl"] === undefined
            ? { ...outputs, expirationPolicy: { ttl: "" } }
            : outputs;
    },
};

function topicPath(inputs: Properties): string {
    const given = text(inputs["topic"]);
    return given.includes("/") ? given : `projects/${text(inputs["project"])}/topics/${given}`;
}
