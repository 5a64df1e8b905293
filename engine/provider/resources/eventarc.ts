import type { RestType } from "../rest";

/** `gcp.eventarc.Trigger`. https://cloud.google.com/eventarc/docs/reference/rest/v1/projects.locations.triggers */
export const eventTrigger: RestType = {
    token: "gcp:eventarc/trigger:Trigger",
    base: "https://eventarc.googleapis.com/v1/",
    id: "projects/{project}/locations/{location}/triggers/{name}",
    create: "projects/{project}/locations/{location}/triggers?triggerId={name}",
    update: "mask",
    autoName: { property: "name", maximum: 63 },
    bodyName: "full",
    shortNames: ["name"],
    rename: { matchingCriterias: "eventFilters", "TriggerDestination.cloudRunService": "cloudRun" },
};
