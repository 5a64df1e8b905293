import { toJson, withoutCredentials, type CallEvent, type RuntimeValue } from "../../../workflow";
import { type Workflow, writeLog } from "../../apis";
import type { Cloud } from "../../cloud";
import { payloadOf } from "./history";

/** The execution that a log entry is about. */
export interface Logged {
    /** `projects/P/locations/L/workflows/W`. */
    workflow: string;
    revision: string;
    /** `projects/P/locations/L/workflows/W/executions/E`. */
    execution: string;
}

export function loggedOf({ name, revisionId }: Workflow, execution: string): Logged {
    return { workflow: name, revision: revisionId, execution };
}

/** `Workflows` has what `sys.log` writes, `workflows.googleapis.com/…` what Workflows itself logs. */
type LogName = "Workflows" | "workflows.googleapis.com%2Fengine_call" | "workflows.googleapis.com%2Fexecutions_system";

/** Writes an entry of an execution to the log. https://cloud.google.com/workflows/docs/log-workflow */
export function writeExecutionLog(
    cloud: Cloud,
    { workflow, revision, execution }: Logged,
    log: LogName,
    entry: { severity: string } & ({ textPayload: string } | { jsonPayload: unknown }),
): void {
    const [, project = "", , location = "", , id = ""] = workflow.split("/");
    writeLog(cloud, [
        {
            logName: `projects/${project}/logs/${log}`,
            resource: { type: "workflows.googleapis.com/Workflow", labels: { workflow_id: id, location } },
            labels: {
                "workflows.googleapis.com/execution_id": idOf(execution),
                "workflows.googleapis.com/revision_id": revision,
            },
            ...entry,
        },
    ]);
}

/**
 * Logs call steps by the level of the execution, or else of its workflow. Undefined if that level logs nothing.
 * The entries are Google's `EngineCallLog`.
 * https://github.com/googleapis/googleapis/blob/master/google/cloud/workflows/type/engine_call.proto
 */
export function callLog(cloud: Cloud, logged: Logged, level: unknown): ((event: CallEvent) => void) | undefined {
    if (level !== "LOG_ALL_CALLS" && level !== "LOG_ERRORS_ONLY") {
        return undefined;
    }
    return (event) => {
        if (level === "LOG_ERRORS_ONLY" && event.phase !== "raised") {
            return;
        }
        writeExecutionLog(cloud, logged, "workflows.googleapis.com%2Fengine_call", {
            severity: event.phase === "raised" ? "ERROR" : "INFO",
            jsonPayload: {
                "@type": "type.googleapis.com/google.cloud.workflows.type.EngineCallLog",
                executionId: idOf(logged.execution),
                activityTime: new Date(event.at).toISOString(),
                step: event.step.name,
                callee: event.callee,
                ...detailsOf(event),
            },
        });
    };
}

function detailsOf(event: CallEvent): Record<string, unknown> {
    if (event.phase === "begun") {
        const args = withoutCredentials(event.callee, event.args);
        return args instanceof Map
            ? {
                  state: "BEGUN",
                  begun: { namedArgs: Object.fromEntries(Array.from(args, ([k, v]) => [k, parsedJson(v)])) },
              }
            : {
                  state: "BEGUN",
                  begun: { args: (Array.isArray(args) ? args : []).map((v) => ({ argument: json(v) })) },
              };
    }
    const callStartTime = new Date(event.startedAt).toISOString();
    return event.phase === "succeeded"
        ? {
              state: "SUCCEEDED",
              succeeded: {
                  callStartTime,
                  response: json(withoutCredentials(event.callee, event.response)),
              },
          }
        : { state: "EXCEPTION_RAISED", exceptionRaised: { callStartTime, exception: payloadOf(event.error) } };
}

function json(value: RuntimeValue): string {
    try {
        return toJson(value);
    } catch {
        return '"bytes"';
    }
}

const parsedJson = (value: RuntimeValue): unknown => JSON.parse(json(value)) as unknown;

const idOf = (name: string): string => name.slice(name.lastIndexOf("/") + 1);
