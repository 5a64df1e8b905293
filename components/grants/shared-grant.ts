import * as pulumi from "@pulumi/pulumi";
import type { GrantRef } from "../../smoke";
import { oncePerProgram } from "../base";

/** The first grant of each member, role and resource. */
const grants = oncePerProgram(() => new Map<string, pulumi.Resource>());

/**
 * Says where two grants are one: two callers that bring the same account, or a grant beside a target's. A policy holds a
 * member once, and the one that goes first takes it away from both.
 */
export function warnWhereShared(binding: pulumi.Resource, { member, role, resource }: Omit<GrantRef, "label">): void {
    const granted = grants();
    const key = `${member} ${role} ${resource}`;
    const other = granted.get(key);
    granted.set(key, other ?? binding);
    if (other === undefined || other === binding) {
        return;
    }
    void pulumi.log.warn(
        `${pulumi.resourceName(binding)} grants ${role} on ${resource} to ${member}, and so does ${pulumi.resourceName(other)}: ` +
            `when one of them goes, it takes the access of both along until the next pulumi refresh and pulumi up; ` +
            `give each caller an account of its own, or grant once`,
        binding,
    );
}
