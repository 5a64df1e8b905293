import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../../smoke";
import { readPrivateJson } from "../../common";
import { UserError } from "../errors";
import { lazy } from "./lazy";

/**
 * The reports that the gates of one run write into a folder. `gcp-invoke:reports` names this folder to the program.
 * Pulumi shows them as text in its diagnostics. Here they are a section of their own, so one line replaces the text.
 */
export interface Reports {
    readonly folder: string;
    list(): Report[];
    /** A message in which the verdict of a report replaces its text. */
    shorten(message: string): string;
}

/** Empties the folder, so that what it holds later is from this run. */
export function collectReports(folder: string): Reports {
    rmSync(folder, { recursive: true, force: true });
    const list = (): Report[] =>
        !existsSync(folder)
            ? []
            : readdirSync(folder)
                  .filter((name) => name.endsWith(".json"))
                  .sort()
                  .map((name) => readReport(join(folder, name)));
    return {
        folder,
        list,
        shorten: (message) => {
            const written = list();
            if (written.length === 0) {
                return message;
            }
            const { formatReport, summarize } = lazy.smoke();
            return written.reduce(
                (text, report) =>
                    text.replace(formatReport(report), () => `smoke check of ${report.name}: ${summarize(report)}`),
                message,
            );
        },
    };
}

function readReport(file: string): Report {
    const fix = "delete it, and check again";
    const report = readPrivateJson(file, fix) as Partial<Report> | null | undefined;
    if (typeof report?.name !== "string" || typeof report.verdict !== "string" || !Array.isArray(report.probes)) {
        throw new UserError(`${file} is damaged: it is no report of a smoke check`, { fix });
    }
    return report as Report;
}
