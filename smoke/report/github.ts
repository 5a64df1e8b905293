import type { Report, Verdict } from "../smoke-report";
import { askedOf, callersOf, causeOf, howOf, summarize } from "./summary";

const commands: Record<Verdict, string> = {
    passed: "notice",
    warning: "warning",
    failed: "error",
    "not-tried": "notice",
};

/**
 * Reports as workflow commands of GitHub Actions: an annotation for each probe that failed and for all that was not
 * tried, and a summary.
 *
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function formatGithub(reports: readonly Report[]): string {
    return reports
        .flatMap((report) => [
            ...report.probes
                .filter(({ verdict }) => verdict !== "passed")
                .map((probe) => {
                    const { name, verdict, diagnosis, diff = [] } = probe;
                    const fix = diagnosis?.fix === undefined ? [] : [`fix: ${diagnosis.fix}`];
                    const command = commands[verdict];
                    const title = escapeProperty(`${report.name}: ${name}`);
                    return `::${command} title=${title}::${escapeData([causeOf(probe), howOf(probe, report.project), ...diff, ...fix].join("\n"))}`;
                }),
            ...report.untried.map(({ receiver, denial, why }) => {
                const title = escapeProperty(`${report.name}: denial by ${denial} at ${receiver}`);
                return `::notice title=${title}::${escapeData(`not tried: ${why}`)}`;
            }),
            ...report.probes
                .filter(({ access }) => access !== undefined)
                .map((probe) => {
                    const title = escapeProperty(`${report.name}: ${askedOf(probe)}`);
                    return `::notice title=${title}::${escapeData(callersOf(probe).join("\n") || "nobody")}`;
                }),
            `smoke check of ${report.name}: ${summarize(report)}`,
        ])
        .join("\n");
}

const escapeData = (text: string): string =>
    text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
