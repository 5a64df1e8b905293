import type { RestType } from "../rest";

/** `gcp.workflows.Workflow`. https://cloud.google.com/workflows/docs/reference/rest/v1/projects.locations.workflows */
export const workflow: RestType = {
    token: "gcp:workflows/workflow:Workflow",
    base: "https://workflows.googleapis.com/v1/",
    id: "projects/{project}/locations/{region}/workflows/{name}",
    create: "projects/{project}/locations/{region}/workflows?workflowId={name}",
    update: "mask",
    autoName: { property: "name", maximum: 64 },
    bodyName: "short",
    outputDefaults: { deletionProtection: true },
    protectedAs: "workflow",
    shortNames: ["name"],
    notSent: ["namePrefix"],
};
