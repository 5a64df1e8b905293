import type { Report } from "../../smoke";
import { heading, renderDiff, type Terminal } from "../render";
import { lazy } from "./lazy";

/** A component's source before and after generation, from the stack's state. */
export interface GeneratedSource {
    name: string;
    authored: string;
    generated: string;
}

/** By how much a report is indented. */
const INDENT = 2;

/** The parts of a resource of the state that tell whether it has a generated source. */
interface Generating {
    urn: string;
    outputs: Record<string, unknown>;
}

/** The sources that components generated: each resource that has both the written and the generated source. */
export function generatedSources(resources: readonly Generating[]): GeneratedSource[] {
    return resources.flatMap(({ urn, outputs: { authoredSource, source } }) =>
        typeof authoredSource === "string" && typeof source === "string"
            ? [{ name: urn.slice(urn.lastIndexOf("::") + 2), authored: authoredSource, generated: source }]
            : [],
    );
}

/** What was generated, as a small diff for each source. */
export function printGenerated(sources: readonly GeneratedSource[], terminal: Terminal): void {
    for (const { name, authored, generated } of sources) {
        const diff = renderDiff(authored, generated, terminal);
        if (diff === "") {
            continue;
        }
        heading(`Generated in ${name}`, terminal);
        terminal.write(`${indent(diff)}\n\n`);
    }
}

export function printReports(reports: readonly Report[], terminal: Terminal): void {
    if (reports.length === 0) {
        return;
    }
    heading("Smoke check", terminal);
    const { formatReport } = lazy.report();
    for (const report of reports) {
        const text = formatReport(report, {
            color: terminal.color,
            width: (terminal.interactive ? terminal.columns : 120) - INDENT,
        });
        terminal.write(`${indent(text, INDENT)}\n\n`);
    }
}

function indent(text: string, by = 4): string {
    return text
        .split("\n")
        .map((line) => (line === "" ? "" : " ".repeat(by) + line))
        .join("\n");
}
