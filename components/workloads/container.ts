import type { input } from "@pulumi/gcp/types";
import * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";
import type { ContainerSettings, HealthCheck } from "./container-args";
import type { EnvironmentEntry } from "../wiring";
import { defined } from "../../common";

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
