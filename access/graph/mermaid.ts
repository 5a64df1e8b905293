import type { CallGraph, EdgeState } from "./types";

/** The arrow of each state. */
const ARROWS: Record<EdgeState, string> = {
    untried: "-.->",
    bound: "-->",
    used: "-->",
    proven: "==>",
    violated: "--x",
};

/** A graph as a flowchart of Mermaid. https://mermaid.js.org/syntax/flowchart.html */
export function formatMermaid({ nodes, edges, notes }: CallGraph): string {
    const ids = new Map(nodes.map(({ id }, at) => [id, `n${at}`]));
    return [
        "flowchart LR",
        ...nodes.map(({ id, label, kind }) => `    ${ids.get(id) ?? ""}["${quoted(label)}<br/>${quoted(kind)}"]`),
        ...edges.map(
            ({ from, to, state }) => `    ${ids.get(from) ?? ""} ${ARROWS[state]}|${state}| ${ids.get(to) ?? ""}`,
        ),
        ...notes.map((note) => `    %% ${note.replace(/\p{Cc}+/gu, " ")}`),
    ].join("\n");
}

/** A text for a label. Signs that Mermaid or HTML would read are written as their numbers. */
const quoted = (text: string): string =>
    text.replace(/\p{Cc}+/gu, " ").replace(/["#&<>`\\[\]{}|;]/g, (sign) => `#${sign.codePointAt(0) ?? 32};`);
