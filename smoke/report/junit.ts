import type { ProbeReport, Report } from "../smoke-report";
import { askedOf, callersOf, causeOf, howOf } from "./summary";

/** Reports as JUnit XML, which CI systems show as tests: a suite for each component, and a case for each probe. */
export function formatJunit(reports: readonly Report[]): string {
    const suites = reports.map((report) => {
        const count = (verdict: string) => report.probes.filter((probe) => probe.verdict === verdict).length;
        const attributes = attributesOf({
            name: report.name,
            tests: report.probes.length + report.untried.length,
            failures: count("failed"),
            skipped: count("not-tried") + count("warning") + report.untried.length,
            time: report.seconds.toFixed(3),
            timestamp: report.startedAt,
        });
        return [
            `  <testsuite${attributes}>`,
            ...report.probes.map((probe) => caseOf(report, probe)),
            ...report.untried.map(
                ({ receiver, denial, why }) =>
                    `    <testcase${attributesOf({ classname: report.name, name: `denial by ${denial} → ${receiver}` })}><skipped${attributesOf({ message: why })}/></testcase>`,
            ),
            "  </testsuite>",
        ].join("\n");
    });
    return ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", ...suites, "</testsuites>"].join("\n");
}

function caseOf(report: Report, probe: ProbeReport): string {
    const open = `    <testcase${attributesOf({ classname: report.name, name: probe.name, time: probe.seconds.toFixed(3) })}`;
    const asked = probe.access === undefined ? [] : [`${askedOf(probe)}:`, ...callersOf(probe)];
    const said = `<system-out>${escape([howOf(probe, report.project), ...asked].join("\n"))}</system-out>`;
    if (probe.verdict === "passed") {
        return `${open}>${said}</testcase>`;
    }
    const { diagnosis, diff = [] } = probe;
    const message = causeOf(probe);
    const text = [`expected ${probe.expected}, got ${probe.got}`, ...diff, ...(diagnosis?.fix ? [diagnosis.fix] : [])];
    const inner =
        probe.verdict === "failed"
            ? `<failure${attributesOf({ message, type: diagnosis?.code ?? "failed" })}>${escape(text.join("\n"))}</failure>`
            : `<skipped${attributesOf({ message })}/>`;
    return `${open}>${inner}${said}</testcase>`;
}

const attributesOf = (values: Record<string, string | number>): string =>
    Object.entries(values)
        .map(([name, value]) => ` ${name}="${escape(String(value))}"`)
        .join("");

/** Text for XML. Most control characters are left out, because XML cannot express them. */
function escape(text: string): string {
    const named: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
    return text.replace(/(?![\n\t])\p{Cc}|[\ufffe\uffff]/gu, "").replace(/[&<>"']/g, (sign) => named[sign] ?? sign);
}
