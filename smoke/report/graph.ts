import { callGraph, type CallFact, type CallGraph, type NamedNode } from "../../access/graph";
import type { ProbeReport, Report } from "../smoke-report";
import { agentsOf, causeOf, isAgent } from "./summary";

/** What a report tells of who may call whom, and what a graph of it does not draw. */
export interface ReportedCalls {
    facts: CallFact[];
    notes: string[];
    /** What the reports call the targets. */
    named: NamedNode[];
}

/** Reads who may call whom from reports: the calls that checks made, the bindings that they saw, and who else may call. */
export function callsOfReports(reports: readonly Report[]): ReportedCalls {
    const probes = reports.flatMap(({ probes: each }) => each);
    return {
        facts: probes.flatMap((probe) => [...factsOfGrants(probe), ...factsOfWays(probe)]),
        notes: probes.flatMap(notesOf),
        named: namesIn(probes),
    };
}

/** The graph of reports alone. */
export function graphOfReports(reports: readonly Report[]): CallGraph {
    const { facts, notes, named } = callsOfReports(reports);
    return callGraph(facts, named, notes);
}

function factsOfGrants(probe: ProbeReport): CallFact[] {
    const { grants = [], verdict, kind, name } = probe;
    const state =
        verdict === "failed"
            ? "violated"
            : verdict === "passed" || verdict === "warning"
              ? kind === "policy"
                  ? "bound"
                  : "proven"
              : "untried";
    const words = {
        passed: "passed",
        warning: "passed with a warning",
        failed: "failed",
        "not-tried": "was not tried",
    };
    const cause = verdict === "passed" ? "" : `: ${causeOf(probe)}`;
    return grants.map(({ member, role, resource }) => ({
        ...{ from: member, to: resource, role, state, why: `the probe "${name}" ${words[verdict]}${cause}` },
        ...(verdict === "failed" && probe.diagnosis?.fix !== undefined && { fix: probe.diagnosis.fix }),
    }));
}

function factsOfWays({ access, resource }: ProbeReport): CallFact[] {
    return (resource === undefined ? [] : (access?.ways ?? [])).flatMap(({ kind, member, path, fix, doubt }) => {
        if (kind === "agent" || kind === "administrator") {
            return [];
        }
        const why = `${kind}: ${path}${doubt === undefined ? "" : ` (if ${doubt})`}`;
        const state = kind === "caller" ? "bound" : "violated";
        return [{ from: member, to: resource ?? "", state, why, ...(fix !== undefined && { fix }) } as const];
    });
}

/** Administrators and Google's own accounts are not drawn, and neither is what could not be read. */
function notesOf({ access, target }: ProbeReport): string[] {
    if (access === undefined) {
        return [];
    }
    const administrators = access.ways.filter(({ kind }) => kind === "administrator").map(({ member }) => member);
    const agents = access.ways.some(isAgent) ? agentsOf(access) : [];
    const others = [...new Set(administrators), ...agents];
    const [may, beDone] = target.startsWith("tokens of ") ? ["mint", "minted"] : ["call", "called"];
    return [
        ...(others.length > 0
            ? [`${target} may also be ${beDone} by its administrators and Google: ${others.join(", ")}`]
            : []),
        ...access.unread.map(({ what, why }) => `it is not known who else may ${may} ${target}: ${what}: ${why}`),
    ];
}

function namesIn(probes: readonly ProbeReport[]): NamedNode[] {
    const labels = new Map<string, string>();
    for (const { grants = [], resource, target } of probes) {
        for (const grant of grants.filter(({ label }) => label !== "")) {
            labels.set(grant.resource, grant.label);
        }
        if (resource !== undefined) {
            labels.set(resource, target);
        }
    }
    const isNamed = ([url]: [string, string]): boolean => !url.startsWith("https://cloudresourcemanager.");
    return [...labels].filter(isNamed).map(([url, label]) => {
        const [, kind = "resource"] = /\/([a-zA-Z]+)s\/[^/]+$/.exec(url) ?? [];
        return { id: url, label, kind: kind === "serviceAccount" ? "account" : kind, names: [url] };
    });
}
