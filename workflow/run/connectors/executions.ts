import { WorkflowError } from "../errors";
import type { Frame } from "../frame";
import type { HttpCall } from "../host";
import { fromJson, toJson } from "../json";
import { define } from "../library/define";
import { toNumber } from "../operators";
import type { Callee } from "../signature";
import { isMapValue, mapOf, type RuntimeMap, type RuntimeValue } from "../value";
import { invoke, projectOf } from "./invoke";
import { operationError } from "./poll";
import { pause, type Deadline } from "./request";

const EXECUTIONS = "googleapis.workflowexecutions.v1.projects.locations.workflows.executions";
const POLL = { initial: 1, multiplier: 1.25, max: 60 };
const TIMEOUT_SECONDS = 1800;
const YEAR_SECONDS = 31_536_000;

const PLACE = { location: "string?", project_id: "string?" } as const;

/** Functions that start other workflows and wait for their results. */
export const EXECUTION_HELPERS: readonly Callee[] = [
    define(
        `${EXECUTIONS}.run`,
        { workflow_id: "string", ...PLACE, argument: "any?", connector_params: "map?" },
        ({ argument, ...target }, frame) =>
            runExecution({ ...target, name: `${EXECUTIONS}.run` }, argument, frame, within(YEAR_SECONDS, frame)),
        { blocking: true },
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
                    within(timeout === undefined ? TIMEOUT_SECONDS : toNumber(timeout), frame),
                ),
            ),
        { blocking: true },
    ),
    // https://cloud.google.com/workflows/docs/reference/stdlib/experimental.executions/map
    define(
        "experimental.executions.map",
        { workflow_id: "string", arguments: "list", timeout: "number?", ...PLACE },
        async ({ arguments: all, timeout, ...target }, frame) => {
            const deadline = within(timeout === undefined ? TIMEOUT_SECONDS : toNumber(timeout), frame);
            const named = { ...target, name: "experimental.executions.map" };
            const ended = await Promise.allSettled(
                all.map((argument) => experimental(runExecution(named, argument, frame, deadline))),
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
    /** The function's name, for errors. */
    name: string;
    workflow_id: string;
    location?: string | undefined;
    project_id?: string | undefined;
}

function within(seconds: number, frame: Frame): Deadline {
    return { end: frame.execution.host.now() + seconds * 1000, seconds };
}

async function runExecution(
    { name: connector, workflow_id, ...target }: Target,
    argument: RuntimeValue | undefined,
    frame: Frame,
    deadline: Deadline,
): Promise<RuntimeValue> {
    const location = target.location ?? frame.execution.env["GOOGLE_CLOUD_LOCATION"] ?? "";
    const parent = `projects/${projectOf(target.project_id, frame)}/locations/${location}/workflows/${workflow_id}`;
    const body = mapOf({ argument: argument === undefined ? undefined : toJson(argument) });
    let state = await invoke(`${EXECUTIONS}.create`, { parent, body }, frame);
    const name = state.get("name") ?? "";
    const call: HttpCall = { method: "GET", url: parent, headers: {}, timeoutSeconds: TIMEOUT_SECONDS, connector };
    for (let delay = POLL.initial; runs(state); delay = Math.min(delay * POLL.multiplier, POLL.max)) {
        await pause(delay, frame, deadline, call);
        state = await invoke(`${EXECUTIONS}.get`, { name }, frame);
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

/** The experimental functions raise `ExecutionError` for an execution that failed. */
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
