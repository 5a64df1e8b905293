import {
    formatGithub,
    formatHtml,
    formatJunit,
    formatLog,
    formatMarkdown,
    formatReport,
    type Report,
} from "../../smoke";
import { UserError } from "../errors";
import { type Destination as FormatDestination, parseDestination, type Terminal, writeTo } from "../render";

/** The formats of reports, by the names that `--format` takes. */
const FORMATS = {
    table(reports: readonly Report[], out: Terminal): string {
        const width = out.interactive ? { width: out.columns } : {};
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

/** Where reports go, and in which format. */
export type Destination = FormatDestination<Format>;

/** Reads `html=check.html`. @throws UserError if it is no format with a file */
export function fileDestination(option: string, text: string): Destination {
    const destination = parseDestination(text, formats);
    if (destination?.file === undefined) {
        const fix = `write it like html=check.html; the formats are ${formats.join(", ")}`;
        throw new UserError(`${option} is ${text}, which is no format with a file`, { fix, exitCode: 2 });
    }
    return destination;
}

/** Writes the reports to each destination. */
export function writeReports(reports: readonly Report[], destinations: readonly Destination[], out: Terminal): void {
    for (const destination of destinations) {
        const { format, file } = destination;
        if (file === undefined) {
            out.write(`${FORMATS[format](reports, out)}\n`);
        } else {
            writeTo(destination, `${FORMATS[format](reports, { ...out, color: false, interactive: false })}\n`);
        }
    }
}
