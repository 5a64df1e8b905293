import type { RestType } from "../rest";

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
    notSent: ["desiredState"],
    after: async (http, path, inputs, purpose, old) => {
        const paused = inputs["desiredState"] === "PAUSED";
        if (paused !== (purpose === "update" && old?.["desiredState"] === "PAUSED")) {
            await http.call("POST", `${path}:${paused ? "pause" : "resume"}`, {});
        }
    },
};
