import type { RestType } from "../rest";

/** `gcp.projects.IAMCustomRole`. https://cloud.google.com/iam/docs/reference/rest/v1/projects.roles */
export const customRole: RestType = {
    token: "gcp:projects/iAMCustomRole:IAMCustomRole",
    base: "https://iam.googleapis.com/v1/",
    id: "projects/{project}/roles/{roleId}",
    create: "projects/{project}/roles",
    update: "mask",
    defaults: { stage: "GA" },
    notSent: ["roleId"],
    rename: { permissions: "includedPermissions" },
    toBody: (body, inputs, purpose) => (purpose === "create" ? { roleId: inputs["roleId"] ?? null, role: body } : body),
};
