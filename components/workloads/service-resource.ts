import type * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, checkOneOf, type Kept } from "../base";
import { containerArgs } from "./container";
import type { ServiceMounts } from "./mounts";
import { Protocol } from "./container-args";
import { ExecutionEnvironment, type RunServiceArgs } from "./run-service-args";
import { trafficOf } from "./traffic";
import { Ingress } from "../target";
import { type EnvironmentEntry, fromSecret } from "../wiring";
import { defined } from "../../common";

/** Who can reach a service, and which audiences it accepts. */
export interface Exposure {
    ingress: Ingress;
    customAudiences?: string[];
    iapEnabled?: boolean;
    /** The regions of a multi-region service. */
    regions?: string[];
}

/** What the provider calls each ingress. */
export const ingressSettings: Record<Ingress, string> = {
    [Ingress.All]: "INGRESS_TRAFFIC_ALL",
    [Ingress.Internal]: "INGRESS_TRAFFIC_INTERNAL_ONLY",
    [Ingress.InternalAndLoadBalancer]: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
};

/** What a transform of a service may not change. */
export const KEPT: Kept = {
    name: "give name in the arguments",
    project: "give project in the arguments",
    location: "give location in the arguments",
    multiRegionSettings: "give regions in the arguments",
    ingress: "give ingress in the arguments",
    customAudiences: "give customAudiences in the arguments",
    invokerIamDisabled: "without that check everybody may invoke it; use grantInvoke for those who may",
    iapEnabled: "use InvokableBackend for a service behind Identity-Aware Proxy",
    defaultUriDisabled: "callers use that URL, and it is what their tokens are for",
    "template.serviceAccount": "give serviceAccount in the arguments",
    "template.vpcAccess": "give vpc in the arguments",
    "template.containers.0.envs[]": "give variables in env, secrets and invokes; more of them can be added",
};

/**
 * A service as the provider takes it.
 * @throws ResourceError if options exclude each other
 */
export function serviceArgs(
    component: pulumi.Resource,
    args: RunServiceArgs,
    exposure: Exposure,
    serviceAccount: pulumi.Output<string>,
    envs: EnvironmentEntry[],
    mounts: ServiceMounts,
): cloudrunv2.ServiceArgs {
    const { minInstances, maxInstances, timeoutSeconds } = args;
    if (typeof minInstances === "number" && typeof maxInstances === "number" && minInstances > maxInstances) {
        const reason = `is ${minInstances}, more than maxInstances, which is ${maxInstances}; raise that or lower this`;
        throw argumentError(component, "minInstances", reason);
    }
    return {
        location: exposure.regions ? "global" : (args.location ?? ""),
        ...defined({
            multiRegionSettings: exposure.regions && { regions: exposure.regions },
            name: args.name,
            project: args.project,
            customAudiences: exposure.customAudiences,
            iapEnabled: exposure.iapEnabled === true ? true : undefined,
            labels: args.labels,
            annotations: args.annotations,
            scaling: minInstances === undefined ? undefined : { minInstanceCount: minInstances },
            traffics: args.traffic && trafficOf(component, args.traffic),
        }),
        ingress: ingressSettings[exposure.ingress],
        deletionProtection: args.deletionProtection ?? false,
        template: {
            serviceAccount,
            ...defined({
                vpcAccess: args.vpc && { egress: "ALL_TRAFFIC", networkInterfaces: [{ ...args.vpc }] },
                scaling: maxInstances === undefined ? undefined : { maxInstanceCount: maxInstances },
                maxInstanceRequestConcurrency: args.concurrency,
                timeout: timeoutSeconds === undefined ? undefined : pulumi.interpolate`${timeoutSeconds}s`,
                sessionAffinity: args.sessionAffinity,
                encryptionKey: args.encryptionKey,
                executionEnvironment: executionEnvironment(component, args),
                ...gpuOf(component, args),
            }),
            ...(mounts.volumes.length > 0 && { volumes: mounts.volumes }),
            containers: containersOf(component, args, envs, mounts),
        },
    };
}

function containersOf(
    component: pulumi.Resource,
    args: RunServiceArgs,
    envs: EnvironmentEntry[],
    { main, sidecars }: ServiceMounts,
) {
    const { port, protocol, gpu, cpuAlwaysAllocated, startupCpuBoost } = args;
    const beside = Object.entries(args.sidecars ?? {});
    // With several containers, the one that has a port answers the requests.
    const containerPort = port ?? (beside.length > 0 ? 8080 : undefined);
    const serving = { gpu: gpu !== undefined, ...defined({ cpuAlwaysAllocated, startupCpuBoost }) };
    const first = beside.filter(([, sidecar]) => sidecar.startsFirst === true).map(([name]) => name);
    const own = containerArgs(component, "", args, envs, main.volumeMounts, serving);
    const hasPorts = containerPort !== undefined || protocol !== undefined;
    return [
        {
            ...own,
            ...(hasPorts && {
                ports: defined({
                    containerPort,
                    name: protocol && checkOneOf(component, "protocol", protocol, Protocol),
                }),
            }),
            ...(first.length > 0 && { dependsOns: first }),
        },
        ...beside.map(([name, sidecar]) => {
            const { secrets = [], volumeMounts = [] } = sidecars.get(name) ?? {};
            const variables = Object.entries(sidecar.env ?? {}).map(([key, value]) => ({ name: key, value }));
            const all = [...variables, ...secrets.map(fromSecret)];
            const both = secrets.find(([key]) => sidecar.env !== undefined && key in sidecar.env);
            if (both !== undefined) {
                const reason = "is a variable of env already; rename one of the two";
                throw argumentError(component, `sidecars.${name}.secrets.${both[0]}`, reason);
            }
            return { name, ...containerArgs(component, `sidecars.${name}.`, sidecar, all, volumeMounts) };
        }),
    ];
}

/** A bucket and NFS can be mounted in the second generation only. */
function executionEnvironment(component: pulumi.Resource, args: RunServiceArgs): string | undefined {
    const needing = Object.entries(args.volumes ?? {}).find(
        ([, { bucket, nfsServer }]) => bucket !== undefined || nfsServer !== undefined,
    );
    if (needing !== undefined && args.executionEnvironment === ExecutionEnvironment.Gen1) {
        const reason = `"gen1" cannot mount volumes.${needing[0]}; leave it out, or use gen2`;
        throw argumentError(component, "executionEnvironment", reason);
    }
    const generation = args.executionEnvironment ?? (needing && ExecutionEnvironment.Gen2);
    return (
        generation &&
        `EXECUTION_ENVIRONMENT_${checkOneOf(component, "executionEnvironment", generation, ExecutionEnvironment).toUpperCase()}`
    );
}

function gpuOf(component: pulumi.Resource, { gpu, gpuZonalRedundancy, cpuAlwaysAllocated }: RunServiceArgs) {
    if (gpu === undefined) {
        if (gpuZonalRedundancy !== undefined) {
            throw argumentError(
                component,
                "gpuZonalRedundancy",
                "is for a service with a GPU; add gpu, or leave it out",
            );
        }
        return {};
    }
    if (cpuAlwaysAllocated === false) {
        throw argumentError(component, "cpuAlwaysAllocated", "must not be false, because a GPU needs it; leave it out");
    }
    const isRedundant = pulumi.output(gpuZonalRedundancy ?? false);
    return {
        nodeSelector: { accelerator: gpu },
        gpuZonalRedundancyDisabled: isRedundant.apply((redundant) => !redundant),
    };
}
