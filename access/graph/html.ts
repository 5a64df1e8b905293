import { type CallGraph, type GraphEdge, STATE_WORDS } from "./types";
import { escapeMarkup } from "./markup";
import { formatSvg } from "./svg";

/** The page loads nothing and runs nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; background: light-dark(#fff, #15181c); color: light-dark(#1b1f24, #e8ecf1) }
body { max-width: 75rem; margin: 2rem auto; padding: 0 1rem }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8884 }
td { overflow-wrap: anywhere }
.violated { color: light-dark(#b3261e, #ff8a80); font-weight: 600 }
`;

/** A graph as one page that needs no other file: the drawing, and a table with all that is known of each call. */
export function formatGraphPage(graph: CallGraph, title = "Who may call whom"): string {
    return [
        "<!doctype html>",
        '<html lang="en">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
        `<title>${escapeMarkup(title)}</title><style>${STYLE}</style></head>`,
        `<body><h1>${escapeMarkup(title)}</h1>`,
        graphSection(graph),
        "</body></html>",
    ].join("\n");
}

/** The drawing and the table, as a part of another page. */
export function graphSection(graph: CallGraph): string {
    const labels = new Map(graph.nodes.map(({ id, label }) => [id, label]));
    const rows = graph.edges.map((edge) => rowOf(edge, labels));
    const heads = ["caller", "target", "", "role", "how it is known"].map((head) => `<th scope="col">${head}</th>`);
    return [
        `<div class="scroll">${formatSvg(graph)}</div>`,
        ...(rows.length === 0
            ? ["<p>Nothing may call anything.</p>"]
            : [
                  `<div class="scroll"><table><thead><tr>${heads.join("")}</tr></thead><tbody>`,
                  ...rows,
                  "</tbody></table></div>",
              ]),
        ...graph.notes.map((note) => `<p>${escapeMarkup(note)}</p>`),
    ].join("\n");
}

function rowOf({ from, to, state, roles, evidence, fixes }: GraphEdge, labels: ReadonlyMap<string, string>): string {
    const fix = fixes.map((command) => `<br><code>${escapeMarkup(command)}</code>`).join("");
    const cells = [
        escapeMarkup(labels.get(from) ?? from),
        escapeMarkup(labels.get(to) ?? to),
        `<span class="${state}" title="${STATE_WORDS[state]}">${state}</span>`,
        roles.map(escapeMarkup).join("<br>"),
        `${evidenceOf(evidence)}${fix}`,
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
}

/** What tells most, and all else behind it. */
function evidenceOf(evidence: readonly string[]): string {
    const [first = "", ...more] = evidence.map(escapeMarkup);
    return more.length === 0 ? first : `<details><summary>${first}</summary>${more.join("<br>")}</details>`;
}
