import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Report } from "../../smoke";
import { defined, readPrivateJson, writePrivateFile } from "../../common";
import { UserError } from "../errors";
import { lazy } from "./lazy";
import type { StateFolder } from "./state-folder";

/**
 * The reports that the gates of one run write into a folder. `gcp-invoke:reports` names this folder to the program.
 * Pulumi shows them as text in its diagnostics. Here they are a section of their own, so one line replaces the text.
 */
export interface Reports {
    readonly folder: string;
    list(): Report[];
    /** The last report of each of these checks, and those that were written in this run. */
    ofChecks(names: ReadonlySet<string>): Report[];
    /** A message in which the verdict of a report replaces its text. */
    shorten(message: string): string;
    /** Takes secrets out of the files of this run's reports. The process of the program does not know which values are secret. */
    keepWithout(hide: (text: string) => string): void;
}

/** Lists what is written into the folder from now on. What earlier runs left stays, as it is the last that was checked. */
export function collectReports(folder: string): Reports {
    const before = new Map(filesOf(folder).map((file) => [file, versionOf(file)]));
    const written = (): string[] => filesOf(folder).filter((file) => versionOf(file) !== before.get(file));
    const list = (): Report[] => written().map(readReport);
    return {
        folder,
        list,
        ofChecks(names) {
            const ofRun = new Set(list().map(({ name }) => name));
            return filesOf(folder)
                .map(readReport)
                .filter(({ name }) => names.has(name) || ofRun.has(name));
        },
        shorten: (message) => {
            const reports = list();
            if (reports.length === 0) {
                return message;
            }
            const { formatReport, summarize } = lazy.report();
            return reports.reduce(
                (text, report) =>
                    text.replace(formatReport(report), () => `smoke check of ${report.name}: ${summarize(report)}`),
                message,
            );
        },
        keepWithout(hide) {
            for (const file of written()) {
                const kept = readReport(file);
                const [report] = withoutSecrets([kept], hide);
                if (!isDeepStrictEqual(kept, report)) {
                    writePrivateFile(file, `${JSON.stringify(report, undefined, 4)}\n`);
                }
            }
        },
    };
}

/**
 * Reports without the secrets that a receiver quotes in its answer, such as an argument of the check. What the check is about
 * stays, because its names are no secrets.
 */
export function withoutSecrets(reports: readonly Report[], hide: (text: string) => string): Report[] {
    return reports.map((report) => ({
        ...report,
        probes: report.probes.map(({ got, diff, diagnosis, ...probe }) => ({
            ...probe,
            got: hide(got),
            ...defined({
                diff: diff?.map(hide),
                diagnosis: diagnosis && { ...diagnosis, cause: hide(diagnosis.cause) },
            }),
        })),
    }));
}

/** The names of the checks whose gates are in a stack. */
export function checksOf(resources: readonly { type: string; urn: string }[]): Set<string> {
    const gates = resources.filter(({ type, urn }) => type === "pulumi:index:Stash" && urn.endsWith("-smoke"));
    return new Set(gates.map(({ urn }) => urn.slice(urn.lastIndexOf("::") + 2, -"-smoke".length)));
}

/** The reports in a folder that `gcp-invoke:reports` names. @throws UserError naming a file that is damaged */
export const reportsIn = (folder: string): Report[] => filesOf(folder).map(readReport);

/** The last report of each check of all stacks. @throws UserError naming a file that is damaged */
export function keptReports(folder: StateFolder): Report[] {
    return foldersIn(folder.file("reports")).flatMap(foldersIn).flatMap(filesOf).map(readReport);
}

function foldersIn(folder: string): string[] {
    const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}

function filesOf(folder: string): string[] {
    const names = existsSync(folder) ? readdirSync(folder).sort() : [];
    return names.filter((name) => name.endsWith(".json")).map((name) => join(folder, name));
}

/** Another after each write, because each makes a new file. */
function versionOf(file: string): string {
    const { ino, mtimeMs } = statSync(file);
    return `${ino} ${mtimeMs}`;
}

function readReport(file: string): Report {
    const fix = "delete it, and check again";
    const report = readPrivateJson(file, fix) as Partial<Report> | null | undefined;
    if (typeof report?.name !== "string" || typeof report.verdict !== "string" || !Array.isArray(report.probes)) {
        throw new UserError(`${file} is damaged: it is no report of a smoke check`, { fix });
    }
    return report as Report;
}
