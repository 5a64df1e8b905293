import { summarize } from "./format";
import type { Report } from "../smoke-report";

/**
 * Reports as workflow commands of GitHub Actions: an annotation for each probe that failed or was not tried, and a summary.
 *
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function formatGithub(reports: readonly Report[]): string {
    return reports
        .flatMap((report) => [
            ...report.probes
                .filter(({ verdict }) => verdict !== "passed")
                .map(({ name, verdict, diagnosis, diff = [], expected, got }) => {
                    const cause = diagnosis?.cause ?? `expected ${expected}, got ${got}`;
                    const fix = diagnosis?.fix === undefined ? [] : [`fix: ${diagnosis.fix}`];
                    const command = verdict === "failed" ? "error" : "notice";
                    const title = escapeProperty(`${report.name}: ${name}`);
                    return `::${command} title=${title}::${escapeData([cause, ...diff, ...fix].join("\n"))}`;
                }),
            `smoke check of ${report.name}: ${summarize(report)}`,
        ])
        .join("\n");
}

const escapeData = (text: string): string =>
    text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
