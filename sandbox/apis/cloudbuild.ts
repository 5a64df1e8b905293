import { projectNumberOf } from "../iam";
import type { ApiDefinition } from "./framework";

/** Builds are made elsewhere: only which account would make them, which gcloud asks before it deploys a function. */
export const cloudbuild: ApiDefinition = {
    host: "cloudbuild.googleapis.com",
    routes: [
        {
            verb: "GET",
            path: "/v1/projects/{project}/locations/{location}/defaultServiceAccount",
            // The documentation names none.
            permission: undefined,
            handle({ params: { project = "", location = "" } }, { cloud: { settings, store } }) {
                const number = projectNumberOf(project, settings, store);
                return {
                    name: `projects/${number}/locations/${location}/defaultServiceAccount`,
                    serviceAccountEmail: `projects/${project}/serviceAccounts/${number}-compute@developer.gserviceaccount.com`,
                };
            },
        },
    ],
};
