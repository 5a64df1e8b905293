import type * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";
import { type Target, TargetKind } from "../target";

/** How a target reaches the workload that calls it. */
export interface TargetVariables {
    /** The environment variable that holds the root URL, such as `STOCK_API_URL`. */
    url?: string;
    /** The one that holds the audience, where it is not that URL. */
    audience?: string;
    /** The one that holds the name of the secret's version, for an external API. */
    secret?: string;
}

/** `stock-api` and `stockApi` → `STOCK_API`. */
export function variablePrefix(key: string): string {
    return key
        .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
        .replace(/[^A-Za-z0-9]+/g, "_")
        .toUpperCase();
}

/**
 * The variables of each target. A Google API needs none: its host is its name.
 * @throws ResourceError where a key makes no variable, or two keys the same one.
 */
export function targetVariables(
    component: pulumi.Resource,
    argument: string,
    targets: Record<string, Target>,
): Map<string, TargetVariables> {
    const owners = new Map<string, string>();
    const claim = (key: string, variable: string): string => {
        const other = owners.get(variable);
        if (other !== undefined) {
            throw argumentError(
                component,
                `${argument}.${key}`,
                `makes the variable ${variable}, and so does ${argument}.${other}; rename one of the two`,
            );
        }
        owners.set(variable, key);
        return variable;
    };
    return new Map(
        Object.entries(targets).map(([key, target]) => {
            const prefix = checkedPrefix(component, argument, key);
            const variables: TargetVariables = {};
            if (target.kind !== TargetKind.GoogleApi) {
                variables.url = claim(key, `${prefix}_URL`);
            }
            if (hasOwnAudience(target)) {
                variables.audience = claim(key, `${prefix}_AUDIENCE`);
            }
            if (target.secret !== undefined) {
                variables.secret = claim(key, `${prefix}_SECRET`);
            }
            return [key, variables];
        }),
    );
}

function checkedPrefix(component: pulumi.Resource, argument: string, key: string): string {
    if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(key)) {
        throw argumentError(
            component,
            `${argument}.${key}`,
            `"${key}" makes no environment variable; a letter, then letters, digits, hyphens and underscores`,
        );
    }
    const prefix = variablePrefix(key);
    // Workflows keeps these for its own variables.
    if (/^(GOOGLE|WORKFLOWS)/.test(prefix)) {
        throw argumentError(
            component,
            `${argument}.${key}`,
            `would make the variable ${prefix}_URL, and names that begin with GOOGLE or WORKFLOWS are the platform's; rename the key`,
        );
    }
    return prefix;
}

/** Whether the audience must be carried beside the URL. */
function hasOwnAudience(target: Target): boolean {
    return target.audience !== undefined && target.audienceIsUrl !== true;
}
