import { isTarget, labelOf } from "../../access";
import type { CredentialOptions } from "../../credentials";
import { type AccessReport, type CallersProbe, declaredGrants, type SmokeSpec, verifySpecs } from "../../smoke";
import { UserError } from "../errors";

/** Who may call one target. */
export interface Asked extends AccessReport {
    /** What the check calls it, such as `orders`. */
    label: string;
    /** Its REST URL. */
    target: string;
}

/**
 * Asks who may call the targets of specs.
 * @param name The name of a target, or the REST URL of one that no check asks about. @default - all targets
 * @param change How the probes are changed before they run.
 * @throws UserError if there is no such target
 */
export async function askWho(
    specs: readonly SmokeSpec[],
    name: string | undefined,
    credentials: CredentialOptions,
    change: (probe: CallersProbe) => CallersProbe = (probe) => probe,
): Promise<Asked[]> {
    const probes = specs.flatMap((spec) => spec.probes.filter((probe) => probe.kind === "callers"));
    const wanted = name === undefined ? probes : probes.filter(({ label, target }) => [label, target].includes(name));
    const asked = wanted.length === 0 && name !== undefined && isTarget(name) ? [probeOf(name)] : wanted;
    if (asked.length === 0) {
        throw new UserError(
            name === undefined ? "no check of the stack asks who may call something" : `there is no target ${name}`,
            {
                fix: `known are ${[...new Set(probes.map(({ label }) => label))].join(", ") || "none"}; a REST URL such as https://run.googleapis.com/v2/projects/P/locations/L/services/S works too`,
            },
        );
    }
    const grants = declaredGrants(specs);
    const [first] = specs;
    // Two components of different types may have the same name, and a report tells probes apart by their names.
    const each = asked.map((probe) => ({
        ...{ version: 1 as const, name: probe.label, project: first?.project ?? "", fingerprint: {} },
        probes: [change(probe)],
    }));
    const reports = await verifySpecs(each, {
        credentials,
        deadlineSeconds: 30,
        declared: () => ({ grants, pending: 0 }),
    });
    return reports.flatMap(({ probes: rows }, index) =>
        rows.flatMap(({ access, diagnosis }) => {
            const { label, target } = asked[index] ?? { label: "", target: "" };
            const unread = [{ what: "the policies", why: diagnosis?.cause ?? "there is no answer" }];
            return [{ label, target, ...(access ?? { verdict: "unknown" as const, ways: [], unread }) }];
        }),
    );
}

function probeOf(target: string): CallersProbe {
    return { kind: "callers", name: target, target, label: labelOf(target), allowed: [] };
}
