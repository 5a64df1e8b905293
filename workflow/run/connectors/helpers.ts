import { failure } from "../errors";
import type { Frame } from "../frame";
import type { HttpCall } from "../host";
import { fromJson, toJson } from "../json";
import { define } from "../library/define";
import { utf8 } from "../library/text";
import type { Callee } from "../signature";
import { isMapValue, mapOf, type RuntimeMap, type RuntimeValue } from "../value";
import { callMethod } from "./call";
import { operationError } from "./poll";
import { pause } from "./request";
import { findMethod } from "./table";

const SECRETS = "googleapis.secretmanager.v1.projects.secrets";
const EXECUTIONS = "googleapis.workflowexecutions.v1.projects.locations.workflows.executions";
const POLL = { initial: 1, multiplier: 1.25, max: 60 };

/** Methods of connectors that the REST APIs do not have: https://cloud.google.com/workflows/docs/reference/googleapis */
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
    define(
        `${EXECUTIONS}.run`,
        {
            workflow_id: "string",
            location: "string?",
            project_id: "string?",
            argument: "any?",
            connector_params: "map?",
        },
        (args, frame) => runExecution(args, frame),
        { blocking: true },
    ),
];

interface RunArguments {
    workflow_id: string;
    location?: string | undefined;
    project_id?: string | undefined;
    argument?: RuntimeValue | undefined;
}

/** Starts another workflow and waits for its result. */
async function runExecution(args: RunArguments, frame: Frame): Promise<RuntimeValue> {
    const location = args.location ?? frame.execution.env["GOOGLE_CLOUD_LOCATION"] ?? "";
    const parent = `projects/${projectOf(args.project_id, frame)}/locations/${location}/workflows/${args.workflow_id}`;
    const body = mapOf({ argument: args.argument === undefined ? undefined : toJson(args.argument) });
    let state = await invoke(`${EXECUTIONS}.create`, { parent, body }, frame);
    const name = state.get("name");
    const call: HttpCall = {
        method: "GET",
        url: parent,
        headers: {},
        timeoutSeconds: 1800,
        connector: `${EXECUTIONS}.run`,
    };
    const deadline = { end: frame.execution.host.now() + 31_536_000_000, seconds: 31_536_000 };
    for (let delay = POLL.initial; runs(state); delay = Math.min(delay * POLL.multiplier, POLL.max)) {
        await pause(delay, frame, deadline, call);
        state = await invoke(`${EXECUTIONS}.get`, { name: name ?? "" }, frame);
    }
    const result = state.get("result");
    if (state.get("state") !== "SUCCEEDED") {
        const error = state.get("error");
        const context = isMapValue(error) ? error.get("context") : undefined;
        throw operationError(call, mapOf({ message: typeof context === "string" ? context : "" }), state);
    }
    return typeof result === "string" ? fromJson(result) : null;
}

const runs = (state: RuntimeMap): boolean => ["ACTIVE", "QUEUED"].some((each) => each === state.get("state"));

function secretName(secret: string, project: string | undefined, frame: Frame): string {
    return `projects/${projectOf(project, frame)}/secrets/${secret}`;
}

function projectOf(project: string | undefined, frame: Frame): string {
    return project ?? frame.execution.env["GOOGLE_CLOUD_PROJECT_ID"] ?? "";
}

async function invoke(name: string, args: Record<string, RuntimeValue>, frame: Frame): Promise<RuntimeMap> {
    const method = findMethod(name);
    const answer = method && (await callMethod(method, mapOf(args), frame));
    if (!isMapValue(answer)) {
        throw failure("ResponseTypeError", `${name} answered with something else than a JSON object`);
    }
    return answer;
}
