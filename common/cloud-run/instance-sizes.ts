/** What an instance gets, in Google's own forms: a CPU is `1`, `0.5` or `500m`, memory `512Mi`, `1Gi` or `1e9`. */
export interface InstanceSize {
    /** One entry for each container. @default - 1 CPU, 512Mi */
    containers: readonly {
        cpu?: string | undefined;
        memory?: string | undefined;
        "nvidia.com/gpu"?: string | undefined;
    }[];
    /** How many requests it answers at the same time. @default - as Google chooses, which always fits */
    concurrency?: number | undefined;
    /** Whether it has its CPU outside of requests too, as instances of jobs have. @default false */
    isAlwaysAllocated?: boolean | undefined;
    /** Whether the second generation of the execution environment is asked for. @default false */
    isSecondGeneration?: boolean | undefined;
}

/** What is wrong with a size. */
export interface SizeProblem {
    field: "cpu" | "memory";
    /** The container, if it is one alone. */
    container?: number;
    /** With Google's words, then with the nearest value that is valid. */
    reason: string;
}

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const CPUS = [1, 2, 4, 6, 8];
/** What goes with a GPU: an L4, or one with more than 8 CPUs. https://cloud.google.com/run/docs/configuring/services/gpu */
const WITH_GPU = { l4: { cpus: 4, memory: 16 * GIB }, larger: { cpus: 20, memory: 80 * GIB } };
const LEAST_CPU = 0.08;
const LEAST_MEMORY = 128 * MIB;
const LEAST_UNTHROTTLED = 512 * MIB;

/**
 * The memory that goes with a CPU, in bytes, from so many CPUs on.
 * https://cloud.google.com/run/docs/configuring/services/cpu https://cloud.google.com/run/docs/configuring/services/memory-limits
 */
const MEMORY: readonly [cpus: number, least: number, most: number][] = [
    [8, 4 * GIB, 32 * GIB],
    [6, 4 * GIB, 24 * GIB],
    [4, 2 * GIB, 16 * GIB],
    [2, LEAST_MEMORY, 8 * GIB],
    [1, LEAST_MEMORY, 4 * GIB],
    [0.5, LEAST_MEMORY, GIB],
    [0, LEAST_MEMORY, 512 * MIB],
];

/**
 * What is wrong with the CPU and memory of an instance of Cloud Run, which functions of the second generation use too;
 * undefined if Google takes them. The containers of an instance are judged together. Google's words for memory are in
 * https://github.com/googleapis/repo-automation-bots/issues/3875 and https://github.com/oboapp/oboapp/pull/449, those for less
 * than one CPU in https://github.com/nearform/slack-knowledgebase-chatgpt-responder/issues/980; those for a CPU alone are [K].
 */
export function sizeProblem(size: InstanceSize): SizeProblem | undefined {
    const { containers, concurrency = 1, isAlwaysAllocated = false, isSecondGeneration = false } = size;
    const hasGpu = containers.some((one) => one["nvidia.com/gpu"] !== undefined);
    for (const [container, { cpu, memory }] of containers.entries()) {
        const found = hasGpu && cpusOf(cpu ?? "1") >= WITH_GPU.larger.cpus ? undefined : cpuProblem(cpu);
        if (found !== undefined) {
            return { field: "cpu", container, reason: `Invalid value specified for cpu. ${found}` };
        }
        if (memory !== undefined && !(bytesOf(memory) > 0)) {
            const reason = `Invalid value specified for memory. ${memory} is no amount of memory; write for example 512Mi or 1Gi`;
            return { field: "memory", container, reason };
        }
    }
    const cpus = totalCpus(containers);
    const memory = sum(containers.map((one) => bytesOf(one.memory ?? "512Mi")));
    if (hasGpu) {
        const least = cpus > 8 ? WITH_GPU.larger : WITH_GPU.l4;
        if (cpus < least.cpus) {
            const reason = `Invalid value specified for cpu. A GPU needs at least ${least.cpus} CPU. It is ${cpus}; the nearest is ${least.cpus}`;
            return { field: "cpu", reason };
        }
        if (memory < least.memory) {
            const reason = `Invalid value specified for memory. A GPU with ${cpus} CPU needs at least ${inUnits(least.memory)}. It is ${inUnits(memory)}; the nearest is ${inUnits(least.memory)}`;
            return { field: "memory", reason };
        }
        if (cpus > 8) {
            return undefined;
        }
    }
    const modes = [
        ...(isSecondGeneration ? ["gen2 execution environment"] : []),
        ...(isAlwaysAllocated ? ["cpu always allocated (unthrottled)"] : []),
    ];
    const refusing = [...(concurrency > 1 ? ["concurrency > 1"] : []), ...modes];
    if (cpus < 1 && refusing.length > 0) {
        const reason = `Invalid value specified for cpu. Total cpu < 1 is not supported with ${refusing.join(" with ")}.`;
        return { field: "cpu", reason: `${reason} It is ${cpus}; the nearest is 1` };
    }
    if (memory < LEAST_UNTHROTTLED && modes.length > 0 && containers.some((one) => one.memory !== undefined)) {
        const reason = `Invalid value specified for memory. Total memory < 512 Mi is not supported with ${modes.join(" with ")}.`;
        return { field: "memory", reason: `${reason} It is ${inUnits(memory)}; the nearest is 512Mi` };
    }
    const [, least, most] = MEMORY.find(([from]) => cpus >= from) ?? [0, 0, Infinity];
    if (memory < least || memory > most) {
        const range = `For ${cpus.toFixed(Number.isInteger(cpus) ? 1 : 2)} CPU, memory must be between ${inUnits(least)} and ${inUnits(most)} inclusive.`;
        const nearest = inUnits(Math.min(Math.max(memory, least), most));
        const enough = MEMORY.findLast(([from, , upTo]) => from > cpus && memory <= upTo)?.[0];
        const orCpus = memory > most && enough !== undefined ? `, or take ${enough} CPU` : "";
        const reason = `Invalid value specified for memory. ${range} It is ${inUnits(memory)}; the nearest is ${nearest}${orCpus}`;
        return { field: "memory", reason };
    }
    return undefined;
}

/** The CPUs of all containers of an instance. Sums of fractions are rounded. */
export function totalCpus(containers: InstanceSize["containers"]): number {
    return Math.round(sum(containers.map(({ cpu = "1" }) => cpusOf(cpu))) * 10_000) / 10_000;
}

/** The sizes of functions of the first generation, in MB. https://cloud.google.com/functions/1stgendocs/configuring/memory */
const FUNCTION_SIZES = [128, 256, 512, 1024, 2048, 4096, 8192];

/** What is wrong with the memory of a function of the first generation. The words are not Google's [K]. */
export function functionMemoryProblem(megabytes: number): string | undefined {
    return FUNCTION_SIZES.includes(megabytes)
        ? undefined
        : `Invalid value specified for memory. ${megabytes} is none of ${FUNCTION_SIZES.join(", ")} MB; the nearest is ${nearestOf(megabytes, FUNCTION_SIZES)}`;
}

/** The CPU of a function of the second generation that names only its memory: the tiers of the same page. */
const FUNCTION_CPUS: readonly [megabytes: number, cpu: string][] = [
    [128, "0.0833"],
    [256, "0.1666"],
    [512, "0.3333"],
    [1024, "0.5833"],
    [2048, "1"],
    [8192, "2"],
    [16_384, "4"],
    [Infinity, "8"],
];

/** @param memory as a function names it: there `M` and `G` count as `Mi` and `Gi` */
export function functionCpu(memory: string): string {
    const megabytes = bytesOf(binary(memory)) / MIB;
    return FUNCTION_CPUS.find(([most]) => megabytes <= most)?.[1] ?? "1";
}

/** The memory of a function in the form of Cloud Run: `256M` becomes `256Mi`. */
export const binary = (memory: string): string => memory.replace(/(?<=\d[kMG])$/, "i");

function cpuProblem(cpu: string | undefined): string | undefined {
    if (cpu === undefined) {
        return undefined;
    }
    const cpus = cpusOf(cpu);
    const isPart = cpus >= LEAST_CPU && cpus < 1;
    if (CPUS.includes(cpus) || isPart) {
        return undefined;
    }
    const words = `Must be equal to one of [.08-1], 1.0, 2.0, 4.0, 6.0, 8.0. It is ${cpu}`;
    return Number.isFinite(cpus) ? `${words}; the nearest is ${nearestOf(cpus, [LEAST_CPU, ...CPUS])}` : words;
}

function nearestOf(value: number, valid: readonly number[]): number {
    const distance = (one: number): number => Math.abs(one - value);
    return valid.reduce((best, one) => (distance(one) < distance(best) ? one : best));
}

function cpusOf(said: string): number {
    const [, amount, milli] = /^(\d*\.?\d+|\d+\.)(m?)$/.exec(said) ?? [];
    return amount === undefined ? Number.NaN : Number(amount) / (milli ? 1000 : 1);
}

/** Quantities have the form of Kubernetes: `512Mi`, `1Gi`, `500M`, `1e9`. */
function bytesOf(said: string): number {
    const [, amount, unit = ""] = /^(\d*\.?\d+(?:[eE]\d+)?)([KMGT]i|[kMGT]?)$/.exec(said) ?? [];
    const power = " KMGT".indexOf(unit.charAt(0).toUpperCase() || " ");
    return amount === undefined ? Number.NaN : Number(amount) * (unit.endsWith("i") ? 1024 : 1000) ** power;
}

const inUnits = (bytes: number): string =>
    bytes % GIB === 0 ? `${bytes / GIB}Gi` : bytes % MIB === 0 ? `${bytes / MIB}Mi` : String(bytes);
const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
