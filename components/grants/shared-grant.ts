import * as pulumi from "@pulumi/pulumi";
import type { GrantRef } from "../../smoke";
import { log, memoizedPerProgram } from "../base";

/** The binding that the program made first, for each member, role and resource. */
const grants = memoizedPerProgram(() => new Map<string, pulumi.Resource>());

/**
 * Warns if the program makes the same grant twice: two callers have the same account, or a target's grant is made by hand
 * too. A policy holds a member of a role once, so the binding that is deleted first takes the access of both away.
 */
export function warnWhereShared(binding: pulumi.Resource, { member, role, resource }: Omit<GrantRef, "label">): void {
    const granted = grants();
    const key = `${member} ${role} ${resource}`;
    const first = granted.get(key);
    granted.set(key, first ?? binding);
    if (first === undefined || first === binding) {
        return;
    }
    void log.warn(
        `${pulumi.resourceName(binding)} grants ${role} on ${resource} to ${member}, and so does ${pulumi.resourceName(first)}: ` +
            `the one that is deleted first takes the access of both away until the next pulumi refresh and pulumi up; ` +
            `give each caller an account of its own, or make the grant once`,
        binding,
    );
}
