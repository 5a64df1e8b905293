import type { Question } from "../../access";
import { defined } from "../../common";
import type { CallersProbe, GrantRef, SmokeSpec } from "../spec";

/** What a probe asks. */
export function questionOf(probe: CallersProbe, declared: readonly GrantRef[], now: number): Question {
    return {
        target: probe.target,
        allowed: probe.allowed,
        grants: [...(probe.grants ?? []), ...declared],
        administrators: probe.administrators ?? "list",
        expected: defined({ ingress: probe.ingress, audiences: probe.audiences }),
        now,
    };
}

/** The grants that specs say their stacks make. Their members may call by them. */
export function declaredGrants(specs: readonly SmokeSpec[]): GrantRef[] {
    // The specs of one stack share their list.
    const ofStacks = [...new Set(specs.flatMap(({ declares }) => (declares === undefined ? [] : [declares])))].flat();
    const ofProbes = specs.flatMap(({ probes }) =>
        probes.flatMap((probe) =>
            probe.kind === "policy" ? [probe.grant] : "grants" in probe ? (probe.grants ?? []) : [],
        ),
    );
    return [...ofStacks, ...ofProbes];
}
