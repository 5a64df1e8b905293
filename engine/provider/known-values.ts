import {
    binary,
    fromProvider,
    functionCpu,
    functionMemoryProblem,
    regionProblem,
    runtimeProblem,
    sizeProblem,
    templateProblem,
} from "../../common";
import type { InstanceSize, NewValues } from "../../common";
import { hasUnknown, isObject, type Properties, SIGNATURE, UNKNOWN, type Value } from "../values";
import type { ResourceSchema } from "./schema";
import type { CheckFailure, Subject } from "./types";

/** What could be a region, if it is spelt well: not `EU`, `global` or the name of a pair of regions such as `nam4`. */
const LIKE_A_REGION = /^[a-z]+-[a-z]+\d*$/;
/** A zone is a region and a letter. */
const ZONE = /^([a-z]+-[a-z]+\d+)-[a-z]$/;

/** What is wrong with the regions, zones, runtimes and sizes that a resource names, or that it gets from the provider's settings. */
export function valueFailures(
    { type, config }: Subject,
    inputs: Properties,
    schema: ResourceSchema,
    known: NewValues,
): CheckFailure[] {
    const failures: CheckFailure[] = [];
    const tell = (property: string, reason: string | undefined): void => {
        if (reason !== undefined) {
            failures.push({ property, reason });
        }
    };
    for (const property of ["location", "region"].filter((one) => one in schema.inputs)) {
        const value = inputs[property] ?? config["region"];
        if (typeof value === "string" && LIKE_A_REGION.test(value)) {
            tell(property, regionProblem(value, known));
        }
    }
    const zone = "zone" in schema.inputs ? (inputs["zone"] ?? config["zone"]) : undefined;
    const [, region] = typeof zone === "string" ? (ZONE.exec(zone) ?? []) : [];
    if (region !== undefined) {
        tell("zone", regionProblem(region, known));
    }
    if (type.startsWith("gcp:cloudfunctions")) {
        const build = isObject(inputs["buildConfig"]) ? inputs["buildConfig"] : {};
        const value = inputs["runtime"] ?? build["runtime"];
        if (typeof value === "string" && value !== "") {
            tell(build["runtime"] === undefined ? "runtime" : "buildConfig.runtime", runtimeProblem(value, known));
        }
    }
    for (const one of [...sizeFailures(type, inputs), ...templateFailures(type, inputs)]) {
        tell(one.property, one.reason);
    }
    return failures;
}

/** What Cloud Run would refuse in a template. What is not known yet, or is a secret, is not judged. */
function templateFailures(type: string, inputs: Properties): CheckFailure[] {
    const kind = KINDS[type];
    const path = TEMPLATES[type];
    if (kind === undefined || path === undefined) {
        return [];
    }
    const template = path.reduce((from, key) => objectOf(from[key]), inputs);
    const isKnown = (value: unknown): boolean => value !== UNKNOWN && !(isObject(value) && SIGNATURE in value);
    const found = templateProblem(fromProvider(template, isKnown), kind);
    const camel = found?.place.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const property = camel?.replace(/\.env\b/, ".envs").replace(/\.dependsOn$/, ".dependsOns");
    return found && property !== undefined ? [{ property: `${path.join(".")}.${property}`, reason: found.reason }] : [];
}

const KINDS: Record<string, Parameters<typeof templateProblem>[1]> = {
    "gcp:cloudrunv2/service:Service": "service",
    "gcp:cloudrunv2/job:Job": "job",
    "gcp:cloudrunv2/workerPool:WorkerPool": "worker pool",
};

/** What is wrong with the CPU and memory that a workload gets. Sizes that are not known yet are not judged. */
function sizeFailures(type: string, inputs: Properties): CheckFailure[] {
    if (type === "gcp:cloudfunctions/function:Function") {
        const memory = inputs["availableMemoryMb"];
        const reason = typeof memory === "number" ? functionMemoryProblem(memory) : undefined;
        return reason === undefined ? [] : [{ property: "availableMemoryMb", reason }];
    }
    if (type === "gcp:cloudfunctionsv2/function:Function") {
        const config = objectOf(inputs["serviceConfig"]);
        const memory = textOf(config["availableMemory"]) ?? "256M";
        const cpu = textOf(config["availableCpu"]) ?? functionCpu(memory);
        const concurrency = config["maxInstanceRequestConcurrency"];
        return hasUnknown(config)
            ? []
            : failuresOf(
                  "serviceConfig",
                  { containers: [{ cpu, memory: binary(memory) }], ...counted(concurrency) },
                  (field) =>
                      field === "cpu" && config["availableCpu"] !== undefined ? "availableCpu" : "availableMemory",
              );
    }
    const path = TEMPLATES[type];
    const template = path?.reduce((from, key) => objectOf(from[key]), inputs);
    if (template === undefined || path === undefined) {
        return [];
    }
    const containers = Array.isArray(template["containers"]) ? template["containers"].map(objectOf) : [];
    const resources = containers.map((one) => objectOf(one["resources"]));
    if (resources.some(hasUnknown)) {
        return [];
    }
    const sizes = resources.map((one) => objectOf(one["limits"]));
    const gpu = "nvidia.com/gpu";
    const size = {
        containers: sizes.map((limits) => ({
            cpu: textOf(limits["cpu"]),
            memory: textOf(limits["memory"]),
            [gpu]: textOf(limits[gpu]),
        })),
        ...modesOf(type, template, inputs, resources),
    };
    return failuresOf(
        path.join("."),
        size,
        (field, at) => `containers[${at ?? sizes.findIndex((limits) => field in limits)}].resources.limits.${field}`,
    );
}

/** Where the template of an instance is, of each type that has containers. */
const TEMPLATES: Record<string, readonly string[]> = {
    "gcp:cloudrunv2/service:Service": ["template"],
    "gcp:cloudrunv2/job:Job": ["template", "template"],
    "gcp:cloudrunv2/workerPool:WorkerPool": ["template"],
    "gcp:cloudrun/service:Service": ["template", "spec"],
};

function modesOf(
    type: string,
    template: Properties,
    inputs: Properties,
    resources: readonly Properties[],
): Omit<InstanceSize, "containers"> {
    if (type === "gcp:cloudrunv2/job:Job" || type === "gcp:cloudrunv2/workerPool:WorkerPool") {
        return { isAlwaysAllocated: true, isSecondGeneration: true };
    }
    if (type === "gcp:cloudrun/service:Service") {
        const annotations = objectOf(objectOf(objectOf(inputs["template"])["metadata"])["annotations"]);
        return {
            ...counted(template["containerConcurrency"]),
            isAlwaysAllocated: annotations["run.googleapis.com/cpu-throttling"] === "false",
            isSecondGeneration: annotations["run.googleapis.com/execution-environment"] === "gen2",
        };
    }
    return {
        ...counted(template["maxInstanceRequestConcurrency"]),
        isAlwaysAllocated: resources.some((one) => Object.keys(one).length > 0 && one["cpuIdle"] !== true),
        isSecondGeneration: template["executionEnvironment"] === "EXECUTION_ENVIRONMENT_GEN2",
    };
}

function failuresOf(
    at: string,
    size: InstanceSize,
    name: (field: "cpu" | "memory", container?: number) => string,
): CheckFailure[] {
    const found = sizeProblem(size);
    return found ? [{ property: `${at}.${name(found.field, found.container)}`, reason: found.reason }] : [];
}

const objectOf = (value: Value | undefined): Properties => (isObject(value) ? value : {});
const textOf = (value: Value | undefined): string | undefined =>
    typeof value === "string" || typeof value === "number" ? String(value) : undefined;
const counted = (value: Value | undefined): Pick<InstanceSize, "concurrency"> =>
    typeof value === "number" && value > 0 ? { concurrency: value } : {};
