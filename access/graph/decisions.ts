import { CALLS } from "../targets";
import type { CallFact, NamedNode } from "./types";

/** A decision of a sandbox, as far as a graph needs it. */
export interface DecidedCall {
    time: string;
    allowed: boolean;
    principal: string;
    permission: string;
    /** The full name of the resource: `//run.googleapis.com/projects/…`. */
    resource: string;
    reason: string;
    missing?: { role: string };
    /** Whether a command of the sandbox's own asked. */
    tool?: boolean;
}

/**
 * What decisions of a sandbox tell of calls: those that got in, and declared ones of which the latest was refused.
 * @param declared The facts of the program.
 */
export function factsOfDecisions(
    decisions: readonly DecidedCall[],
    declared: readonly CallFact[],
    named: readonly NamedNode[],
): CallFact[] {
    const urls = new Set([...declared.map(({ to }) => to), ...named.flatMap(({ names }) => names)]);
    const byName = new Map([...urls].filter((url) => url.startsWith("https:")).map((url) => [fullName(url), url]));
    const rolesOf = (from: string, to: string) =>
        declared.flatMap((fact) => (fact.from === from && fact.to === to ? [fact.role] : []));
    const latest = new Map<string, CallFact>();
    for (const { tool, allowed, principal, permission, resource, reason, time, missing } of decisions) {
        const to = byName.get(resource);
        if (tool === true || to === undefined || principal === "anonymous") {
            continue;
        }
        const key = `${principal} ${to}`;
        const roles = rolesOf(principal, to);
        const isRefused = !allowed && roles.some((role) => missing === undefined || role === missing.role);
        if (isRefused) {
            latest.set(key, { from: principal, to, state: "violated", why: `refused at ${time}: ${reason}` });
        } else if (allowed && (CALLS.has(permission) || roles.length > 0)) {
            latest.set(key, { from: principal, to, state: "used", why: `let in at ${time}: ${reason}` });
        }
    }
    return [...latest.values()];
}

/** The full name of what a REST URL names. */
export const fullName = (url: string): string => url.replace(/^https:\/\/([^/]+)\/(storage\/)?v\d\w*\//, "//$1/");
