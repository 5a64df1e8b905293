import { probes } from "./probes";
import { each, type Found, type InstanceTemplate, port, snake } from "./template";

/** What Cloud Run refuses, by where it is: `containers[0].startup_probe.timeout_seconds`. */
export interface TemplateProblem {
    /** As Google names it. */
    field: string;
    /** The same, with the number of the container. */
    place: string;
    reason: string;
}

type Kind = "service" | "job" | "worker pool";

/** https://cloud.google.com/run/docs/container-contract#env-vars */
const RESERVED: Record<Kind, readonly string[]> = {
    service: ["PORT", "K_SERVICE", "K_REVISION", "K_CONFIGURATION"],
    job: ["JOB", "EXECUTION", "TASK_INDEX", "TASK_ATTEMPT", "TASK_COUNT"].map((name) => `CLOUD_RUN_${name}`),
    "worker pool": ["CLOUD_RUN_WORKER_POOL", "CLOUD_RUN_WORKER_POOL_REVISION"],
};
const MOST_CONTAINERS = 10;
const MOST_VARIABLES = 1000;
const LONGEST_VARIABLE = 32_768;
const SOURCES = ["secret", "cloudSqlInstance", "emptyDir", "nfs", "gcs"] as const;
const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * What Google refuses in a template, except for CPU and memory (`sizeProblem`); undefined if it takes the template. Each rule
 * names the page that has it. Google's own words are those for ports
 * (https://github.com/GoogleCloudPlatform/magic-modules/pull/10173 and
 * https://github.com/GoogleCloudPlatform/terraform-google-cloud-run/issues/302), for reserved variables, and for the names of
 * volumes of Cloud SQL (https://github.com/pulumi/pulumi-gcp/issues/1093); the other words are [K].
 */
export function templateProblem(template: InstanceTemplate, kind: Kind): TemplateProblem | undefined {
    for (const rule of [ports, names, variables, probes, volumes, mounts, gpus]) {
        const [found] = rule(template, kind);
        if (found !== undefined) {
            const [field, reason, place = field] = found;
            return { field, place, reason };
        }
    }
    return undefined;
}

/** https://cloud.google.com/run/docs/reference/rest/v2/Container#ContainerPort */
function* ports(template: InstanceTemplate, kind: Kind): Found {
    const { containers = [] } = template;
    for (const [given, at] of each(template, "ports")) {
        if (given.length > 1) {
            yield [at, "ports should contain 0 or 1 port."];
        }
        for (const { name, containerPort } of given) {
            yield* port(containerPort, `${at}[0].container_port`);
            if (name !== undefined && !["", "http1", "h2c"].includes(name)) {
                yield [`${at}[0].name`, `"${name}" is no protocol; use http1 or h2c`];
            }
        }
    }
    const serving = containers.filter((container) => (container.ports ?? []).length > 0).length;
    if (kind === "service" && template.hasUnknownPorts !== true && containers.length > 1 && serving !== 1) {
        const reason = "Revision template should contain exactly one container with an exposed port.";
        yield ["containers", `${reason} ${serving} of ${containers.length} have one`];
    }
}

/** https://cloud.google.com/run/docs/deploying#sidecars, https://cloud.google.com/run/docs/reference/rest/v2/Container */
function* names(template: InstanceTemplate): Found {
    const { containers = [] } = template;
    if (containers.length > MOST_CONTAINERS) {
        yield ["containers", `there are ${containers.length}; at most ${MOST_CONTAINERS} are allowed`];
    }
    const known = containers.flatMap(({ name }) => name || []);
    for (const [name, at] of each(template, "name")) {
        if (name !== "" && !LABEL.test(name)) {
            yield [at, `"${name}" must be lowercase letters, digits and hyphens, and at most 63 characters`];
        }
        if (name !== "" && known.indexOf(name) !== known.lastIndexOf(name)) {
            yield [at, `"${name}" is the name of two containers; rename one`];
        }
    }
    for (const [others, at, { name }] of each(template, "dependsOn")) {
        const wrong = others.find((other) => other === name || !known.includes(other));
        if (wrong !== undefined) {
            yield [at, `"${wrong}" is not the name of another container; use one of ${known.join(", ") || "those"}`];
        }
    }
}

/** https://cloud.google.com/run/docs/reference/rest/v2/Container#EnvVar, https://cloud.google.com/run/docs/configuring/services/overview-environment-variables */
function* variables(template: InstanceTemplate, kind: Kind): Found {
    const reserved = RESERVED[kind];
    for (const [given, at] of each(template, "env")) {
        const used = given.flatMap(({ name = "" }) => (reserved.includes(name) ? name : []));
        if (used.length > 0) {
            yield [
                "containers.env",
                `The following reserved env names were provided: ${used.join(", ")}. These values are automatically set by the system.`,
                at,
            ];
        }
        if (given.length > MOST_VARIABLES) {
            yield [at, `there are ${given.length} variables; at most ${MOST_VARIABLES} are allowed`];
        }
        for (const [index, { name, value = "" }] of given.entries()) {
            if (name === undefined || name === "" || name.includes("=") || name.length > LONGEST_VARIABLE) {
                yield [`${at}[${index}].name`, "must not be empty, contain =, or have more than 32768 characters"];
            }
            const bytes = Buffer.byteLength(value);
            if (bytes > LONGEST_VARIABLE) {
                yield [
                    `${at}[${index}].value`,
                    `${name ?? ""} has ${bytes} bytes; at most ${LONGEST_VARIABLE} are allowed`,
                ];
            }
        }
    }
}

/** https://cloud.google.com/run/docs/reference/rest/v2/Volume, https://cloud.google.com/run/docs/configuring/execution-environments */
function* volumes({ volumes: all = [], executionEnvironment }: InstanceTemplate): Found {
    for (const [index, volume] of all.entries()) {
        const at = `volumes[${index}]`;
        const { name = "", secret } = volume;
        if (name === "" || all.findIndex((other) => other.name === name) !== index) {
            yield [`${at}.name`, name === "" ? "is required" : `"${name}" is the name of two volumes; rename one`];
        }
        const sources = SOURCES.filter((source) => volume[source] !== undefined);
        if (sources.length !== 1) {
            yield [
                at,
                `exactly one of ${SOURCES.map(snake).join(", ")} must be specified; there are ${sources.length}`,
            ];
        }
        const wrong = (volume.cloudSqlInstance?.instances ?? []).find(
            (one) => !/^[^:]+(:[^:]+)?:[^:]+:[^:]+$/.test(one),
        );
        if (wrong !== undefined) {
            yield [
                `${at}.cloud_sql_instance.instances`,
                `"${wrong}" is no instance; write it as PROJECT:REGION:INSTANCE`,
            ];
        }
        if ((name === "cloudsql") !== sources.includes("cloudSqlInstance")) {
            const reason =
                "Cloud SQL volume must be named 'cloudsql', and 'cloudsql' is reserved for Cloud SQL volumes.";
            yield [`${at}.name`, reason];
        }
        if (executionEnvironment === "EXECUTION_ENVIRONMENT_GEN1" && (volume.nfs ?? volume.gcs) !== undefined) {
            yield [at, "needs the second generation of the execution environment"];
        }
        for (const [item, { path = "", mode = 0 }] of (secret?.items ?? []).entries()) {
            if (path === "" || path.startsWith("/") || path.split("/").includes("..")) {
                yield [`${at}.secret.items[${item}].path`, `"${path}" must be a relative path without ".."`];
            }
            yield* permissions(mode, `${at}.secret.items[${item}].mode`);
        }
        yield* permissions(secret?.defaultMode ?? 0, `${at}.secret.default_mode`);
    }
}

function* permissions(mode: number, field: string): Found {
    if (mode < 0 || mode > 0o777) {
        yield [field, `${mode} is no mode of a file; use 0 to 0777 (octal)`];
    }
}

/** https://cloud.google.com/run/docs/reference/rest/v2/Container#VolumeMount, https://cloud.google.com/run/docs/configuring/services/secrets */
function* mounts(template: InstanceTemplate): Found {
    const known = template.volumes ?? [];
    for (const [given, at] of each(template, "volumeMounts")) {
        const paths = given.map(({ mountPath = "" }) => mountPath.replace(/(?<=.)\/+$/, ""));
        for (const [index, { name = "" }] of given.entries()) {
            const volume = known.find((one) => one.name === name);
            const place = paths[index] ?? "";
            if (volume === undefined) {
                const others = known.map((one) => one.name).join(", ");
                yield [`${at}[${index}].name`, `there is no volume "${name}"; the volumes are ${others || "none"}`];
            } else if (volume.cloudSqlInstance !== undefined) {
                if (!["", "/cloudsql"].includes(place)) {
                    yield [`${at}[${index}].mount_path`, `"${place}" must be /cloudsql for a volume of Cloud SQL`];
                }
            } else if (!place.startsWith("/") || place.includes(":") || /^\/((dev|proc|sys)(\/|$)|$)/.test(place)) {
                const reason = `"${place}" must be an absolute path without ":", and none of /, /dev, /proc, /sys`;
                yield [`${at}[${index}].mount_path`, reason];
            }
            if (paths.indexOf(place) !== index) {
                yield [`${at}[${index}].mount_path`, `"${place}" is the path of two volumes; change one`];
            }
        }
    }
}

/** https://cloud.google.com/run/docs/configuring/services/gpu */
function* gpus(template: InstanceTemplate): Found {
    const given = [...each(template, "resources")].filter(([{ limits }]) => limits?.["nvidia.com/gpu"] !== undefined);
    for (const [{ limits = {}, cpuIdle = false }, at] of given) {
        const gpu = limits["nvidia.com/gpu"];
        if (gpu !== "1" || given.length > 1) {
            yield [
                `${at}.limits`,
                `nvidia.com/gpu is ${gpu ?? ""} in ${given.length} container; one container can have 1 GPU`,
            ];
        }
        if (cpuIdle) {
            yield [`${at}.cpu_idle`, "must be false, because a GPU needs its CPU always allocated"];
        }
    }
}
