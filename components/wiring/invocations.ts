import * as pulumi from "@pulumi/pulumi";
import { type Identity, type Grant, grantTargets, targetRoles } from "../grants";
import { checkCycle } from "./cycles";
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
    const targets = args.invokes ?? {};
    for (const [key, target] of Object.entries(targets as Record<string, Target | undefined>)) {
        if (target === undefined) {
            throw notMadeYet(component, name, key);
        }
    }
    checkCycle(component, args, targets);
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

/** A target that is used before it is made is `undefined`. Two workloads that call each other would wait for each other. */
function notMadeYet(component: pulumi.Resource, name: string, key: string): pulumi.ResourceError {
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
