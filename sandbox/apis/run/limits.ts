import { invalidArgument, type Message } from "../framework";

type Container = Message<"google.cloud.run.v2.Container">;

const MOST_REQUESTS = 1000;
const MIB = 2 ** 20;
const GIB = 2 ** 30;
/** https://cloud.google.com/run/docs/configuring/request-timeout */
export const LONGEST_REQUEST = 3600;
/** https://cloud.google.com/run/docs/configuring/task-timeout */
export const LONGEST_TASK = 168 * 3600;

/**
 * How much memory goes with how many CPUs, in bytes: the most with fewer than so many CPUs, and the least with so many.
 * https://cloud.google.com/run/docs/configuring/services/cpu https://cloud.google.com/run/docs/configuring/services/memory-limits
 */
const MOST_MEMORY: [belowCpu: number, bytes: number][] = [
    [0.5, 512 * MIB],
    [1, GIB],
    [2, 4 * GIB],
    [4, 8 * GIB],
    [6, 16 * GIB],
    [8, 24 * GIB],
    [Infinity, 32 * GIB],
];
const LEAST_MEMORY: Record<number, number> = { 4: 2 * GIB, 6: 4 * GIB, 8: 4 * GIB };
const CPUS = [1, 2, 4, 6, 8];
const LEAST_CPU = 0.08;

/**
 * Checks what instances of a service get, and how long and how many requests they answer.
 * The words are not Google's [K].
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
    checkResources(containers, "template.containers");
    const [cpu] = containers.map(cpuOf);
    if (cpu !== undefined && cpu < 1 && requests > 1) {
        const field = "template.max_instance_request_concurrency";
        throw invalidArgument(`${field} is ${requests}; with less than 1 CPU it must be 1`, field);
    }
}

/** @param field where containers are in the request @throws ApiError INVALID_ARGUMENT */
export function checkResources(containers: readonly Container[], field: string): void {
    containers.forEach((container, at) => {
        const where = `${field}[${at}].resources.limits`;
        const cpu = cpuOf(container);
        const memory = memoryOf(container);
        if (cpu !== undefined && !(CPUS.includes(cpu) || (cpu >= LEAST_CPU && cpu < 1))) {
            const found = String(container.resources?.limits?.cpu);
            throw invalidArgument(`${where}.cpu is ${found}; it must be 1, 2, 4, 6, 8, or 0.08 to 1`, where);
        }
        if (memory === undefined) {
            return;
        }
        const found = String(container.resources?.limits?.memory);
        const cpus = cpu ?? 1;
        const most = MOST_MEMORY.find(([below]) => cpus < below)?.[1] ?? 0;
        const least = LEAST_MEMORY[cpus] ?? 0;
        if (!(memory > 0) || memory > most || memory < least) {
            const range = least > 0 ? `${least / MIB}Mi to ${most / MIB}Mi` : `at most ${most / MIB}Mi`;
            throw invalidArgument(`${where}.memory is ${found}; with ${cpus} CPU it must be ${range}`, where);
        }
    });
}

/** @throws ApiError INVALID_ARGUMENT if a time is more than the longest, in seconds */
export function checkTimeout(timeout: string | undefined, longest: number, field: string): void {
    const seconds = Number.parseFloat(timeout ?? "0");
    if (seconds < 0 || seconds > longest) {
        throw invalidArgument(`${field} is ${timeout ?? ""}; it must be at most ${longest}s`, field);
    }
}

function cpuOf({ resources }: Container): number | undefined {
    const said = resources?.limits?.cpu;
    return said === undefined ? undefined : said.endsWith("m") ? Number(said.slice(0, -1)) / 1000 : Number(said);
}

/** Quantities have the form of Kubernetes: `512Mi`, `1Gi`, `500M`, `1e9`. */
function memoryOf({ resources }: Container): number | undefined {
    const said = resources?.limits?.memory;
    if (said === undefined) {
        return undefined;
    }
    const [, amount = "", unit = ""] = /^([\d.]+(?:e\d+)?)([KMGT]?i?|k)$/.exec(said) ?? [];
    const power = " KMGT".indexOf(unit.charAt(0).toUpperCase() || " ");
    return amount === "" ? Number.NaN : Number(amount) * (unit.endsWith("i") ? 1024 : 1000) ** power;
}
