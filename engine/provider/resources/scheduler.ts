import { isObject, type Properties, type Value } from "../../values";
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
    notSent: ["paused"],
    // The provider does not send the default deadline, and does not show it in a preview.
    plannedOutputs: ({ attemptDeadline }, old) =>
        attemptDeadline === "180s" && old === undefined ? { attemptDeadline: null } : {},
    toBody: ({ attemptDeadline, ...body }) =>
        attemptDeadline === "180s" || attemptDeadline === undefined ? body : { ...body, attemptDeadline },
    // The provider resumes or pauses every new job, and later only if this has changed.
    after: async (http, path, inputs, purpose, old) => {
        const paused = inputs["paused"] === true;
        if (purpose === "create" || paused !== (old?.["paused"] === true)) {
            await http.call("POST", `${path}:${paused ? "pause" : "resume"}`, {});
        }
    },
    toOutputs: (outputs, remote) => ({
        ...outputs,
        paused: remote["state"] === "PAUSED",
        ...(isObject(outputs["httpTarget"]) && { httpTarget: withoutAddedHeaders(outputs["httpTarget"]) }),
    }),
};

/** A target without the headers that Scheduler itself adds to a job, which the provider does not show. */
function withoutAddedHeaders(target: Properties): Properties {
    const { headers } = target;
    if (!isObject(headers)) {
        return target;
    }
    const isAdded = (key: string, value: Value): boolean =>
        /^(X-Google-|X-AppEngine-|Content-Length)/.test(key) ||
        (key === "User-Agent" && value === "Google-Cloud-Scheduler") ||
        (key === "Content-Type" && value === "application/octet-stream");
    const given = Object.entries(headers).filter(([key, value]) => !isAdded(key, value));
    return { ...target, headers: given.length === 0 ? null : Object.fromEntries(given) };
}
