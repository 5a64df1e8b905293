import type { ProbeReport, Report, Verdict } from "../smoke-report";
import {
    askedOf,
    byReceiver,
    causeOf,
    fewCallersOf,
    gotOf,
    marks,
    shortAccount,
    summarize,
    type ReceiverRows,
} from "./summary";

/** Reports as Markdown, for a comment on a pull request or the summary of a job: a table for each receiver. */
export function formatMarkdown(reports: readonly Report[]): string {
    return reports.map((report) => section(report)).join("\n\n");
}

function section(report: Report): string {
    const heading = `### ${marks[report.verdict]} Smoke check of ${text(report.name)} (${text(report.project)}): ${summarize(report)}`;
    return [heading, ...byReceiver(report).map((rows) => receiverTable(rows, report.project))].join("\n\n");
}

function receiverTable({ receiver, probes, untried }: ReceiverRows, project: string): string {
    const rows = probes.map((probe) => [
        marks[probe.verdict],
        probe.name,
        shortAccount(probe.caller, project),
        probe.from ?? "",
        probe.token,
        probe.expected,
        gotOf(probe),
    ]);
    const table = [
        ["", "probe", "caller", "from", "token", "expected", "got"],
        ["---", "---", "---", "---", "---", "---", "---"],
    ];
    const lines = [...table, ...rows.map((row) => row.map(text))].map((row) => `| ${row.join(" | ")} |`);
    const details = probes.filter(({ verdict }) => verdict !== "passed").map(explanation);
    const missing = untried.map((sentence) => `- not tried: ${text(sentence)}`);
    return [
        `#### ${text(receiver)}`,
        ...(rows.length > 0 ? [lines.join("\n")] : []),
        ...details,
        ...probes.flatMap(callers),
        ...(missing.length > 0 ? [missing.join("\n")] : []),
    ].join("\n\n");
}

/** Who may call, as a list. */
function callers(probe: ProbeReport): string[] {
    const ways = fewCallersOf(probe).map((way) => `- ${text(way)}`);
    return probe.access === undefined ? [] : [[`${text(askedOf(probe))}:`, "", ...ways].join("\n")];
}

const outcomes: Record<Verdict, string> = {
    passed: "passed",
    warning: "is a warning",
    failed: "failed",
    "not-tried": "was not tried",
};

function explanation(probe: ProbeReport): string {
    const { diff = [], diagnosis, verdict } = probe;
    return [
        `**${text(probe.name)}** ${outcomes[verdict]}: ${text(causeOf(probe))}`,
        ...(diff.length > 0 ? [fenced("diff", diff.join("\n"))] : []),
        ...(diagnosis?.fix === undefined ? [] : ["Fix:", fenced("sh", diagnosis.fix)]),
    ].join("\n\n");
}

/** A block of code whose fence is longer than any in it. */
function fenced(language: string, code: string): string {
    const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map(({ length }) => length));
    const fence = "`".repeat(longest + 1);
    return `${fence}${language}\n${code}\n${fence}`;
}

/**
 * Text in which Markdown and HTML find nothing of theirs, and which mentions nobody.
 * https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
const text = (value: string): string =>
    value
        .replace(/[\s\p{Cc}]+/gu, " ")
        .replace(/[\\`*_[\]#!|~]/g, (sign) => `\\${sign}`)
        .replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`)
        .replace(/(?<!\w)@/g, "@\u200b");
