import {
    fromJson,
    isMapValue,
    mapOf,
    type RuntimeMap,
    type RuntimeValue,
    toJson,
    toNumber,
    WorkflowError,
} from "../values";
import type { Callee, Frame } from "../frame";
import { define } from "../library";
import { invoke, givenOrOwnProject } from "./invoke";
import { connectorParams, type ConnectorParams } from "./params";
import { operationError, poll, type PollingPolicy } from "./poll";
import { deadlineIn } from "./request";

const POLICY: PollingPolicy = { initialDelay: 1, multiplier: 1.25, maxDelay: 60 };
const TIMEOUT_SECONDS = 1800;
const PLACE = { location: "string?", project_id: "string?" } as const;

const methods = (version: string): string =>
    `googleapis.workflowexecutions.${version}.projects.locations.workflows.executions`;

/** Functions that start other workflows and wait for their results. */
export const EXECUTION_HELPERS: readonly Callee[] = [
    // https://cloud.google.com/workflows/docs/reference/googleapis/workflowexecutions/v1/projects.locations.workflows.executions/run
    ...["v1", "v1beta"].map((version) =>
        define(
            `${methods(version)}.run`,
            { workflow_id: "string", ...PLACE, argument: "any?", connector_params: "map?" },
            ({ argument, connector_params: given, ...target }, frame) =>
                runExecution(
                    { ...target, name: `${methods(version)}.run` },
                    argument,
                    frame,
                    connectorParams(mapOf({ connector_params: given }), frame),
                ),
            { blocking: true },
        ),
    ),
    // https://cloud.google.com/workflows/docs/reference/stdlib/experimental.executions/run
    define(
        "experimental.executions.run",
        { workflow_id: "string", argument: "any?", timeout: "number?", ...PLACE },
        ({ argument, timeout, ...target }, frame) =>
            experimental(
                runExecution(
                    { ...target, name: "experimental.executions.run" },
                    argument,
                    frame,
                    waitFor(timeout, frame),
                ),
            ),
        { blocking: true },
    ),
    // https://cloud.google.com/workflows/docs/reference/stdlib/experimental.executions/map
    define(
        "experimental.executions.map",
        { workflow_id: "string", arguments: "list", timeout: "number?", ...PLACE },
        async ({ arguments: all, timeout, ...target }, frame) => {
            const wait = waitFor(timeout, frame);
            const named = { ...target, name: "experimental.executions.map" };
            const ended = await Promise.allSettled(
                all.map((argument) => experimental(runExecution(named, argument, frame, wait))),
            );
            return ended.map((each) => {
                if (each.status === "rejected") {
                    throw each.reason;
                }
                return each.value;
            });
        },
        { blocking: true },
    ),
];

interface Target {
    /** The name of the function, as errors say it. */
    name: string;
    workflow_id: string;
    location?: string | undefined;
    project_id?: string | undefined;
}

type Wait = Pick<ConnectorParams, "deadline" | "policy" | "skipPolling">;

function waitFor(seconds: Parameters<typeof toNumber>[0] | undefined, frame: Frame): Wait {
    const deadline = deadlineIn(seconds === undefined ? TIMEOUT_SECONDS : toNumber(seconds), frame);
    return { deadline, policy: POLICY, skipPolling: false };
}

async function runExecution(
    { name: connector, workflow_id, ...target }: Target,
    argument: RuntimeValue | undefined,
    frame: Frame,
    { deadline, policy, skipPolling }: Wait,
): Promise<RuntimeValue> {
    const location = target.location ?? frame.execution.env["GOOGLE_CLOUD_LOCATION"] ?? "";
    const parent = `projects/${givenOrOwnProject(target.project_id, frame)}/locations/${location}/workflows/${workflow_id}`;
    const body = mapOf({ argument: argument === undefined ? undefined : toJson(argument) });
    const started = await invoke(`${methods("v1")}.create`, { parent, body }, frame);
    if (skipPolling) {
        return null;
    }
    const call = { connector, url: parent };
    const state = await poll(
        started,
        (each) => !runs(each),
        policy,
        { frame, deadline, call },
        () => invoke(`${methods("v1")}.get`, { name: started.get("name") ?? "" }, frame),
    );
    const result = state.get("result");
    if (state.get("state") !== "SUCCEEDED") {
        const error = state.get("error");
        const context = isMapValue(error) ? error.get("context") : undefined;
        throw operationError(call, mapOf({ message: typeof context === "string" ? context : "" }), state);
    }
    return typeof result === "string" ? fromJson(result) : null;
}

const runs = (state: RuntimeMap): boolean => ["ACTIVE", "QUEUED"].some((each) => each === state.get("state"));

/** The experimental functions raise `ExecutionError` if an execution failed. */
async function experimental(result: Promise<RuntimeValue>): Promise<RuntimeValue> {
    try {
        return await result;
    } catch (error) {
        if (error instanceof WorkflowError && isMapValue(error.payload) && error.payload.has("operation")) {
            const { message, payload } = error;
            throw new WorkflowError(new Map([...payload, ["tags", ["ExecutionError"]]]), message);
        }
        throw error;
    }
}
