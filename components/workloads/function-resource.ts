import type * as cloudfunctionsv2 from "@pulumi/gcp/cloudfunctionsv2";
import * as pulumi from "@pulumi/pulumi";
import type { Kept } from "../base";
import type { InvokableFunctionArgs } from "./function-args";
import type { Identity } from "../grants";
import { Ingress } from "../target";
import { type EnvironmentEntry, secretName, type SecretFolder } from "../wiring";
import { defined } from "../../common";

/** What the provider calls each ingress. */
export const ingressSettings: Record<Ingress, string> = {
    [Ingress.All]: "ALLOW_ALL",
    [Ingress.Internal]: "ALLOW_INTERNAL_ONLY",
    [Ingress.InternalAndLoadBalancer]: "ALLOW_INTERNAL_AND_GCLB",
};

/** What a transform of a function may not change. */
export const KEPT: Kept = {
    name: "give name in the arguments",
    project: "give project in the arguments",
    location: "give location in the arguments",
    eventTrigger: "give trigger in the arguments",
    "buildConfig.serviceAccount": "give build.serviceAccount in the arguments",
    "serviceConfig.serviceAccountEmail": "give serviceAccount in the arguments",
    "serviceConfig.ingressSettings": "give ingress in the arguments",
    "serviceConfig.directVpcEgress": "give vpc in the arguments",
    "serviceConfig.directVpcNetworkInterfaces": "give vpc in the arguments",
    "serviceConfig.vpcConnectorEgressSettings": "give vpc in the arguments",
    "serviceConfig.environmentVariables[]": "give variables in env, secrets and invokes; more of them can be added",
    "serviceConfig.secretEnvironmentVariables[]":
        "give variables in env, secrets and invokes; more of them can be added",
};

/** How a function runs, as the provider takes it. */
export function serviceConfig(
    args: InvokableFunctionArgs,
    ingress: Ingress,
    identity: Identity,
    env: EnvironmentEntry[],
    folders: SecretFolder[],
): NonNullable<cloudfunctionsv2.FunctionArgs["serviceConfig"]> {
    const values = env.filter((entry) => entry.value !== undefined);
    const secrets = env.flatMap(({ name, valueSource }) =>
        valueSource ? [{ name, ...valueSource.secretKeyRef }] : [],
    );
    return {
        serviceAccountEmail: identity.email,
        ingressSettings: ingressSettings[ingress],
        allTrafficOnLatestRevision: true,
        ...defined({
            availableCpu: args.cpu,
            availableMemory: args.memory,
            timeoutSeconds: args.timeoutSeconds,
            minInstanceCount: args.minInstances,
            maxInstanceCount: args.maxInstances,
            maxInstanceRequestConcurrency: args.concurrency,
        }),
        ...(args.vpc && { directVpcEgress: "VPC_EGRESS_ALL_TRAFFIC", directVpcNetworkInterfaces: [{ ...args.vpc }] }),
        ...(values.length > 0 && {
            environmentVariables: Object.fromEntries(values.map(({ name, value = "" }) => [name, value])),
        }),
        ...(secrets.length > 0 && {
            secretEnvironmentVariables: secrets.map(({ name, secret, version }) => ({
                key: name,
                ...secretOf(secret, identity),
                version,
            })),
        }),
        ...(folders.length > 0 && {
            secretVolumes: folders.map(({ directory, source, files }) => ({
                mountPath: directory,
                ...secretOf(secretName(source), identity),
                versions: files,
            })),
        }),
    };
}

/** A function names the project of a secret beside it. */
function secretOf(name: pulumi.Input<string>, identity: Identity) {
    return {
        secret: pulumi.output(name).apply((full) => full.slice(full.lastIndexOf("/") + 1)),
        projectId: pulumi
            .all([name, identity.project])
            .apply(([full, own]) => (full.startsWith("projects/") ? (full.split("/")[1] ?? own) : own)),
    };
}
