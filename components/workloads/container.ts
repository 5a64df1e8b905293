import type { input } from "@pulumi/gcp/types";
import * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";
import type { ContainerSettings, HealthCheck } from "./container-args";
import type { EnvironmentEntry } from "../wiring";
import { defined, fromProvider, sizeProblem, templateProblem } from "../../common";

type Container = input.cloudrunv2.ServiceTemplateContainer;

/** What only the container that answers requests has. */
export interface Serving {
    gpu?: boolean;
    cpuAlwaysAllocated?: pulumi.Input<boolean>;
    startupCpuBoost?: pulumi.Input<boolean>;
}

/**
 * A container as the provider takes it.
 * @param argument Where its settings are in the arguments, for errors: empty for those of the service itself.
 * @throws ResourceError for a health check that Cloud Run cannot make
 */
export function containerArgs(
    component: pulumi.Resource,
    argument: string,
    settings: ContainerSettings & { image?: pulumi.Input<string> },
    envs: EnvironmentEntry[],
    volumeMounts: NonNullable<Container["volumeMounts"]>,
    serving: Serving = {},
): Container {
    const { image = "", startupProbe, livenessProbe } = settings;
    const resources = resourcesOf(settings, serving);
    const at = (key: string): string => `${argument}${key}`;
    return {
        image,
        ...(envs.length > 0 && { envs }),
        ...(Object.keys(resources).length > 0 && { resources }),
        ...((volumeMounts as unknown[]).length > 0 && { volumeMounts }),
        ...defined({
            commands: settings.command,
            args: settings.args,
            startupProbe: startupProbe && probe(component, at("startupProbe"), startupProbe),
            livenessProbe: livenessProbe && liveness(component, at("livenessProbe"), livenessProbe),
        }),
    };
}

/**
 * The CPU is given out only while a request is answered, unless the program says otherwise. If limits are
 * set and this is not, the provider would give it out always.
 * https://cloud.google.com/run/docs/configuring/billing-settings
 */
function resourcesOf({ cpu, memory }: ContainerSettings, serving: Serving): NonNullable<Container["resources"]> {
    const limits = defined({ cpu, memory, "nvidia.com/gpu": serving.gpu ? "1" : undefined });
    const hasLimits = Object.keys(limits).length > 0;
    const { cpuAlwaysAllocated = serving.gpu === true, startupCpuBoost } = serving;
    const says = hasLimits || startupCpuBoost !== undefined || cpuAlwaysAllocated !== false;
    const cpuIdle =
        typeof cpuAlwaysAllocated === "boolean"
            ? !cpuAlwaysAllocated
            : pulumi.output(cpuAlwaysAllocated).apply((isAllocated) => !isAllocated);
    return { ...(hasLimits && { limits }), ...(says && { cpuIdle }), ...defined({ startupCpuBoost }) };
}

function probe(component: pulumi.Resource, argument: string, check: HealthCheck) {
    const { path, grpcService, port, ...times } = check;
    if (path !== undefined && grpcService !== undefined) {
        throw argumentError(component, argument, "asks by HTTP and by gRPC; keep either path or grpcService");
    }
    if (typeof path === "string" && !path.startsWith("/")) {
        throw argumentError(component, `${argument}.path`, `"${path}" does not begin with a slash; write "/${path}"`);
    }
    const at = defined({ port });
    return {
        ...defined(times),
        ...(path !== undefined
            ? { httpGet: { path, ...at } }
            : grpcService !== undefined
              ? { grpc: { service: grpcService, ...at } }
              : { tcpSocket: at }),
    };
}

/** https://cloud.google.com/run/docs/configuring/healthchecks#liveness-probes */
function liveness(component: pulumi.Resource, argument: string, check: HealthCheck) {
    const { tcpSocket, ...others } = probe(component, argument, check) as ReturnType<typeof probe> & {
        tcpSocket?: object;
    };
    if (tcpSocket !== undefined) {
        const reason =
            "names neither path nor grpcService, and Cloud Run asks by HTTP or gRPC only whether a container still works; add one";
        throw argumentError(component, argument, reason);
    }
    return others;
}

/** The arguments of what Cloud Run names in another way. */
const ARGUMENTS: readonly [field: RegExp, argument: string][] = [
    [/^ports.*/, "port"],
    [/^env.*/, "env"],
    [/^volume.*/, "volumes"],
    [/^resources\.limits\.(cpu|memory)$/, "$1"],
    [/^resources.*/, "gpu"],
    [/\.(http_get|tcp_socket|grpc)(?=\.|$)/, ""],
];

/** What a template has of sizes, beside its containers. */
interface Sized {
    containers?: Pick<Container, "resources">[];
    maxInstanceRequestConcurrency?: pulumi.Input<number>;
    executionEnvironment?: pulumi.Input<string>;
}

/**
 * Checks what is known of a template before anything is made: a preview of Google's provider does not.
 * @param sidecars the names of the further containers
 * @throws ResourceError that names the argument of what Cloud Run would refuse
 */
export function checkTemplate(
    component: pulumi.Resource,
    template: object,
    kind: Parameters<typeof templateProblem>[1],
    sidecars: readonly string[] = [],
): void {
    const isKnown = (value: unknown): boolean => !pulumi.Output.isInstance(value) && !(value instanceof Promise);
    const known = fromProvider(template as Record<string, unknown>, isKnown);
    const found = templateProblem(known, kind) ?? (kind === "service" ? tooSmall(template) : undefined);
    if (found === undefined) {
        return;
    }
    const [, index = "0", field = ""] = /^(?:containers(?:\[(\d+)\])?\.)?(.*)$/.exec(found.place) ?? [];
    const sidecar = sidecars[Number(index) - 1];
    const named = ARGUMENTS.reduce((name, [from, to]) => name.replace(from, to), field);
    const argument = named.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    throw argumentError(component, sidecar === undefined ? argument : `sidecars.${sidecar}.${argument}`, found.reason);
}

/** What is wrong with CPU and memory, if all amounts are known. */
function tooSmall({ containers = [], maxInstanceRequestConcurrency, executionEnvironment }: Sized) {
    const resources = containers.map((one) => (one.resources ?? {}) as { limits?: object; cpuIdle?: unknown });
    const limits = resources.map((one) => (one.limits ?? {}) as Record<string, string>);
    if (limits.some((one) => Object.values(one).some((amount) => typeof amount !== "string"))) {
        return undefined;
    }
    const concurrency = typeof maxInstanceRequestConcurrency === "number" ? maxInstanceRequestConcurrency : undefined;
    const found = sizeProblem({
        containers: limits,
        isAlwaysAllocated: resources.some(({ cpuIdle }) => cpuIdle === false),
        isSecondGeneration: executionEnvironment === "EXECUTION_ENVIRONMENT_GEN2",
        ...defined({ concurrency }),
    });
    const at = found?.container ?? limits.findIndex((one) => found !== undefined && found.field in one);
    return found && { place: `containers[${Math.max(at, 0)}].resources.limits.${found.field}`, reason: found.reason };
}
