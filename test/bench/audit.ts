import { performance } from "node:perf_hooks";
import { parseDocument } from "yaml";
import { auditWorkflow } from "../../workflow/auth";
import { parseWorkflow } from "../../workflow/syntax";
import { corpusFiles } from "../workflow/auth/corpus";

/** How long auditing other people's definitions takes, against merely parsing the same files as YAML; in milliseconds. */
export interface AuditFigures {
    files: number;
    yaml: number;
    /** Parsed as workflows: expressions and steps too. */
    parse: number;
    /** Parsed and audited. */
    audit: number;
}

/**
 * Measures each definition in rounds, one side right after the other, and takes the best of each: what else runs on the
 * machine, and what the engine still compiles, only ever adds. `undefined` where there are no definitions.
 */
export function measureAudit(rounds = 15): AuditFigures | undefined {
    const sources = corpusFiles().map(({ text }) => text.replaceAll("$${", "${"));
    const best = sources.map(() => ({ yaml: Infinity, parse: Infinity, audit: Infinity }));
    for (let round = 0; round < rounds; round++) {
        for (const [index, each] of best.entries()) {
            const source = sources[index] ?? "";
            each.yaml = Math.min(
                each.yaml,
                time(() => parseDocument(source)),
            );
            each.parse = Math.min(
                each.parse,
                time(() => parseWorkflow(source, { file: "w.yaml" })),
            );
            each.audit = Math.min(
                each.audit,
                time(() => auditWorkflow(parseWorkflow(source, { file: "w.yaml" }))),
            );
        }
    }
    const sum = (side: "yaml" | "parse" | "audit"): number => best.reduce((total, each) => total + each[side], 0);
    return sources.length === 0
        ? undefined
        : { files: sources.length, yaml: sum("yaml"), parse: sum("parse"), audit: sum("audit") };
}

function time(work: () => unknown): number {
    const start = performance.now();
    work();
    return performance.now() - start;
}
