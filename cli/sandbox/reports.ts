import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../../smoke";
import { lazy } from "./lazy";

/**
 * The reports that the gates of one run write into a folder, which the program is told by `gcp-invoke:reports`. Pulumi
 * shows them as text among its diagnostics; here they are a section of their own, so the text is replaced by one line.
 */
export interface Reports {
    readonly folder: string;
    list(): Report[];
    /** A message with the text of a report replaced by what came of it. */
    shorten(message: string): string;
}

/** Begins with an empty folder: what is in it afterwards is of this run. */
export function collectReports(folder: string): Reports {
    rmSync(folder, { recursive: true, force: true });
    const list = (): Report[] =>
        !existsSync(folder)
            ? []
            : readdirSync(folder)
                  .filter((name) => name.endsWith(".json"))
                  .sort()
                  .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Report);
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
