import { escapeMarkup as escape, graphSection } from "../../access/graph";
import type { ProbeReport, Report } from "../smoke-report";
import { graphOfReports } from "./graph";
import {
    askedOf,
    byReceiver,
    callersOf,
    causeOf,
    gotOf,
    marks,
    shortAccount,
    summarize,
    type ReceiverRows,
} from "./summary";

/** The page loads nothing and runs nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 75rem; margin: 2rem auto; padding: 0 1rem }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8884 }
.passed > :first-child { color: light-dark(#17692f, #5fd07f) }
.failed > :first-child { color: light-dark(#b3261e, #ff8a80) }
.warning > :first-child, .not-tried > :first-child { color: light-dark(#7a5b00, #e3c04b) }
code { overflow-wrap: anywhere }
.violated { color: light-dark(#b3261e, #ff8a80); font-weight: 600 }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #8882; padding: .6rem }
`;

/** Reports as one page that needs no other file, for people who were not there: what was tried, from where, with which token. */
export function formatHtml(reports: readonly Report[]): string {
    const failed = reports.filter(({ verdict }) => verdict === "failed").length;
    const title =
        reports.length === 0
            ? "Smoke check: nothing was checked"
            : failed > 0
              ? `Smoke check: ${failed} of ${reports.length} failed`
              : `Smoke check: ${reports.length} passed`;
    return [
        "<!doctype html>",
        '<html lang="en">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
        `<title>${title}</title><style>${STYLE}</style></head>`,
        `<body><h1>${title}</h1>`,
        ...whoMayCall(reports),
        ...reports.map(section),
        "</body></html>",
    ].join("\n");
}

/** The graph of what the reports tell. Reports of earlier versions tell nothing of it. */
function whoMayCall(reports: readonly Report[]): string[] {
    const graph = graphOfReports(reports);
    return graph.edges.length === 0 ? [] : ["<h2>Who may call whom</h2>", graphSection(graph)];
}

function section(report: Report): string {
    const { verdict, name, project, startedAt, identity } = report;
    return [
        `<section><h2 class="${verdict}"><span>${marks[verdict]}</span> ${escape(name)} <small>${escape(project)}</small></h2>`,
        `<p>${escape(summarize(report))}, from ${escape(startedAt)}. Own credentials of the check: ${escape(identity)}.</p>`,
        ...byReceiver(report).map((rows) => receiverTable(rows, project)),
        "</section>",
    ].join("\n");
}

function receiverTable({ receiver, probes, untried }: ReceiverRows, project: string): string {
    const headings = ["", "probe", "caller", "from", "token", "expected", "got"];
    const columns = headings.map((heading) => `<th scope="col">${heading}</th>`).join("");
    return [
        `<h3>${escape(receiver)}</h3>`,
        ...(probes.length > 0
            ? [
                  `<div class="scroll"><table><thead><tr>${columns}</tr></thead><tbody>`,
                  ...probes.map((probe) => rowOf(probe, project)),
                  "</tbody></table></div>",
              ]
            : []),
        ...untried.map((sentence) => `<p class="not-tried"><span>not tried:</span> ${escape(sentence)}</p>`),
    ].join("\n");
}

function rowOf(probe: ProbeReport, project: string): string {
    const { verdict, name, caller, from = "", token, expected } = probe;
    const cells = [name, shortAccount(caller, project), from, token, expected, gotOf(probe)];
    const row = [marks[verdict], ...cells].map((cell) => `<td>${escape(cell)}</td>`).join("");
    const more = details(probe);
    return `<tr class="${verdict}">${row}</tr>${more === "" ? "" : `<tr><td></td><td colspan="6">${more}</td></tr>`}`;
}

/** Why a probe did not pass, and the claims of its token. */
function details(probe: ProbeReport): string {
    const { verdict, diff = [], diagnosis, claims } = probe;
    const reason = verdict === "passed" ? [] : [`<p>${escape(causeOf(probe))}</p>`];
    const block = (summary: string, code: string): string =>
        `<details${verdict === "failed" ? " open" : ""}><summary>${summary}</summary><pre>${escape(code)}</pre></details>`;
    return [
        ...reason,
        ...(diff.length > 0 ? [block("difference", diff.join("\n"))] : []),
        ...(diagnosis?.fix === undefined ? [] : [block("fix", diagnosis.fix)]),
        ...callers(probe),
        ...(claims === undefined ? [] : [block("claims of the token", JSON.stringify(claims, undefined, 2))]),
    ].join("");
}

/** Who may call, as a list. */
function callers(probe: ProbeReport): string[] {
    const ways = callersOf(probe).map((way) => `<li>${escape(way)}</li>`);
    return probe.access === undefined
        ? []
        : [`<details open><summary>${escape(askedOf(probe))}</summary><ul>${ways.join("")}</ul></details>`];
}
