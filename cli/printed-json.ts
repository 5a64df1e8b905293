import type { CallGraph } from "../access/graph";
import type { Report } from "../smoke";
import type { ExecutionRecord, LogLine } from "../sandbox";
import type { ActiveFault, Decision } from "../sandbox/light";
import type { AuditJson } from "./audit";
import type { EngineEventLine, PreviewDigest } from "./render";
import type { AccountUsage, ApiReport, MutationReport, Ready, Status } from "./sandbox";
import type { Asked, PrincipalAnswer } from "./who";

/**
 * What commands print as JSON, by the name of its schema: a document, or each line where the command prints many.
 * `npm run generate -- printed` makes `schemas/` of it. Whoever takes a field away, or changes what
 * it means, gives the schema its next version there.
 */
export interface PrintedJson {
    /** `gcp-invoke audit --format json` */
    audit: AuditJson;
    /** `gcp-invoke graph --format json` */
    graph: CallGraph & { version: 1 };
    /** `gcp-invoke verify --format json` */
    verify: { version: 1; reports: readonly Report[] };
    /** `gcp-invoke who --json` */
    who: { version: 1; targets: readonly Asked[] };
    /** `gcp-invoke who --may PRINCIPAL --json` */
    may: { version: 1; principal: string; targets: readonly PrincipalAnswer[] };
    /** `gcp-invoke sandbox apis --json` */
    apis: readonly ApiReport[];
    /** `gcp-invoke sandbox config list --json` */
    config: Record<string, string>;
    /** `gcp-invoke sandbox console --json` */
    console: { console: string };
    /** Each line of `gcp-invoke sandbox decisions --json` */
    decision: Decision;
    /** Each line of `gcp-invoke sandbox up --json`, `refresh --json` and `destroy --json`: an engine event, as Pulumi prints it. */
    event: EngineEventLine;
    /** Each line of `gcp-invoke sandbox executions --json`, and the line of `gcp-invoke sandbox invoke --json` */
    execution: ExecutionRecord;
    /** Each line of `gcp-invoke sandbox fault`: a fault that there is, or is new, or how many were cleared */
    fault: ActiveFault | { cleared: number };
    /** Each line of `gcp-invoke sandbox logs --json` */
    "log-line": LogLine;
    /** `gcp-invoke sandbox mutate --json` */
    mutate: MutationReport;
    /** `gcp-invoke sandbox outputs` */
    outputs: Record<string, unknown>;
    /** `gcp-invoke sandbox preview --json`: a digest, as Pulumi prints it */
    preview: PreviewDigest;
    /** The line of `gcp-invoke sandbox serve --json` */
    ready: Ready;
    /** Each line of `gcp-invoke sandbox reports --json` */
    report: Report;
    /** `gcp-invoke sandbox roles --json` */
    roles: readonly AccountUsage[];
    /** `gcp-invoke sandbox state`: as `pulumi stack export` prints it */
    state: { version: 3 | 4; features?: string[]; deployment: Record<string, unknown> };
    /** `gcp-invoke sandbox status` */
    status: Status;
}
