import * as pulumi from "@pulumi/pulumi";
import type { GrantInfo } from "./grant";

/** The grants of each program that ran in this process: by member, role and resource, the first one's name. */
const programs = new WeakMap<object, Map<string, string>>();

/**
 * Says where two grants are one: two callers that bring the same account, or a grant beside a target's. A policy holds a
 * member once, and the one that goes first takes it away from both.
 */
export function warnWhereShared(component: pulumi.Resource, name: string, { member, role, resource }: GrantInfo): void {
    const monitor = pulumi.runtime.getMonitor();
    if (monitor === undefined) return;
    const granted = programs.get(monitor) ?? new Map<string, string>();
    programs.set(monitor, granted);
    pulumi.all([member, resource]).apply(([who, where]) => {
        const key = `${who} ${role} ${where}`;
        const other = granted.get(key);
        granted.set(key, other ?? name);
        if (other === undefined || other === name) return;
        void pulumi.log.warn(
            `${name} grants ${role} on ${where} to ${who}, and so does ${other}: when one of them goes, it takes the access ` +
                `of both along until the next pulumi refresh and pulumi up; give each caller an account of its own, or grant once`,
            component,
        );
    });
}
