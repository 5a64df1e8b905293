import type { Report, Verdict } from "../smoke-report";
import { causeOf, summarize } from "./summary";

const severities: Record<Verdict, string> = {
    passed: "INFO",
    warning: "WARNING",
    failed: "ERROR",
    "not-tried": "NOTICE",
};

/**
 * Reports as log entries, a line of JSON each, which Cloud Run and Google Kubernetes Engine pass on to Cloud Logging: one for
 * each component, and one for each probe that did not pass.
 *
 * https://cloud.google.com/logging/docs/structured-logging
 */
export function formatLog(reports: readonly Report[]): string {
    return reports
        .flatMap((report) => {
            const { name: check, project, verdict, startedAt, seconds } = report;
            const probes = report.probes
                .filter((probe) => probe.verdict !== "passed")
                .map((probe) => ({
                    severity: severities[probe.verdict],
                    message: `${check}: ${probe.name}: ${causeOf(probe)}`,
                    check,
                    project,
                    probe,
                }));
            const untried = report.untried.map((each) => ({
                severity: "NOTICE",
                message: `${check}: denial by ${each.denial} at ${each.receiver} was not tried: ${each.why}`,
                check,
                project,
                untried: each,
            }));
            const summary = {
                severity: verdict === "failed" ? "ERROR" : "INFO",
                message: `smoke check of ${check} (${project}): ${summarize(report)}`,
                ...{ check, project, verdict, startedAt, seconds },
            };
            const callers = report.probes.flatMap(({ name, target, verdict: own, access }) =>
                access === undefined || own !== "passed"
                    ? []
                    : [
                          {
                              severity: "INFO",
                              message: `${check}: who may call ${target} is ${access.verdict}`,
                              ...{ check, project, probe: { name, target, verdict: own, access } },
                          },
                      ],
            );
            return [summary, ...probes, ...callers, ...untried];
        })
        .map((entry) => JSON.stringify(entry))
        .join("\n");
}
