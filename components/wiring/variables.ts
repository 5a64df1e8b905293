import type * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";
import { type Target, TargetKind } from "../target";
import { isSigned } from "./token-header";
import { variablePrefix } from "../../workflow";

/** The environment variables by which a workload knows one of its targets. */
export interface TargetVariables {
    /** The variable with the root URL, such as `STOCK_API_URL`. */
    url?: string;
    /** The variable with the audience, if that is not the URL. */
    audience?: string;
    /** The variable with the full name of a job, such as `REPORT_JOB`. */
    job?: string;
    /** The variable with the email address of the account as which callers of an API gateway sign their tokens. */
    signer?: string;
    /** The variable with the full name of the secret's version, for an external API. */
    secret?: string;
}

/**
 * The variables of each target, by key. A Google API needs none, because everybody knows its host.
 * @throws ResourceError if a key makes no variable, or two keys make the same one
 */
export function targetVariables(
    component: pulumi.Resource,
    argument: string,
    targets: Record<string, Target>,
): Map<string, TargetVariables> {
    const owners = new Map<string, string>();
    const claim = (key: string, variable: string): string => {
        const owner = owners.get(variable);
        if (owner !== undefined) {
            throw argumentError(
                component,
                `${argument}.${key}`,
                `makes the variable ${variable}, and so does ${argument}.${owner}; rename one of the two`,
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
            if (target.kind === TargetKind.Job) {
                variables.job = claim(key, `${prefix}_JOB`);
            }
            if (hasOwnAudience(target)) {
                variables.audience = claim(key, `${prefix}_AUDIENCE`);
            }
            if (isSigned(target)) {
                variables.signer = claim(key, `${prefix}_SIGNER`);
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
            `"${key}" makes no environment variable; use letters, digits, hyphens and underscores, with a letter first`,
        );
    }
    const prefix = variablePrefix(key);
    // Workflows reserves these names for its own variables.
    if (/^(GOOGLE|WORKFLOWS)/.test(prefix)) {
        throw argumentError(
            component,
            `${argument}.${key}`,
            `would make the variable ${prefix}_URL, and names that begin with GOOGLE or WORKFLOWS are reserved for the platform; rename the key`,
        );
    }
    return prefix;
}

/** Whether the target has an audience that its callers cannot derive from the URL. */
function hasOwnAudience(target: Target): boolean {
    return target.audience !== undefined && target.audienceIsUrl !== true;
}
