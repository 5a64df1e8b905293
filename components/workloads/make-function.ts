import * as cloudfunctionsv2 from "@pulumi/gcp/cloudfunctionsv2";
import * as pulumi from "@pulumi/pulumi";
import { type Identity, identityOf, enableApis, bindingsOf, type Grant, grantRoles, rolesOf } from "../grants";
import { functionBuild } from "./function-build";
import { functionTrigger } from "./function-trigger";
import { type EnvironmentEntry, invocations } from "../wiring";
import type { InvokableFunctionArgs } from "./function-args";
import type { Revision } from "../checks";
import { type GrantResource, GrantResourceType, Ingress, TargetKind } from "../target";
import { defined } from "../../common";

/** A function, made or found. */
export interface FoundFunction {
    kind: TargetKind;
    name: pulumi.Output<string>;
    url: pulumi.Output<string>;
    /** The email address of the account that it runs as. */
    email: pulumi.Output<string>;
    /** What callers get their grants on. */
    resource: GrantResource;
    revision: Omit<Revision, "place">;
    /** What that account may do on what the function invokes. */
    grants: Grant[];
}

/** What the provider calls each ingress. */
export const ingressSettings: Record<Ingress, string> = {
    [Ingress.All]: "ALLOW_ALL",
    [Ingress.Internal]: "ALLOW_INTERNAL_ONLY",
    [Ingress.InternalAndLoadBalancer]: "ALLOW_INTERNAL_AND_GCLB",
};

const apis = ["cloudfunctions", "run", "cloudbuild", "artifactregistry", "storage", "iam"];

/** Makes a function of the 2nd generation. */
export function makeFunction(
    component: pulumi.Resource,
    name: string,
    args: InvokableFunctionArgs,
    ingress: Ingress,
): FoundFunction {
    const { source = "", location = "", runtime = "", entryPoint = "" } = args;
    const identity = identityOf(component, name, "function", args);
    const enabled = enableApis(component, name, args, [...apis, ...(args.trigger ? ["eventarc"] : [])]);
    const build = functionBuild(component, name, { ...args, source, location });
    const calls = invocations(component, name, args, args.vpc !== undefined, identity);
    const trigger = args.trigger && functionTrigger(component, name, args, args.trigger);
    const made = new cloudfunctionsv2.Function(
        name,
        {
            location,
            ...defined({ name: args.name, project: args.project, labels: args.labels }),
            buildConfig: {
                runtime,
                entryPoint,
                source: { storageSource: build.storageSource },
                serviceAccount: build.serviceAccount,
                dockerRepository: build.dockerRepository,
            },
            serviceConfig: serviceConfig(args, ingress, identity, calls.env),
            ...defined({ eventTrigger: trigger?.eventTrigger }),
        },
        {
            parent: component,
            dependsOn: bindingsOf([...enabled, ...build.dependsOn, ...(trigger?.dependsOn ?? [])], calls.grants),
        },
    );
    const found: FoundFunction = { ...ofSecondGeneration(made), email: identity.email, grants: calls.grants };
    if (trigger !== undefined) {
        const target = { kind: found.kind, url: found.url, resource: found.resource };
        grantRoles(component, `${name}-trigger-invoker`, name, rolesOf(component, "trigger", target), trigger.account);
    }
    return found;
}

/** A function of the 2nd generation has the URL, the policy and the revision of the Cloud Run service beneath it. */
export function ofSecondGeneration(made: cloudfunctionsv2.Function): FoundFunction {
    // The URL is made here because a preview may know a configuration before the service beneath the function is there.
    const config = pulumi.all([made.serviceConfig, made.url]).apply(([service]) => service ?? {});
    const service = config.apply((known) => (known as { service?: string }).service ?? "");
    return {
        kind: TargetKind.Run,
        name: made.name,
        url: config.apply((known) => (known as { uri?: string }).uri ?? ""),
        email: config.apply((known) => (known as { serviceAccountEmail?: string }).serviceAccountEmail ?? ""),
        resource: {
            type: GrantResourceType.RunService,
            name: service.apply((full) => full.slice(full.lastIndexOf("/") + 1)),
            location: made.location.apply((location) => location),
            project: made.project,
        },
        revision: { project: made.project, revision: made.updateTime },
        grants: [],
    };
}

function serviceConfig(
    args: InvokableFunctionArgs,
    ingress: Ingress,
    identity: Identity,
    env: EnvironmentEntry[],
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
            availableMemory: args.memory,
            timeoutSeconds: args.timeoutSeconds,
            maxInstanceCount: args.maxInstances,
        }),
        ...(args.vpc && { directVpcEgress: "VPC_EGRESS_ALL_TRAFFIC", directVpcNetworkInterfaces: [{ ...args.vpc }] }),
        ...(values.length > 0 && {
            environmentVariables: Object.fromEntries(values.map(({ name, value = "" }) => [name, value])),
        }),
        ...(secrets.length > 0 && {
            secretEnvironmentVariables: secrets.map(({ name, secret, version }) => ({
                key: name,
                secret: pulumi.output(secret).apply(shortName),
                projectId: pulumi
                    .all([secret, identity.project])
                    .apply(([full, own]) => (full.startsWith("projects/") ? (full.split("/")[1] ?? own) : own)),
                version,
            })),
        }),
    };
}

function shortName(full: string): string {
    return full.slice(full.lastIndexOf("/") + 1);
}
