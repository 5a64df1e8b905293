import type { ProbeReport, Report, Verdict } from "./report";

export interface FormatOptions {
    /** ANSI colours; off by default. */
    color?: boolean;
    /** Columns to fit into; 120 by default. */
    width?: number;
}

const marks: Record<Verdict, [sign: string, ansi: number]> = {
    passed: ["✓", 32],
    failed: ["✗", 31],
    "not-tried": ["-", 33],
};

const headings = ["probe", "caller", "target", "token", "expected", "got"];

/** A narrower column says nothing. */
const narrowest = 8;

/** The report as people read it: a table of all probes, then what is wrong and what to do. */
export function formatReport(report: Report, options: FormatOptions = {}): string {
    const paint = (ansi: number, text: string) => (options.color === true ? `\u001b[${ansi}m${text}\u001b[0m` : text);
    const rows = report.probes.map(cells);
    const widths = fit(columnWidths([headings, ...rows]), (options.width ?? 120) - 4 - 2 * (headings.length - 1));
    const line = (row: readonly string[]) => row.map((cell, index) => pad(cell, widths[index] ?? 0)).join("  ");
    const table = report.probes.map((probe, index) => {
        const [sign, ansi] = marks[probe.verdict];
        return `  ${paint(ansi, sign)} ${line(rows[index] ?? [])}`.trimEnd();
    });
    const details = report.probes
        .filter(({ verdict }) => verdict !== "passed")
        .flatMap((probe) => explain(probe, paint));
    return [
        `smoke check of ${report.name} (${report.project}): ${summarize(report)}`,
        ...(rows.length > 0 ? [`    ${paint(2, line(headings).trimEnd())}`] : []),
        ...table,
        ...(details.length > 0 ? ["", ...details] : []),
    ].join("\n");
}

/** `5 passed, 1 failed, 1 not tried in 3.2 s`. */
export function summarize(report: Report): string {
    const count = (verdict: Verdict) => report.probes.filter((probe) => probe.verdict === verdict).length;
    const notTried = count("not-tried");
    const parts = [
        `${count("passed")} passed`,
        `${count("failed")} failed`,
        ...(notTried ? [`${notTried} not tried`] : []),
    ];
    return `${parts.join(", ")} in ${report.seconds.toFixed(1)} s`;
}

function cells(probe: ProbeReport): string[] {
    // The project is in the heading; without it accounts stay readable.
    const caller = probe.caller.replace(/\.iam\.gserviceaccount\.com$/, "");
    const tries = probe.attempts > 1 ? ` (${probe.attempts} tries)` : "";
    return [probe.name, caller, probe.target, probe.token, probe.expected, probe.got + tries];
}

function explain(probe: ProbeReport, paint: (ansi: number, text: string) => string): string[] {
    const [sign, ansi] = marks[probe.verdict];
    const { diagnosis, diff = [], claims } = probe;
    const cause = diagnosis?.cause ?? `expected ${probe.expected}, got ${probe.got}`;
    const show = probe.verdict === "failed" && claims;
    return [
        `  ${paint(ansi, sign)} ${probe.name}: ${probe.verdict === "not-tried" ? "not tried: " : ""}${cause}`,
        ...diff.map((part) => `      ${paint(part.startsWith("-") ? 31 : 32, part)}`),
        ...(show ? [`      token: ${claimList(claims)}`] : []),
        ...(diagnosis?.fix ?? "").split("\n").flatMap((fix) => (fix ? [`      fix: ${fix}`] : [])),
    ];
}

function claimList(claims: Record<string, unknown>): string {
    return ["iss", "aud", "email", "exp"].map((name) => `${name}=${JSON.stringify(claims[name] ?? null)}`).join(" ");
}

function columnWidths(rows: readonly string[][]): number[] {
    return headings.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
}

/** Takes from the widest column until all fit. */
function fit(widths: number[], available: number): number[] {
    const fitted = [...widths];
    let over = fitted.reduce((sum, width) => sum + width, 0) - available;
    for (; over > 0; over -= 1) {
        const widest = Math.max(...fitted);
        if (widest <= narrowest) break;
        fitted[fitted.indexOf(widest)] = widest - 1;
    }
    return fitted;
}

function pad(text: string, width: number): string {
    return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}
