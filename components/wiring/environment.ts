import * as pulumi from "@pulumi/pulumi";
import { argumentError, memoized } from "../base";
import type { Target, TargetSecret } from "../target";
import type { TargetVariables } from "./variables";

/** How many variables a workflow can have (https://cloud.google.com/workflows/quotas). */
const MAXIMUM_VARIABLES = 20;

/** A source as it is deployed, with its variables. */
export interface Deployed {
    source: pulumi.Output<string>;
    variables: Record<string, pulumi.Input<string>>;
}

/** The values of the targets' variables, by name. A URL has no slash at its end, so that a source can add a path to it. */
export function targetValues(
    targets: Record<string, Target>,
    variables: Map<string, TargetVariables>,
    project: pulumi.Output<string>,
): Record<string, pulumi.Input<string>> {
    const values: Record<string, pulumi.Input<string>> = {};
    for (const [key, target] of Object.entries(targets)) {
        const { url, audience, job, signer, secret } = variables.get(key) ?? {};
        if (url !== undefined) {
            values[url] = rootUrl(target);
        }
        if (audience !== undefined && target.audience !== undefined) {
            values[audience] = target.audience;
        }
        if (job !== undefined) {
            values[job] = rootUrl(target).apply((full) => full.replace(/^https:\/\/[^/]+\/v2\//, ""));
        }
        if (signer !== undefined && target.resource !== undefined) {
            values[signer] = target.resource.name;
        }
        if (secret !== undefined && target.secret !== undefined) {
            values[secret] = versionName(target.secret, project);
        }
    }
    return values;
}

const rootUrl = memoized((target: Target) => pulumi.output(target.url).apply((full) => full.replace(/\/+$/, "")));

/** `projects/P/secrets/S/versions/V`. */
function versionName(secret: TargetSecret, project: pulumi.Output<string>): pulumi.Output<string> {
    return pulumi.interpolate`projects/${secret.project ?? project}/secrets/${secret.secret}/versions/${secret.version ?? "latest"}`;
}

/**
 * Passes the values to the workflow as environment variables. If there are too many, the values of the targets are written
 * into the source instead, as literals.
 * @throws ResourceError if a variable cannot be set, or the source reads one in a way that cannot be replaced
 */
export function deployWith(
    component: pulumi.Resource,
    source: pulumi.Output<string>,
    values: Record<string, pulumi.Input<string>>,
    env: Record<string, pulumi.Input<string>>,
): Deployed {
    for (const name of Object.keys(env)) {
        if (name in values) {
            throw argumentError(component, `env.${name}`, "is the variable of a target already; rename one of the two");
        }
        if (name === "" || /^(GOOGLE|WORKFLOWS)/.test(name)) {
            throw argumentError(
                component,
                `env.${name}`,
                `"${name}" cannot be a variable; use a name that is not empty and does not begin with GOOGLE or WORKFLOWS, which are reserved for the platform`,
            );
        }
    }
    const count = Object.keys(env).length;
    if (count > MAXIMUM_VARIABLES) {
        throw argumentError(
            component,
            "env",
            `has ${count} variables, and a workflow takes at most ${MAXIMUM_VARIABLES}`,
        );
    }
    if (count + Object.keys(values).length <= MAXIMUM_VARIABLES) {
        return { source, variables: { ...env, ...values } };
    }
    return {
        source: pulumi.all([source, values]).apply(([text, known]) => withLiterals(component, text, known)),
        variables: env,
    };
}

/** Replaces `sys.get_env("ORDERS_URL")` by its value, in YAML and in JSON, where the quotes are escaped. */
function withLiterals(component: pulumi.Resource, source: string, values: Record<string, string>): string {
    const literal = source.replace(/sys\.get_env\(\s*(\\?["'])(\w+)\1\s*\)/g, (call, quote: string, name: string) => {
        const known = values[name];
        return known === undefined ? call : `${quote}${known}${quote}`;
    });
    const code = literal.replace(/^\s*#.*$/gm, "");
    const left = Object.keys(values).find((name) => new RegExp(`\\b${name}\\b`).test(code));
    if (left === undefined) {
        return literal;
    }
    throw argumentError(
        component,
        "targets",
        `need more than the ${MAXIMUM_VARIABLES} variables that a workflow takes, so their values are written into the source, ` +
            `but it reads ${left} in another way than \${sys.get_env("${left}")}; write it so, or use fewer targets`,
    );
}
