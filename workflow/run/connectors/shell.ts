import { failure, mapOf, type RuntimeValue } from "../values";
import type { Callee, Frame } from "../frame";
import { define, utf8 } from "../library";
import { invoke, givenOrOwnProject } from "./invoke";
import { valueAt } from "./watch";

/**
 * Functions that run a command in Cloud Build, as the documented sample does [K: the functions are not documented]:
 * https://cloud.google.com/workflows/docs/samples/workflows-cloud-build-run-gcloud
 */
export const SHELL_HELPERS: readonly Callee[] = [
    shell("gcloud", "gcr.io/google.com/cloudsdktool/cloud-sdk"),
    shell("kubectl", "gcr.io/cloud-builders/kubectl"),
];

function shell(command: string, image: string): Callee {
    const name = `shell.${command}`;
    return define(
        name,
        { args: "any", location: "string?", skip_logging: "boolean?", env: "list?" },
        async ({ args, location = "global", skip_logging: silent = false, env = [] }, frame) => {
            const project = givenOrOwnProject(undefined, frame);
            const build = mapOf({
                options: mapOf({ logging: silent ? "NONE" : "CLOUD_LOGGING_ONLY" }),
                serviceAccount: serviceAccount(project, frame),
                steps: [
                    mapOf({
                        name: image,
                        entrypoint: "/bin/bash",
                        env,
                        args: ["-c", `${command} ${commandLine(args, name)} > $$BUILDER_OUTPUT/output`],
                    }),
                ],
            });
            const operation = await invoke(
                "googleapis.cloudbuild.v1.projects.locations.builds.create",
                { parent: `projects/${project}/locations/${location}`, body: build },
                frame,
            );
            return lines(operation.get("metadata"), name);
        },
        { blocking: true },
    );
}

/** A command that is given as one text or as a list of words. */
function commandLine(args: RuntimeValue, name: string): string {
    const all = Array.isArray(args) ? args : [args];
    const texts = all.filter((each) => typeof each === "string");
    if (texts.length < all.length) {
        throw failure("TypeError", `${name}: args must be a string or a list of strings`);
    }
    return texts.join(" ");
}

function serviceAccount(project: string, { execution: { env } }: Frame): string {
    return `projects/${project}/serviceAccounts/${env["GOOGLE_CLOUD_SERVICE_ACCOUNT_NAME"] ?? ""}`;
}

/** The lines that the only step of a build wrote. */
function lines(metadata: RuntimeValue | undefined, name: string): RuntimeValue {
    const outputs = valueAt(metadata, "build", "results", "buildStepOutputs");
    const [output] = Array.isArray(outputs) ? outputs : [];
    if (typeof output !== "string") {
        throw failure("ResponseTypeError", `${name}: the build has no output`);
    }
    return utf8(Buffer.from(output, "base64"), name).split("\n");
}
