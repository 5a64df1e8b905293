import { failure, isMapValue, mapOf, toJson } from "../values";
import type { Callee, Frame } from "../frame";
import { define, utf8 } from "../library";
import { EXECUTION_HELPERS } from "./executions";
import { GKE_HELPERS } from "./gke";
import { invoke, givenOrOwnProject } from "./invoke";
import { SHELL_HELPERS } from "./shell";

const SECRETS = "googleapis.secretmanager.v1.projects.secrets";

/** Connectors that are no method of the REST APIs: https://cloud.google.com/workflows/docs/reference/googleapis */
export const CONNECTOR_HELPERS: readonly Callee[] = [
    define(
        `${SECRETS}.versions.accessString`,
        { secret_id: "string", version: "any?", project_id: "string?" },
        async ({ secret_id, version = "latest", project_id }, frame) => {
            const number = typeof version === "string" ? version : toJson(version);
            const name = `${secretName(secret_id, project_id, frame)}/versions/${number}`;
            const answer = await invoke(`${SECRETS}.versions.access`, { name }, frame);
            const payload = answer.get("payload");
            const data = isMapValue(payload) ? payload.get("data") : undefined;
            if (typeof data !== "string") {
                throw failure("ResponseTypeError", `the secret version ${name} has no payload`);
            }
            return utf8(Buffer.from(data, "base64"), `${SECRETS}.versions.accessString`);
        },
        { blocking: true },
    ),
    define(
        `${SECRETS}.addVersionString`,
        { secret_id: "string", data: "string", project_id: "string?" },
        ({ secret_id, data, project_id }, frame) =>
            invoke(
                `${SECRETS}.addVersion`,
                {
                    parent: secretName(secret_id, project_id, frame),
                    body: mapOf({ payload: mapOf({ data: Buffer.from(data).toString("base64") }) }),
                },
                frame,
            ),
        { blocking: true },
    ),
    ...EXECUTION_HELPERS,
    ...GKE_HELPERS,
    ...SHELL_HELPERS,
];

function secretName(secret: string, project: string | undefined, frame: Frame): string {
    return `projects/${givenOrOwnProject(project, frame)}/secrets/${secret}`;
}
