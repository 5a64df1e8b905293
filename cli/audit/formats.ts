import { count, type Item, type Report } from "./report";
import { sarif } from "./sarif";

/** The report as JSON. */
export interface AuditJson extends Report {
    version: 1;
    /** How many items of each severity. */
    summary: ReturnType<typeof count>;
}

export type Style = (color: "red" | "yellow" | "cyan" | "gray" | "bold", text: string) => string;

/** The formats of a report, by the names that `--format` accepts. */
export const formats = {
    text,
    json(report: Report): string {
        const printed: AuditJson = { version: 1, ...report, summary: count(report.items) };
        return `${JSON.stringify(printed, null, 2)}\n`;
    },
    sarif: (report: Report) => `${JSON.stringify(sarif(report), null, 2)}\n`,
    github,
} satisfies Record<string, (report: Report, style: Style) => string>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as FormatName[];

const colors = { error: "red", warning: "yellow", info: "cyan" } as const;

function text(report: Report, style: Style): string {
    const items = report.items.map((item) =>
        [
            `${item.file}:${item.line}:${item.column}: ${style(colors[item.severity], item.severity)} ${style("bold", item.rule)}: ${item.what}`,
            ...(item.why === undefined ? [] : [style("gray", `    why: ${item.why}`)]),
            ...(item.fix === undefined ? [] : [`    fix: ${item.fix}`]),
            "",
        ].join("\n"),
    );
    return `${items.join("\n")}${items.length > 0 ? "\n" : ""}${summary(report, style)}\n`;
}

/** One screen: what was read, and how often each rule was broken. */
function summary(report: Report, style: Style): string {
    const { error, warning, info } = count(report.items);
    const byRule = new Map<string, Item[]>();
    for (const item of report.items) {
        byRule.set(item.rule, [...(byRule.get(item.rule) ?? []), item]);
    }
    const rows = [...byRule]
        .sort(([, a], [, b]) => b.length - a.length)
        .map(([rule, items]) => `  ${String(items.length).padStart(4)}  ${rule}`);
    const read = `${plural(report.files, "file")}, ${plural(report.calls, "HTTP call")}`;
    const found =
        report.items.length === 0
            ? "nothing found"
            : `${plural(error, "error")}, ${plural(warning, "warning")}, ${info} info`;
    return [style("bold", `${read}: ${found}`), ...rows].join("\n");
}

function plural(number: number, noun: string): string {
    return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions */
function github(report: Report): string {
    const commands = { error: "error", warning: "warning", info: "notice" };
    return report.items
        .map((item) => {
            const place = `file=${property(item.file)},line=${item.line},col=${item.column},endLine=${item.endLine}`;
            const message = item.fix === undefined ? item.what : `${item.what}; ${item.fix}`;
            return `::${commands[item.severity]} ${place},title=${property(item.rule)}::${data(message)}\n`;
        })
        .join("");
}

function data(value: string): string {
    return value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(value: string): string {
    return data(value).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
