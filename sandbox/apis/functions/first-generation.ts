import type { Cloud } from "../../cloud";
import { Resources, shortName, type Stored } from "../framework";

/** A function of the first generation: invoked by `roles/cloudfunctions.invoker` on itself. */
export type FunctionV1 = Stored<"google.cloud.functions.v1.CloudFunction">;

export const functionsV1 = new Resources<FunctionV1>(
    "cloudfunctions.v1functions",
    "google.cloud.functions.v1.CloudFunction",
);

/** Why a function of the first generation does not serve, by its name. Only the second version of the API tells it. */
const problems = new Resources<{ name: string; message: string }>("cloudfunctions.v1problems");

/**
 * Keeps with a function whether its code could be loaded.
 * https://cloud.google.com/functions/1stgendocs/reference/rest/v1/CloudFunctionStatus
 * @param problem Why it cannot start; undefined if it has started.
 */
export function setServing(cloud: Cloud, name: string, problem?: string): void {
    const fn = functionsV1.find(cloud, name);
    const status = problem === undefined ? "ACTIVE" : "OFFLINE";
    if (fn === undefined || (fn.status === status && problems.find(cloud, name)?.message === problem)) {
        return;
    }
    functionsV1.put(cloud, name, { ...fn, status });
    if (problem === undefined) {
        problems.delete(cloud, name);
    } else {
        problems.put(cloud, name, { name, message: `Function '${shortName(name)}' failed on loading. ${problem}` });
    }
}

/**
 * A function of the first generation as the second version of the API shows it [K].
 * https://cloud.google.com/functions/docs/reference/rest/v2/projects.locations.functions#Environment
 */
export function inSecondVersion(cloud: Cloud, name: string): Stored<"google.cloud.functions.v2.Function"> | undefined {
    const fn = functionsV1.find(cloud, name);
    const message = problems.find(cloud, name)?.message;
    return (
        fn && {
            name,
            environment: "GEN_1",
            state: message === undefined ? "ACTIVE" : "FAILED",
            ...(message !== undefined && {
                stateMessages: [{ severity: "ERROR", type: "HealthCheckFailed", message }],
            }),
            url: fn.httpsTrigger?.url ?? "",
        }
    );
}
