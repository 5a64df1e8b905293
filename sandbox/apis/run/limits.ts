import { type InstanceSize, sizeProblem } from "../../../common";
import { invalidArgument, type Message } from "../framework";

type Container = Message<"google.cloud.run.v2.Container">;

const MOST_REQUESTS = 1000;
/** https://cloud.google.com/run/docs/configuring/request-timeout */
export const LONGEST_REQUEST = 3600;
/** https://cloud.google.com/run/docs/configuring/task-timeout */
export const LONGEST_TASK = 168 * 3600;

/**
 * Checks what instances of a service get, and how long and how many requests they answer.
 * The words for time, requests and scaling are not Google's [K].
 * @throws ApiError INVALID_ARGUMENT
 */
export function checkLimits(template: Message<"google.cloud.run.v2.RevisionTemplate">): void {
    const { maxInstanceRequestConcurrency: requests = 0, timeout, containers = [], scaling } = template;
    checkTimeout(timeout, LONGEST_REQUEST, "template.timeout");
    if (requests < 0 || requests > MOST_REQUESTS) {
        const field = "template.max_instance_request_concurrency";
        throw invalidArgument(`${field} is ${requests}; it must be 1 to ${MOST_REQUESTS}`, field);
    }
    const { minInstanceCount: least = 0, maxInstanceCount: most = 0 } = scaling ?? {};
    if (least < 0 || most < 0 || (most > 0 && least > most)) {
        const field = "template.scaling";
        throw invalidArgument(
            `${field}: min_instance_count is ${least} and max_instance_count ${most}; neither can be negative, and the first not more than the second`,
            field,
        );
    }
    const isAlwaysAllocated = containers.some(({ resources }) => resources && resources.cpuIdle !== true);
    const isSecondGeneration = template.executionEnvironment === "EXECUTION_ENVIRONMENT_GEN2";
    checkResources(containers, "template.containers", { concurrency: requests, isAlwaysAllocated, isSecondGeneration });
}

/**
 * @param field where containers are in the request
 * @throws ApiError INVALID_ARGUMENT if an instance cannot have this CPU and memory
 */
export function checkResources(
    containers: readonly Container[],
    field: string,
    rest: Omit<InstanceSize, "containers">,
): void {
    const found = sizeProblem({ containers: containers.map(({ resources }) => resources?.limits ?? {}), ...rest });
    if (found) {
        const at = `${field}${found.container === undefined ? "" : `[${found.container}]`}.resources.limits.${found.field}`;
        throw invalidArgument(`${at}: ${found.reason}`, at);
    }
}

/** @throws ApiError INVALID_ARGUMENT if a time is more than the longest, in seconds */
export function checkTimeout(timeout: string | undefined, longest: number, field: string): void {
    const seconds = Number.parseFloat(timeout ?? "0");
    if (seconds < 0 || seconds > longest) {
        throw invalidArgument(`${field} is ${timeout ?? ""}; it must be at most ${longest}s`, field);
    }
}
