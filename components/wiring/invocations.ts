import * as pulumi from "@pulumi/pulumi";
import { type Identity, type Grant, grantTargets, targetRoles } from "../grants";
import { checkCircle } from "./cycles";
import { targetValues } from "./environment";
import { argumentError } from "../base";
import { Ingress, type Target, type TargetSecret } from "../target";
import { targetVariables } from "./variables";

/** One variable of a container. */
export interface EnvironmentEntry {
    name: string;
    value?: pulumi.Input<string>;
    valueSource?: { secretKeyRef: { secret: pulumi.Input<string>; version: pulumi.Input<string> } };
}

/** What a workload needs to call its targets by itself. */
export interface Invocations {
    /** A revision runs when it may call, and one that mounts a secret does not even start before it may read it. */
    grants: Grant[];
    env: EnvironmentEntry[];
}

/**
 * Grants and variables for a workload that calls others, with ID tokens of the metadata server.
 * @throws ResourceError where a target cannot be reached: one workload reaches another with internal ingress only by a
 * VPC (https://cloud.google.com/run/docs/securing/private-networking).
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
    const targets = args.invokes ?? {};
    for (const [key, target] of Object.entries(targets as Record<string, Target | undefined>)) {
        if (target === undefined) {
            throw cycle(component, name, key);
        }
    }
    checkCircle(component, args, targets);
    for (const [key, { ingress }] of Object.entries(targets)) {
        if ((ingress ?? Ingress.All) === Ingress.All || hasVpc) {
            continue;
        }
        throw argumentError(
            component,
            `invokes.${key}`,
            `has internal ingress, and requests of ${name} come from outside; give ${name} vpc: { subnetwork: … }, ` +
                `or ${key} ingress: "all" (IAM still decides who gets in)`,
        );
    }
    const variables = targetVariables(component, "invokes", targets);
    const own = Object.entries(args.env ?? {});
    const taken = new Set([...variables.values()].flatMap(({ url, audience, secret }) => [url, audience, secret]));
    for (const [variable] of own) {
        if (taken.has(variable)) {
            throw argumentError(
                component,
                `env.${variable}`,
                "is the variable of a target already; rename one of the two",
            );
        }
    }
    const grants = grantTargets(component, name, targetRoles(component, "invokes", targets), identity);
    const values = targetValues(targets, variables, identity.project);
    const secrets = Object.entries(targets).flatMap(([key, { secret }]) => {
        const variable = variables.get(key)?.secret;
        return secret === undefined || variable === undefined ? [] : [{ secret, variable }];
    });
    return {
        grants,
        env: [
            ...own.map(([variable, value]) => ({ name: variable, value })),
            ...Object.entries(values)
                .filter(([variable]) => !secrets.some((secret) => secret.variable === variable))
                .map(([variable, value]) => ({ name: variable, value })),
            ...secrets.map(({ secret, variable }) => ({ name: variable, valueSource: fromSecret(secret) })),
        ],
    };
}

/** What is used before it is made is `undefined`: two that call each other would each wait for the other's URL. */
function cycle(component: pulumi.Resource, name: string, key: string): pulumi.ResourceError {
    return argumentError(
        component,
        `invokes.${key}`,
        `is not made yet; make ${key} before ${name}. Where ${key} calls ${name} too, the two wait for each other: ` +
            `let one of the calls go through an AuthenticatedQueue or AuthenticatedPush that is made after both`,
    );
}

function fromSecret({ secret, version, project }: TargetSecret): NonNullable<EnvironmentEntry["valueSource"]> {
    return {
        secretKeyRef: {
            secret: project === undefined ? secret : pulumi.interpolate`projects/${project}/secrets/${secret}`,
            version: version ?? "latest",
        },
    };
}
