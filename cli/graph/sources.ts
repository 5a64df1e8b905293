import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { callGraph, type CallGraph, factsOfDecisions, graphOfState, type KeptResource } from "../../access/graph";
import type { Report } from "../../smoke";
import { callsOfReports } from "../../smoke/report";
import { fileError, UserError } from "../errors";
import {
    type Deployment,
    findStateFolder,
    keptReports,
    nameOfStack,
    readKept,
    reportsIn,
    type StateFolder,
} from "../sandbox";
import type { Asked } from "../who";
import { pulumi } from "../verify";

/** From what a graph is drawn. */
export interface GraphSources {
    /** What `pulumi stack export` prints of each stack. */
    states: unknown[];
    /** The reports of checks, each with its stack if there are several. */
    reports: readonly (Report & { stack?: string })[];
    decisions: ReturnType<typeof readKept<"decisions.jsonl">>;
    /** Who may call each target, as policies tell. @default - no policy is read */
    asked?: readonly Asked[];
}

/** What a sandbox keeps of stacks that it deployed. */
export function sourcesOfSandbox(folder: StateFolder, stacks: readonly Deployment[]): GraphSources {
    return {
        states: stacks.map((each) => readJson(folder.stateOf(each))),
        reports: stacks.flatMap((each) =>
            reportsIn(folder.reportsOf(each)).map((report) => ({
                ...report,
                ...(stacks.length > 1 && { stack: nameOfStack(each) }),
            })),
        ),
        decisions: readKept(folder, "decisions.jsonl"),
    };
}

/** The state of a stack from a file or from Pulumi, and what is kept in a folder: that of a sandbox, or one of reports. */
export async function sourcesElsewhere(
    directory: string,
    flags: { state?: string; stack?: string; evidence?: string },
): Promise<GraphSources> {
    const { state, stack, evidence } = flags;
    const isSandbox = evidence !== undefined && existsSync(join(evidence, "sandbox.json"));
    if (evidence !== undefined && !existsSync(evidence)) {
        throw new UserError(`there is no folder ${evidence}`, {
            fix: "name the folder of gcp-invoke:reports",
            exitCode: 2,
        });
    }
    const folder = isSandbox ? findStateFolder(evidence, process.cwd(), process.env) : undefined;
    return {
        states: [state === undefined ? await pulumi(["stack", "export"], directory, stack) : readJson(state)],
        reports: folder ? keptReports(folder) : evidence === undefined ? [] : reportsIn(evidence),
        decisions: folder ? readKept(folder, "decisions.jsonl") : [],
    };
}

/** @throws UserError if a state has no resources */
export function graphOf({ states, reports, decisions, asked = [] }: GraphSources): CallGraph {
    const { named, facts } = graphOfState(states.flatMap(resourcesIn));
    const all: GraphSources["reports"] = [...reports, ...asked.map(reportOf)];
    const notes = all.flatMap((report) =>
        callsOfReports([report]).notes.map((note) => (report.stack === undefined ? note : `${report.stack}: ${note}`)),
    );
    const used = factsOfDecisions(decisions, facts, named);
    return callGraph([...callsOfReports(all).facts, ...used, ...facts], named, notes);
}

/** An answer about one target as the report of a check that asked nothing else. */
function reportOf({ label, target, ...access }: Asked): Report {
    const verdict = access.verdict === "proven" ? "passed" : "warning";
    const row = {
        name: label,
        kind: "callers",
        caller: "anybody",
        target: label,
        token: "none",
        expected: "",
        got: access.verdict,
    } as const;
    return {
        ...{
            version: 1,
            name: label,
            project: "",
            startedAt: "",
            seconds: 0,
            verdict: "passed",
            identity: "",
            untried: [],
        },
        probes: [{ ...row, verdict, attempts: 1, seconds: 0, access, resource: target }],
    };
}

function resourcesIn(state: unknown): KeptResource[] {
    const { resources, deployment, checkpoint, latest } = Object(state) as Record<string, unknown>;
    if (Array.isArray(resources)) {
        return resources as KeptResource[];
    }
    const inner = deployment ?? checkpoint ?? latest;
    if (inner === undefined || inner === null) {
        throw new UserError("this is no state of a stack: it has no resources", {
            fix: "give what `pulumi stack export` prints",
        });
    }
    return resourcesIn(inner);
}

function readJson(file: string): unknown {
    try {
        return JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8")) as unknown;
    } catch (error) {
        throw fileError(`cannot read ${file}`, error, "give what `pulumi stack export` prints");
    }
}
