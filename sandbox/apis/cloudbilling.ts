import { projectId } from "../iam";
import type { ApiDefinition } from "./framework";

/**
 * Whether a project is billed, which the gcp provider reads of each project that a program looks up. Every project of a
 * sandbox is. https://cloud.google.com/billing/docs/reference/rest/v1/projects/getBillingInfo
 */
export const cloudbilling: ApiDefinition = {
    host: "cloudbilling.googleapis.com",
    scopes: ["cloud-billing", "cloud-billing.readonly"].map((scope) => `https://www.googleapis.com/auth/${scope}`),
    routes: [
        {
            verb: "GET",
            path: "/v1/projects/{project}/billingInfo",
            permission: "resourcemanager.projects.get",
            resourceType: "cloudresourcemanager.googleapis.com/Project",
            resource: ({ params }) => `projects/${params.project ?? ""}`,
            handle: ({ params: { project = "" } }, { cloud: { settings, store } }) => ({
                name: `projects/${projectId(project, settings, store)}/billingInfo`,
                projectId: projectId(project, settings, store),
                billingAccountName: "billingAccounts/000000-000000-000000",
                billingEnabled: true,
            }),
        },
    ],
};
