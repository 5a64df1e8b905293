import type { ProbeReport, Report, Verdict } from "../smoke-report";
import { agentsOf, causeOf, gotOf, isAgent, marks, shortAccount, shortHost, summarize } from "./summary";
import { tableRows, wrap } from "./table";

/** Options of {@link formatReport}. */
export interface FormatOptions {
    /** Whether the text has ANSI colours. @default false */
    color?: boolean;
    /** How many columns tables and lists may take. Longer cells go on in the next line. @default 120 */
    width?: number;
}

const colors: Record<Verdict, number> = { passed: 32, warning: 33, failed: 31, "not-tried": 33 };

const headings = ["probe", "caller", "target", "token", "expected", "got"];

/** The fewest columns in which a report can be read. */
const NARROWEST = 72;

/**
 * A report for people: a table of all probes, then what is wrong and how to fix it. Sentences and commands stay on one line each,
 * so that they can be searched for and pasted.
 * @example console.log(formatReport(report, { color: true, width: process.stdout.columns }));
 */
export function formatReport(report: Report, { color = false, width = 120 }: FormatOptions = {}): string {
    const columns = Math.max(width, NARROWEST);
    const paint = (ansi: number, text: string) => (color ? `\u001b[${ansi}m${text}\u001b[0m` : text);
    const cells = report.probes.map((probe) => cellsOf(probe, report.project));
    const [header = [], ...rows] = tableRows([headings, ...cells], columns - 4);
    const table = report.probes.flatMap(({ verdict }, index) =>
        (rows[index] ?? []).map((line, at) => `  ${at === 0 ? paint(colors[verdict], marks[verdict]) : " "} ${line}`),
    );
    const details = groupsToExplain(report.probes).flatMap((group) => explain(group, paint));
    return [
        `smoke check of ${report.name} (${report.project}): ${summarize(report)}`,
        ...(rows.length > 0 ? header.map((line) => `    ${paint(2, line)}`) : []),
        ...table,
        ...(details.length > 0 ? ["", ...details] : []),
        ...report.probes.flatMap((probe) => callerLines(probe, report.project, columns)),
        ...untriedLines(report),
    ].join("\n");
}

/** Who may call, by kind of way: `who may call orders (proven): caller: fulfil, front; administrator: …`. */
function callerLines({ access, target }: ProbeReport, project: string, columns: number): string[] {
    if (access === undefined) {
        return [];
    }
    const membersOf = new Map<string, Set<string>>();
    for (const { kind, member, doubt } of access.ways.filter((way) => !isAgent(way))) {
        const name =
            shortAccount(member.replace(/^serviceAccount:/, ""), project) + (doubt === undefined ? "" : " (?)");
        membersOf.set(kind, (membersOf.get(kind) ?? new Set()).add(name));
    }
    const listed = [
        ...[...membersOf].map(([kind, members]) => `${kind}: ${[...members].join(", ")}`),
        ...agentsOf(access),
    ];
    const text = `who may call ${target} (${access.verdict}): ${listed.length === 0 ? "nobody" : listed.join("; ")}`;
    const [first = "", ...others] = wrap(text, columns - 6);
    return [`  ${first}`, ...others.map((line) => `      ${line}`)];
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
function cellsOf(probe: ProbeReport, project: string): string[] {
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
