import { type InstanceSize, sizeProblem, templateProblem } from "../../../common";
import { invalidArgument, labelProblem, type Message } from "../framework";

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
    checkInstance(template, "service", "template");
    checkTimeout(timeout, LONGEST_REQUEST, "template.timeout");
    if (requests < 0 || requests > MOST_REQUESTS) {
        const field = "template.max_instance_request_concurrency";
        throw invalidArgument(`${field} is ${requests}; it must be 1 to ${MOST_REQUESTS}`, field);
    }
    checkCounts(scaling?.minInstanceCount, scaling?.maxInstanceCount, "template.scaling");
    const isAlwaysAllocated = containers.some(({ resources }) => resources && resources.cpuIdle !== true);
    const isSecondGeneration = template.executionEnvironment === "EXECUTION_ENVIRONMENT_GEN2";
    checkResources(containers, "template.containers", { concurrency: requests, isAlwaysAllocated, isSecondGeneration });
}

/**
 * Checks the instances of a whole service, whose revisions together have its least.
 * https://cloud.google.com/run/docs/configuring/min-instances
 * @throws ApiError INVALID_ARGUMENT
 */
export function checkScaling({ scaling, template }: Partial<Message<"google.cloud.run.v2.Service">>): void {
    const most = scaling?.maxInstanceCount || template?.scaling?.maxInstanceCount;
    checkCounts(scaling?.minInstanceCount, most, "scaling");
}

function checkCounts(least = 0, most = 0, field: string): void {
    if (least < 0 || most < 0 || (most > 0 && least > most)) {
        throw invalidArgument(
            `${field}: min_instance_count is ${least} and max_instance_count ${most}; neither can be negative, and the first not more than the second`,
            field,
        );
    }
}

/**
 * @param at where the template is in the request
 * @throws ApiError INVALID_ARGUMENT if Cloud Run has no such instances
 */
export function checkInstance(
    template: Message<"google.cloud.run.v2.TaskTemplate" | "google.cloud.run.v2.RevisionTemplate">,
    kind: Parameters<typeof templateProblem>[1],
    at: string,
): void {
    const found = templateProblem(template, kind);
    if (found) {
        throw invalidArgument(`${at}.${found.field}: ${found.reason}`, `${at}.${found.field}`);
    }
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

/** Labels and annotations of what is deployed, and of its template. */
interface Keyed {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    template?: Omit<Keyed, "template">;
}

/** What these keys say has fields of its own in version 2. https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services */
const SYSTEM = /^(run\.googleapis\.com|cloud\.googleapis\.com|serving\.knative\.dev|autoscaling\.knative\.dev)\//;

/**
 * Checks labels and annotations of version 2 of the API. What the older API has set stays. The words are not Google's [K].
 * @throws ApiError INVALID_ARGUMENT
 */
export function checkKeys(wanted: Keyed, current?: Keyed, at = ""): void {
    for (const field of ["labels", "annotations"] as const) {
        const given = Object.entries(wanted[field] ?? {}).filter(([key, value]) => current?.[field]?.[key] !== value);
        const refuse = (reason: string): Error => invalidArgument(`${at}${field}: ${reason}`, `${at}${field}`);
        const [system] = given.find(([key]) => SYSTEM.test(key)) ?? [];
        if (system !== undefined) {
            throw refuse(
                `"${system}" is in a namespace that version 2 of the API does not take; set the field of that meaning`,
            );
        }
        const problem = field === "labels" ? labelProblem(Object.fromEntries(given)) : undefined;
        if (problem !== undefined) {
            throw refuse(problem);
        }
    }
    if (wanted.template !== undefined) {
        checkKeys(wanted.template, current?.template, `${at}template.`);
    }
}

/** https://cloud.google.com/run/docs/configuring/custom-audiences */
export function checkAudiences(audiences: string[] = []): void {
    if (JSON.stringify(audiences).length > 32_768) {
        throw invalidArgument("custom_audiences: the list is longer than 32768 characters", "custom_audiences");
    }
}

/**
 * https://cloud.google.com/run/quotas#limits
 * @throws ApiError INVALID_ARGUMENT for more tasks or retries than a job can have
 */
export function checkTasks({ taskCount, template }: Message<"google.cloud.run.v2.ExecutionTemplate">): void {
    const counts = [
        ["task_count", taskCount, 10_000],
        ["template.max_retries", template?.maxRetries, 10],
    ] as const;
    for (const [name, count = 0, most] of counts) {
        if (count < 0 || count > most) {
            throw invalidArgument(`template.${name} is ${count}; it must be 0 to ${most}`, `template.${name}`);
        }
    }
}
