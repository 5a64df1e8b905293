import { defined } from "../../../common";
import { toPlain, type RuntimeValue, type StepEvent, type StepInfo } from "../../../workflow";
import type { Json } from "../../apis";

/** A step that an execution went through. */
export interface Entry {
    number: number;
    step: StepInfo;
    created: number;
    updated: number;
    state: "IN_PROGRESS" | "SUCCEEDED" | "FAILED" | "CANCELLED";
    exception?: string;
    parent?: number;
    progress?: NonNullable<StepEvent["progress"]>;
    variables?: Json;
}

/** The entries before, after and inside an entry. */
interface Neighbours {
    previous: number | undefined;
    next: number | undefined;
    children: readonly number[];
}

const TYPES: Readonly<Record<string, string>> = {
    assign: "STEP_ASSIGN",
    switch: "STEP_SWITCH",
    for: "STEP_FOR",
    parallel: "STEP_PARALLEL_BRANCH",
    "parallel for": "STEP_PARALLEL_FOR",
    try: "STEP_TRY_RETRY_EXCEPT",
    raise: "STEP_RAISE",
    return: "STEP_RETURN",
    next: "STEP_GOTO",
};

/** An entry as the API answers it. https://cloud.google.com/workflows/docs/reference/executions/rest/v1/projects.locations.workflows.executions.stepEntries */
export function printEntry(execution: string, entry: Entry, { previous, next, children }: Neighbours): Json {
    const { number, step, parent, progress, exception, variables } = entry;
    const stepType = step.callee === undefined ? TYPES[step.kind] : callType(step.callee);
    return {
        name: `${execution}/stepEntries/${number}`,
        createTime: new Date(entry.created).toISOString(),
        updateTime: new Date(entry.updated).toISOString(),
        routine: step.routine,
        step: step.name,
        ...defined({ stepType }),
        state: `STATE_${entry.state}`,
        ...(exception !== undefined && { exception: { payload: exception } }),
        entryId: String(number),
        navigationInfo: {
            ...(parent !== undefined && { parent: String(parent) }),
            ...(previous !== undefined && { previous: String(previous) }),
            ...(next !== undefined && { next: String(next) }),
            ...(children.length > 0 && { children: children.map(String) }),
        },
        ...(progress && {
            stepEntryMetadata: {
                progressType: `PROGRESS_TYPE_${progress.kind.toUpperCase().replace(" ", "_")}`,
                progressNumber: String(progress.number),
                expectedIteration: String(progress.of),
            },
        }),
        ...(variables && { variableData: { variables } }),
    };
}

/** A value is kept if it has at most so many characters as JSON. */
const LARGEST = 1000;

/** The values that a step set, as far as they are kept. */
export function shownVariables(variables: ReadonlyMap<string, RuntimeValue>): Json {
    const keptValue = (value: RuntimeValue): unknown => {
        const text = value instanceof Uint8Array ? undefined : JSON.stringify(toPlain(value), exact);
        return text === undefined || text.length > LARGEST ? "…" : (JSON.parse(text) as unknown);
    };
    return Object.fromEntries(Array.from(variables, ([name, value]) => [name, keptValue(value)]));
}

/** Integers that a reader of JSON would round become texts, as in Google's APIs. */
const exact = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);

function callType(callee: string): string {
    if (callee.startsWith("googleapis.")) {
        return "STEP_CONNECTOR_CALL";
    }
    return callee.includes(".") ? "STEP_STD_LIB_CALL" : "STEP_SUBWORKFLOW_CALL";
}
