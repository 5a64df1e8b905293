import { writeFileSync } from "node:fs";
import {
    formatGithub,
    formatHtml,
    formatJunit,
    formatLog,
    formatMarkdown,
    formatReport,
    type Report,
} from "../../smoke";
import { messageOf } from "../../errors";
import { UserError } from "../errors";
import type { Terminal } from "../render";

/** The formats of reports, by the names that `--format` takes. */
const FORMATS = {
    table(reports: readonly Report[], out: Terminal): string {
        // Only a screen has a width. In a file or a log no line is cut.
        const width = out.interactive ? { width: Math.max(out.columns, 100) } : {};
        return reports.map((report) => formatReport(report, { color: out.color, ...width })).join("\n\n");
    },
    json: (reports: readonly Report[]) => JSON.stringify({ version: 1, reports }, undefined, 4),
    junit: formatJunit,
    github: formatGithub,
    markdown: formatMarkdown,
    html: formatHtml,
    log: formatLog,
};

export type Format = keyof typeof FORMATS;

export const formats = Object.keys(FORMATS) as Format[];

/** Where reports go, and in which format: to a file, or to the standard output. */
export interface Destination {
    format: Format;
    file?: string;
}

/** Reads `junit` or `junit=results.xml`. */
export function parseDestination(text: string): Destination | undefined {
    const [, name = "", file] = /^([a-z]+)(?:=(.+))?$/s.exec(text) ?? [];
    const format = formats.find((each) => each === name);
    return format && { format, ...(file !== undefined && { file }) };
}

/** Reads `html=check.html`. @throws UserError if it is no format with a file */
export function fileDestination(option: string, text: string): Destination {
    const destination = parseDestination(text);
    if (destination?.file === undefined) {
        const fix = `write it like html=check.html; the formats are ${formats.join(", ")}`;
        throw new UserError(`${option} is ${text}, which is no format with a file`, { fix, exitCode: 2 });
    }
    return destination;
}

/** Writes the reports to each destination. */
export function writeReports(reports: readonly Report[], destinations: readonly Destination[], out: Terminal): void {
    for (const { format, file } of destinations) {
        if (file === undefined) {
            out.write(`${FORMATS[format](reports, out)}\n`);
            continue;
        }
        try {
            writeFileSync(file, `${FORMATS[format](reports, { ...out, color: false, interactive: false })}\n`);
        } catch (error) {
            throw new UserError(`cannot write the report to ${file}: ${messageOf(error)}`);
        }
    }
}
