import type { ProbeReport, Report, Verdict } from "../smoke-report";
import { causeOf, gotOf, marks, shortAccount, shortHost, summarize } from "./summary";

/** Options of {@link formatReport}. */
export interface FormatOptions {
    /** Whether the text has ANSI colours. @default false */
    color?: boolean;
    /** How many columns the table may take. Longer cells are cut. @default - nothing is cut */
    width?: number;
}

const colors: Record<Verdict, number> = { passed: 32, warning: 33, failed: 31, "not-tried": 33 };

const headings = ["probe", "caller", "target", "token", "expected", "got"];

/** The narrowest width of a column that still says something, in characters. */
const narrowest = 8;

/**
 * A report for people: a table of all probes, then what is wrong and how to fix it.
 * @example console.log(formatReport(report, { color: true, width: process.stdout.columns }));
 */
export function formatReport(report: Report, options: FormatOptions = {}): string {
    const paint = (ansi: number, text: string) => (options.color === true ? `\u001b[${ansi}m${text}\u001b[0m` : text);
    const rows = report.probes.map((probe) => cells(probe, report.project));
    const widths = fit(columnWidths([headings, ...rows]), (options.width ?? Infinity) - 4 - 2 * (headings.length - 1));
    const line = (row: readonly string[]) => row.map((cell, index) => pad(cell, widths[index] ?? 0)).join("  ");
    const table = report.probes.map((probe, index) => {
        return `  ${paint(colors[probe.verdict], marks[probe.verdict])} ${line(rows[index] ?? [])}`.trimEnd();
    });
    const details = groupsToExplain(report.probes).flatMap((group) => explain(group, paint));
    return [
        `smoke check of ${report.name} (${report.project}): ${summarize(report)}`,
        ...(rows.length > 0 ? [`    ${paint(2, line(headings).trimEnd())}`] : []),
        ...table,
        ...(details.length > 0 ? ["", ...details] : []),
        ...report.probes.flatMap((probe) => callerLines(probe, report.project)),
        ...untriedLines(report),
    ].join("\n");
}

/** Who may call, a line for each kind of way: `who may call orders (proven): caller: fulfil, front; administrator: …`. */
function callerLines({ access, target }: ProbeReport, project: string): string[] {
    const membersOf = new Map<string, Set<string>>();
    for (const { kind, member, doubt } of access?.ways ?? []) {
        const name =
            shortAccount(member.replace(/^serviceAccount:/, ""), project) + (doubt === undefined ? "" : " (?)");
        membersOf.set(kind, (membersOf.get(kind) ?? new Set()).add(name));
    }
    const listed = [...membersOf].map(([kind, members]) => `${kind}: ${[...members].join(", ")}`);
    return access === undefined
        ? []
        : [`  who may call ${target} (${access.verdict}): ${listed.length === 0 ? "nobody" : listed.join("; ")}`];
}

/** The denials that were not tried, a line for each reason. */
function untriedLines({ untried }: Report): string[] {
    const receiversOf = new Map<string, Set<string>>();
    for (const { denial, why, receiver } of untried) {
        const key = `${denial}: ${why}`;
        receiversOf.set(key, (receiversOf.get(key) ?? new Set()).add(receiver));
    }
    return [...receiversOf].map(([key, receivers]) => {
        const [denial, ...why] = key.split(": ");
        return `  - denial by ${denial ?? ""} (${[...receivers].join(", ")}): not tried: ${why.join(": ")}`;
    });
}

/** The cells of a row. Accounts are shown without the project, which the heading names. */
function cells(probe: ProbeReport, project: string): string[] {
    return [
        probe.name,
        shortAccount(probe.caller, project) + (probe.from?.startsWith("inside ") === true ? " (inside)" : ""),
        shortHost(probe.target),
        probe.token,
        probe.expected,
        gotOf(probe),
    ];
}

/** The probes to explain. Each failed probe is a group of its own; probes that were not tried are grouped by their reason. */
function groupsToExplain(probes: readonly ProbeReport[]): [ProbeReport, ...ProbeReport[]][] {
    const found = new Map<string, [ProbeReport, ...ProbeReport[]]>();
    for (const probe of probes.filter(({ verdict }) => verdict !== "passed")) {
        const key = probe.verdict === "not-tried" ? (probe.diagnosis?.cause ?? "") : `failed ${probe.name}`;
        const group = found.get(key);
        if (group) {
            group.push(probe);
        } else {
            found.set(key, [probe]);
        }
    }
    return [...found.values()];
}

function explain(
    group: readonly [ProbeReport, ...ProbeReport[]],
    paint: (ansi: number, text: string) => string,
): string[] {
    const [probe] = group;
    const { diagnosis, diff = [], claims } = probe;
    const shownClaims = probe.verdict === "failed" && claims;
    const names = group.map(({ name }) => name).join(", ");
    return [
        `  ${paint(colors[probe.verdict], marks[probe.verdict])} ${names}: ${probe.verdict === "not-tried" ? "not tried: " : ""}${causeOf(probe)}`,
        ...diff.map((line) => `      ${paint(line.startsWith("-") ? 31 : 32, line)}`),
        ...(shownClaims ? [`      token: ${claimList(shownClaims)}`] : []),
        ...(diagnosis?.fix ?? "").split("\n").flatMap((fix) => (fix ? [`      fix: ${fix}`] : [])),
    ];
}

function claimList(claims: Record<string, unknown>): string {
    return ["iss", "aud", "email", "exp"].map((name) => `${name}=${JSON.stringify(claims[name] ?? null)}`).join(" ");
}

function columnWidths(rows: readonly string[][]): number[] {
    return headings.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
}

/** How much the width of each column is worth: the name of the probe is cut last. */
const weights = [2, 1, 1, 1, 1, 1];

/** Narrows the column that is widest for its weight until all columns fit. */
function fit(widths: number[], available: number): number[] {
    const fitted = [...widths];
    const size = (column: number) => (fitted[column] ?? 0) / (weights[column] ?? 1);
    for (let over = fitted.reduce((sum, width) => sum + width, 0) - available; over > 0; over -= 1) {
        const widest = fitted
            .map((_, column) => column)
            .reduce((best, column) => (size(column) > size(best) ? column : best));
        const width = fitted[widest] ?? 0;
        if (width <= narrowest) {
            break;
        }
        fitted[widest] = width - 1;
    }
    return fitted;
}

function pad(text: string, width: number): string {
    return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}
