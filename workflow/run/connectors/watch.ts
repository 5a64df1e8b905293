import { isMapValue, mapOf, type RuntimeMap, type RuntimeValue } from "../values";
import type { Method, Polling } from "./table";

/** How to follow what a method started: where its state is, whether it has ended, and what went wrong. */
export interface Watch {
    url: (started: RuntimeMap, origin: string, method: Method) => string;
    isDone: (state: RuntimeMap) => boolean;
    error: (state: RuntimeMap) => RuntimeValue | undefined;
}

/** The text below these keys, or an empty text. */
export function textAt(map: RuntimeValue | undefined, ...keys: string[]): string {
    const found = valueAt(map, ...keys);
    return typeof found === "string" ? found : "";
}

/** The value below these keys; undefined if it is null or missing. */
export function valueAt(map: RuntimeValue | undefined, ...keys: string[]): RuntimeValue | undefined {
    let found: RuntimeValue | undefined = map;
    for (const key of keys) {
        found = isMapValue(found) ? found.get(key) : undefined;
    }
    return found ?? undefined;
}

const byName = (started: RuntimeMap, origin: string, { version }: Method): string =>
    `${origin}/${version}/${textAt(started, "name")}`;

/** A job with a state of its own. It has ended in each of the states `ends`; the first of them means success. */
function job(url: Watch["url"], path: readonly string[], ends: readonly string[]): Watch {
    const stateOf = (state: RuntimeMap): string => textAt(state, ...path);
    return {
        url,
        isDone: (state) => ends.includes(stateOf(state)),
        error: (state) =>
            stateOf(state) === ends[0]
                ? undefined
                : (valueAt(state, "error") ?? mapOf({ message: `it ended as ${stateOf(state)}` })),
    };
}

/** How to follow each kind. */
export const WATCHES: Readonly<Record<Polling, Watch>> = {
    operation: {
        url: byName,
        isDone: (state) => state.get("done") === true,
        error: (state) => valueAt(state, "error") ?? failedExecution(valueAt(state, "response")),
    },
    status: {
        // The host that was called is kept: selfLink may name www.googleapis.com for the same service.
        url: (started, origin) => {
            const link = textAt(started, "selfLink");
            return URL.canParse(link) ? origin + new URL(link).pathname : "";
        },
        isDone: (state) => state.get("status") === "DONE",
        error: (state) => valueAt(state, "error"),
    },
    job: {
        url: (started, origin) => {
            const [project, id, location] = ["projectId", "jobId", "location"].map((key) =>
                textAt(started, "jobReference", key),
            );
            return `${origin}/bigquery/v2/projects/${project ?? ""}/jobs/${id ?? ""}${location ? `?location=${location}` : ""}`;
        },
        isDone: (state) => textAt(state, "status", "state") === "DONE",
        error: (state) => valueAt(state, "status", "errorResult"),
    },
    dataflow: job(
        (started, origin) =>
            `${origin}/v1b3/projects/${textAt(started, "projectId")}/locations/${textAt(started, "location")}/jobs/${textAt(started, "id")}`,
        ["currentState"],
        ["DONE", "FAILED", "CANCELLED", "UPDATED", "DRAINED"].map((end) => `JOB_STATE_${end}`),
    ),
    batch: job(byName, ["status", "state"], ["SUCCEEDED", "FAILED", "CANCELLED"]),
    state: job(
        byName,
        ["state"],
        ["SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED", "PARTIALLY_SUCCEEDED"].map((end) => `JOB_STATE_${end}`),
    ),
    // Cloud Run's older API answers a resource of Knative, whose conditions say how far it is.
    condition: {
        url: (started, origin) => {
            const kind = textAt(started, "kind").toLowerCase();
            const [namespace, name] = [textAt(started, "metadata", "namespace"), textAt(started, "metadata", "name")];
            return `${origin}/apis/${textAt(started, "apiVersion")}/namespaces/${namespace}/${kind}s/${name}`;
        },
        // A resource without conditions is ready, but an execution without conditions has not begun.
        isDone: (state) =>
            textAt(condition(state), "status") !== "Unknown" &&
            (condition(state) !== undefined || textAt(state, "kind") !== "Execution"),
        error: (state) => (textAt(condition(state), "status") === "False" ? condition(state) : undefined),
    },
};

/**
 * The condition that says why an execution of a Cloud Run job failed. The operation itself has no error then.
 * https://cloud.google.com/run/docs/reference/rest/v2/Condition
 */
function failedExecution(response: RuntimeValue | undefined): RuntimeValue | undefined {
    const isExecution =
        textAt(response, "@type").endsWith(".Execution") ||
        /\/jobs\/[^/]+\/executions\//.test(textAt(response, "name"));
    const all = isExecution ? valueAt(response, "conditions") : undefined;
    return Array.isArray(all)
        ? all.find((each) => textAt(each, "type") === "Completed" && textAt(each, "state") === "CONDITION_FAILED")
        : undefined;
}

function condition(state: RuntimeMap): RuntimeValue | undefined {
    return findWithType(state, textAt(state, "kind") === "Execution" ? "Completed" : "Ready");
}

/** The condition with a type, in a resource of Kubernetes. */
export function findWithType(resource: RuntimeMap, type: string): RuntimeValue | undefined {
    const all = valueAt(resource, "status", "conditions");
    return Array.isArray(all) ? all.find((each) => textAt(each, "type") === type) : undefined;
}
