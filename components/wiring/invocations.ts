import type * as pulumi from "@pulumi/pulumi";
import { type Identity, type Grant, grantTargets, type TargetRoles, targetRoles } from "../grants";
import { checkCycle } from "./cycles";
import { targetValues } from "./environment";
import { argumentError } from "../base";
import { secretName, type SecretSource } from "./secrets";
import { Ingress, type Target } from "../target";
import { type TargetVariables, targetVariables } from "./variables";

/** One variable of a container. */
export interface EnvironmentEntry {
    name: string;
    value?: pulumi.Input<string>;
    valueSource?: { secretKeyRef: { secret: pulumi.Input<string>; version: pulumi.Input<string> } };
}

/** What a workload needs so that its own code can call its targets. */
export interface Invocations {
    /** The grants on all these. A revision waits for them: one that mounts a secret does not even start without its grant. */
    grants: Grant[];
    env: EnvironmentEntry[];
}

/** What a workload has beside its targets. */
export interface Possessions {
    /** Secrets that variables hold. */
    secrets: [name: string, source: SecretSource][];
    /** The roles that it needs on secrets and volumes. */
    roles: Record<string, TargetRoles>;
}

/**
 * Makes the grants and the environment variables of a workload that calls others. Its code gets ID tokens from the metadata
 * server.
 * @param hasVpc Whether its requests leave by a VPC. Only so does it reach a target with internal ingress
 * (https://cloud.google.com/run/docs/securing/private-networking).
 * @throws ResourceError if a target cannot be reached, or two variables have the same name
 */
export function invocations(
    component: pulumi.Resource,
    name: string,
    args: {
        name?: pulumi.Input<string>;
        location?: pulumi.Input<string>;
        env?: Record<string, pulumi.Input<string>>;
        invokes?: Record<string, Target>;
    },
    hasVpc: boolean,
    identity: Identity,
    possessions: Possessions,
): Invocations {
    const { invokes: targets = {}, env = {} } = args;
    checkMade(component, name, targets);
    checkCycle(component, args, targets);
    checkNetwork(component, name, targets, hasVpc);
    const variables = targetVariables(component, "invokes", targets);
    checkNames(component, env, variables, possessions.secrets);
    const roles = { ...targetRoles(component, "invokes", targets), ...possessions.roles };
    const grants = grantTargets(component, name, roles, identity);
    const values = targetValues(targets, variables, identity.project);
    return { grants, env: [...entries(env, values, targets, variables), ...possessions.secrets.map(fromSecret)] };
}

/** A target with internal ingress is out of reach for requests that do not leave by a VPC. */
function checkNetwork(
    component: pulumi.Resource,
    name: string,
    targets: Record<string, Target>,
    hasVpc: boolean,
): void {
    for (const [key, { ingress = Ingress.All }] of Object.entries(targets)) {
        if (ingress !== Ingress.All && !hasVpc) {
            throw argumentError(
                component,
                `invokes.${key}`,
                `has internal ingress, and requests of ${name} come from outside; give ${name} vpc: { subnetwork: … }, ` +
                    `or ${key} ingress: "all" (IAM still decides who gets in)`,
            );
        }
    }
}

/** A variable of the user's must not have the name of a target's variable, and only one value. */
function checkNames(
    component: pulumi.Resource,
    env: object,
    variables: Map<string, TargetVariables>,
    secrets: [name: string, source: SecretSource][],
): void {
    const taken = new Set([...variables.values()].flatMap((each) => Object.values(each) as string[]));
    const names = secrets.map(([name]) => name);
    const twice = [...Object.keys(env), ...names].find((variable) => taken.has(variable));
    if (twice !== undefined) {
        const reason = "is the variable of a target already; rename one of the two";
        throw argumentError(component, `${twice in env ? "env" : "secrets"}.${twice}`, reason);
    }
    const both = names.find((variable) => variable in env);
    if (both !== undefined) {
        throw argumentError(component, `secrets.${both}`, "is a variable of env already; rename one of the two");
    }
}

/** The variables of the container: the user's own, then the values of the targets, then their secrets. */
function entries(
    env: Record<string, pulumi.Input<string>>,
    values: Record<string, pulumi.Input<string>>,
    targets: Record<string, Target>,
    variables: Map<string, TargetVariables>,
): EnvironmentEntry[] {
    const secrets = Object.entries(targets).flatMap(([key, { secret }]) => {
        const name = variables.get(key)?.secret;
        return secret === undefined || name === undefined ? [] : [fromSecret([name, secret])];
    });
    const secretNames = new Set(secrets.map(({ name }) => name));
    return [
        ...Object.entries(env).map(([name, value]) => ({ name, value })),
        ...Object.entries(values)
            .filter(([name]) => !secretNames.has(name))
            .map(([name, value]) => ({ name, value })),
        ...secrets,
    ];
}

/** A target that is used before it is made is `undefined`. Two workloads that call each other would wait for each other. */
function checkMade(component: pulumi.Resource, name: string, targets: Record<string, Target | undefined>): void {
    for (const [key, target] of Object.entries(targets)) {
        if (target === undefined) {
            throw argumentError(
                component,
                `invokes.${key}`,
                `is not made yet; make ${key} before ${name}. If ${key} calls ${name} too, the two wait for each other: ` +
                    `let one of the calls go through an AuthenticatedQueue or AuthenticatedPush that is made after both`,
            );
        }
    }
}

/** A variable that holds a secret. */
export function fromSecret([name, source]: [name: string, source: SecretSource]): EnvironmentEntry {
    return {
        name,
        valueSource: { secretKeyRef: { secret: secretName(source), version: source.version ?? "latest" } },
    };
}
