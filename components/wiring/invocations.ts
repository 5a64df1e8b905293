import * as pulumi from "@pulumi/pulumi";
import { type Identity, type Grant, grantTargets, targetRoles } from "../grants";
import { checkCycle } from "./cycles";
import { targetValues } from "./environment";
import { argumentError } from "../base";
import { Ingress, type Target, type TargetSecret } from "../target";
import { type TargetVariables, targetVariables } from "./variables";

/** One variable of a container. */
export interface EnvironmentEntry {
    name: string;
    value?: pulumi.Input<string>;
    valueSource?: { secretKeyRef: { secret: pulumi.Input<string>; version: pulumi.Input<string> } };
}

/** What a workload needs so that its own code can call its targets. */
export interface Invocations {
    /** The grants on the targets. A revision waits for them: one that mounts a secret does not even start without its grant. */
    grants: Grant[];
    env: EnvironmentEntry[];
}

/**
 * Makes the grants and the environment variables of a workload that calls others. Its code gets ID tokens from the metadata
 * server.
 * @param hasVpc Whether its requests leave by a VPC. Only so does it reach a target with internal ingress
 * (https://cloud.google.com/run/docs/securing/private-networking).
 * @throws ResourceError where a target cannot be reached, or two variables have the same name
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
): Invocations {
    const { invokes: targets = {}, env = {} } = args;
    checkMade(component, name, targets);
    checkCycle(component, args, targets);
    checkNetwork(component, name, targets, hasVpc);
    const variables = targetVariables(component, "invokes", targets);
    checkNames(component, env, variables);
    const grants = grantTargets(component, name, targetRoles(component, "invokes", targets), identity);
    const values = targetValues(targets, variables, identity.project);
    return { grants, env: entries(env, values, targets, variables) };
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

/** A variable of the user's must not have the name of a target's variable. */
function checkNames(component: pulumi.Resource, env: object, variables: Map<string, TargetVariables>): void {
    const taken = new Set([...variables.values()].flatMap(({ url, audience, secret }) => [url, audience, secret]));
    const twice = Object.keys(env).find((variable) => taken.has(variable));
    if (twice !== undefined) {
        const reason = "is the variable of a target already; rename one of the two";
        throw argumentError(component, `env.${twice}`, reason);
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
        return secret === undefined || name === undefined ? [] : [{ name, valueSource: fromSecret(secret) }];
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

function fromSecret({ secret, version, project }: TargetSecret): NonNullable<EnvironmentEntry["valueSource"]> {
    return {
        secretKeyRef: {
            secret: project === undefined ? secret : pulumi.interpolate`projects/${project}/secrets/${secret}`,
            version: version ?? "latest",
        },
    };
}
