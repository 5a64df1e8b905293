import { fittingLabel, layoutOf, type PlacedEdge, type PlacedNode } from "./layout";
import { escapeMarkup } from "./markup";
import { type CallGraph, EDGE_STATES, type EdgeState, STATE_WORDS } from "./types";

/** The colours of each state on a light and on a dark ground, and how its line is drawn, so that no colour is needed to tell. */
const LINES: Record<EdgeState, { light: string; dark: string; width: number; dashes?: string }> = {
    untried: { light: "#6b7280", dark: "#9aa3b2", width: 1.5, dashes: "2 5" },
    bound: { light: "#4b5563", dark: "#b6bfcd", width: 1.5, dashes: "8 4" },
    used: { light: "#1d5fc4", dark: "#7db3ff", width: 1.75 },
    proven: { light: "#17692f", dark: "#5fd07f", width: 2.75 },
    violated: { light: "#b3261e", dark: "#ff8a80", width: 2.75, dashes: "10 3 2 3" },
};

const LEGEND_ROW = 20;
const LEGEND_WIDTH = 330;

const colours = (ground: "light" | "dark"): string =>
    EDGE_STATES.map((state) => `.gi-${state}{--line:${LINES[state][ground]}}`).join("");

const STYLE =
    ".gi{--ink:#1b1f24;--soft:#57606a;--box:#fff;--rim:#8c959f;--ground:#fff;font:13px/1.3 system-ui,sans-serif}" +
    `${colours("light")}@media(prefers-color-scheme:dark){.gi{--ink:#e8ecf1;--soft:#a4adb9;--box:#22272e;--rim:#6b7684;--ground:#15181c}${colours("dark")}}` +
    ".gi .ground{fill:var(--ground)}.gi rect.box{fill:var(--box);stroke:var(--rim)}.gi .check rect.box{stroke-dasharray:3 3}" +
    ".gi .public rect.box{stroke:var(--line);stroke-width:2}.gi text{fill:var(--ink)}.gi .name{font-weight:600}.gi .kind{fill:var(--soft);font-size:11px}" +
    ".gi path{fill:none;stroke:var(--line)}.gi path.head{fill:var(--line);stroke:none}";

/** A graph as one SVG image. It follows the reader's choice of light or dark, loads nothing and runs nothing. */
export function formatSvg(graph: CallGraph): string {
    const { width, height, nodes, edges } = layoutOf(graph);
    const states = EDGE_STATES.filter((state) => edges.some((edge) => edge.state === state)).reverse();
    const full = { width: Math.max(width, LEGEND_WIDTH), height: height + states.length * LEGEND_ROW };
    const title = "Who may call whom";
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" class="gi" role="img" width="${Math.ceil(full.width)}" height="${Math.ceil(full.height)}" viewBox="0 0 ${Math.ceil(full.width)} ${Math.ceil(full.height)}">`,
        `<title>${title}</title><desc>${escapeMarkup(describeGraph(graph))}</desc><style>${STYLE}</style>`,
        '<rect class="ground" width="100%" height="100%"/>',
        ...edges.map(edgeOf),
        ...nodes.map(nodeOf),
        ...states.map((state, at) => legendOf(state, height + at * LEGEND_ROW)),
        "</svg>",
    ].join("\n");
}

/** A graph in words, for those who do not see it. */
export function describeGraph({ nodes, edges }: CallGraph): string {
    const labels = new Map(nodes.map(({ id, label }) => [id, label]));
    return edges.length === 0
        ? "Nothing may call anything."
        : edges
              .map(({ from, to, state }) => `${labels.get(from) ?? from} → ${labels.get(to) ?? to}: ${state}`)
              .join("; ");
}

function strokes(state: EdgeState): string {
    const { width, dashes } = LINES[state];
    return `stroke-width="${width}"${dashes === undefined ? "" : ` stroke-dasharray="${dashes}"`}`;
}

function edgeOf({ state, path, roles, evidence }: PlacedEdge): string {
    const [, x = "0", y = "0"] = /(-?[\d.]+) (-?[\d.]+)$/.exec(path) ?? [];
    const head = `<path class="head" d="M${Number(x) + 5} ${y}l-9 -5v10z"/>`;
    const words = escapeMarkup([`${state}: ${STATE_WORDS[state]}`, ...roles, ...evidence].join("\n"));
    return `<g class="gi-${state}"><title>${words}</title><path d="${path}" ${strokes(state)}/>${head}</g>`;
}

function nodeOf(node: PlacedNode): string {
    const { x, y, width, height, label, kind } = node;
    const names = kind === "public" ? "public gi-violated" : kind === "check" ? "check" : "";
    return (
        `<g class="${names}"><title>${escapeMarkup(`${kind} ${label}`)}</title>` +
        `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>` +
        `<text class="name" x="${x + 12}" y="${y + 20}">${escapeMarkup(fittingLabel(node))}</text>` +
        `<text class="kind" x="${x + 12}" y="${y + 36}">${escapeMarkup(kind)}</text></g>`
    );
}

function legendOf(state: EdgeState, y: number): string {
    return (
        `<g class="gi-${state}"><path d="M16 ${y}H52" ${strokes(state)}/>` +
        `<text x="62" y="${y + 4}">${state}</text><text class="kind" x="122" y="${y + 4}">${STATE_WORDS[state]}</text></g>`
    );
}
