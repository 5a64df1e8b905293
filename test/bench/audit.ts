import { performance } from "node:perf_hooks";
import { parseDocument } from "yaml";
import { auditWorkflow } from "../../workflow/auth";
import { parseWorkflow } from "../../workflow/syntax";
import { corpusFiles } from "../workflow/auth/corpus";

/** How long auditing other people's definitions takes, against merely parsing the same files as YAML; in milliseconds. */
export interface AuditFigures {
    files: number;
    yaml: number;
    audit: number;
    /** The median of the rounds' ratios: the aim is 2 at most. */
    ratio: number;
}

/** Measures in rounds, so that both sides share the machine's moods. `undefined` where there are no definitions. */
export function measureAudit(rounds = 9): AuditFigures | undefined {
    const sources = corpusFiles().map(({ text }) => text.replaceAll("$${", "${"));
    const measured = Array.from({ length: rounds }, () => {
        const yaml = time(() => sources.forEach((source) => parseDocument(source)));
        const audit = time(() => sources.forEach((source) => auditWorkflow(parseWorkflow(source, { file: "w.yaml" }))));
        return { files: sources.length, yaml, audit, ratio: audit / yaml };
    });
    // The first rounds warm the machine up.
    const warm = measured.slice(Math.floor(rounds / 3)).sort((a, b) => a.ratio - b.ratio);
    return sources.length === 0 ? undefined : warm[Math.floor(warm.length / 2)];
}

function time(work: () => void): number {
    const start = performance.now();
    work();
    return performance.now() - start;
}
