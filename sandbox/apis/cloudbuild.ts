import { projectNumberOf } from "../iam";
import type { ApiDefinition } from "./framework";

/** Answers which account would build. gcloud asks that before it deploys a function; the sandbox itself builds nothing. */
export const cloudbuild: ApiDefinition = {
    host: "cloudbuild.googleapis.com",
    routes: [
        {
            verb: "GET",
            path: "/v1/projects/{project}/locations/{location}/defaultServiceAccount",
            // The documentation names no permission.
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
