import type { AccessReport, AccessWay, ProbeReport, Report, Verdict } from "../smoke-report";

/** The mark of each verdict in all formats. */
export const marks: Record<Verdict, string> = { passed: "✓", warning: "!", failed: "✗", "not-tried": "-" };

/** The report in a few words: `5 passed, 1 failed, 1 not tried in 3.2 s`. */
export function summarize(report: Report): string {
    const count = (verdict: Verdict) => report.probes.filter((probe) => probe.verdict === verdict).length;
    const warnings = count("warning");
    const notTried = count("not-tried");
    const counts = [
        `${count("passed")} passed`,
        `${count("failed")} failed`,
        ...(warnings ? [`${warnings} warning${warnings === 1 ? "" : "s"}`] : []),
        ...(notTried ? [`${notTried} not tried`] : []),
    ];
    return `${counts.join(", ")} in ${report.seconds.toFixed(1)} s`;
}

/** Why a probe did not pass, in one sentence. */
export const causeOf = ({ diagnosis, expected, got }: ProbeReport): string =>
    diagnosis?.cause ?? `expected ${expected}, got ${got}`;

/** Who may call what a probe asked about, a line for each way, without the commands that end what nobody declared. */
export const callersOf = ({ access }: ProbeReport): string[] => (access?.ways ?? []).map(wayOf);

/** The same, with a number in place of Google's own accounts. */
export const fewCallersOf = ({ access }: ProbeReport): string[] =>
    access === undefined ? [] : [...access.ways.filter((way) => !isAgent(way)).map(wayOf), ...agentsOf(access)];

const wayOf = ({ kind, path, doubt }: AccessWay): string =>
    `${kind}: ${path}${doubt === undefined ? "" : ` (if ${doubt})`}`;

/** Whether a way is one of Google's own accounts, which every project has: tables and Markdown only count these. */
export const isAgent = ({ kind, doubt, fix }: AccessWay): boolean =>
    kind === "agent" && doubt === undefined && fix === undefined;

/** How many of Google's own accounts may call, in words that say where each is named. */
export function agentsOf({ ways }: AccessReport): string[] {
    const { size } = new Set(ways.filter(isAgent).map(({ member }) => member));
    return size === 0 ? [] : [`${size} ${size === 1 ? "agent" : "agents"} of Google (gcp-invoke who names each)`];
}

/** In which words the answer to who may call begins: `who may call orders (proven)`. */
export const askedOf = ({ target, access }: ProbeReport): string => `who may call ${target} (${access?.verdict ?? ""})`;

/** How a probe was made, in one sentence: `as orders-probe, from outside, with ID token: expected 2xx, got 200`. */
export const howOf = (probe: ProbeReport, project: string): string => {
    const { caller, from, token, expected } = probe;
    const where = from === undefined ? "" : `, from ${from}`;
    return `as ${shortAccount(caller, project)}${where}, with ${token === "none" ? "no token" : token}: expected ${expected}, got ${gotOf(probe)}`;
};

/** What came, with the number of tries if there were several. */
export const gotOf = ({ got, attempts }: ProbeReport): string => got + (attempts > 1 ? ` (${attempts} tries)` : "");

/** An account without the project if that is the report's own, which the heading names. */
export const shortAccount = (caller: string, project: string): string =>
    caller.replace(/@(.*)\.iam\.gserviceaccount\.com$/, (_, of: string) => (of === project ? "" : `@${of}`));

/**
 * An address with the name of the service in place of its host. Both hosts of a Cloud Run service begin with its name.
 * https://cloud.google.com/run/docs/triggering/https-request#urls
 */
export const shortHost = (target: string): string =>
    target.replace(/^([a-z0-9-]+)-(\d+\.[a-z0-9-]+|[a-z0-9]+-[a-z]{1,3}\.a)\.run\.app/, "$1");

/** What the check tried and found at one receiver. */
export interface ReceiverRows {
    /** The name of a service, a workflow or another resource, or else a host. */
    receiver: string;
    probes: ProbeReport[];
    /** The denials that were not tried there, each with the reason. */
    untried: string[];
}

/** A report by receiver, in the order in which the probes name them. Requests to different paths stand together. */
export function byReceiver({ probes, untried }: Report): ReceiverRows[] {
    const found = new Map<string, ReceiverRows>();
    const rowsOf = (receiver: string): ReceiverRows => {
        const rows = found.get(receiver) ?? { receiver, probes: [], untried: [] };
        found.set(receiver, rows);
        return rows;
    };
    for (const probe of probes) {
        rowsOf(shortHost(probe.target).replace(/\/.*/, "")).probes.push(probe);
    }
    for (const { receiver, denial, why } of untried) {
        rowsOf(shortHost(receiver)).untried.push(`denial by ${denial}: ${why}`);
    }
    return [...found.values()];
}
