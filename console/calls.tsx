import { useState } from "preact/hooks";
import { fittingLabel, layoutOf } from "../access/graph/layout";
import { type CallGraph, EDGE_STATES, STATE_WORDS } from "../access/graph/types";
import { ALL_STACKS } from "../cli/console/view";
import type { Shared } from "./app";
import { Empty } from "./parts";

/** Who may call whom, drawn and as a list. */
export function Calls({
    overview: { graph, stacks, stack = "" },
    choose,
}: Shared & { choose: (stack: string) => void }) {
    const [chosen, setChosen] = useState<string>();
    const labels = new Map(graph.nodes.map(({ id, label }) => [id, label]));
    const states = EDGE_STATES.toReversed().filter((state) => graph.edges.some((edge) => edge.state === state));
    return (
        <>
            <h1>Who may call whom</h1>
            {(stacks.length > 1 || (stacks.length > 0 && !stacks.includes(stack))) && (
                <form class="filters" onSubmit={(event) => event.preventDefault()}>
                    <label>
                        stack{" "}
                        <select value={stack} onChange={(event) => choose(event.currentTarget.value)}>
                            {[...new Set([...stacks, ALL_STACKS, stack])].map((each) => (
                                <option key={each} value={each}>
                                    {each === ALL_STACKS
                                        ? "all together"
                                        : stacks.includes(each)
                                          ? each
                                          : `${each} (not deployed)`}
                                </option>
                            ))}
                        </select>
                    </label>
                </form>
            )}
            {graph.nodes.length > 0 && <Drawing graph={graph} chosen={chosen} />}
            <ul class="legend">
                {states.map((state) => (
                    <li key={state}>
                        <svg width="34" height="8" aria-hidden="true" class={`edge ${state}`}>
                            <path d="M0 4H34" />
                        </svg>
                        <b>{state}</b> {STATE_WORDS[state]}
                    </li>
                ))}
            </ul>
            <ul class="cards">
                {graph.edges.map(({ from, to, state, roles, evidence, fixes }) => {
                    const key = `${from} ${to}`;
                    const [first, ...more] = evidence;
                    return (
                        <li
                            key={key}
                            class={state}
                            onMouseEnter={() => setChosen(key)}
                            onFocusCapture={() => setChosen(key)}
                        >
                            <details>
                                <summary>
                                    <span class={`state ${state}`}>{state}</span>
                                    <span>
                                        <b>{labels.get(from)}</b> → <b>{labels.get(to)}</b>
                                    </span>
                                    <span class="soft">{roles.join(", ")}</span>
                                </summary>
                                <ul class="plain">
                                    <li>{first}</li>
                                    {more.map((each) => (
                                        <li key={each} class="soft">
                                            {each}
                                        </li>
                                    ))}
                                </ul>
                                {fixes.map((fix) => (
                                    <pre key={fix}>{fix}</pre>
                                ))}
                            </details>
                        </li>
                    );
                })}
            </ul>
            {graph.notes.map((note) => (
                <p key={note} class="soft">
                    {note}
                </p>
            ))}
            {graph.nodes.length === 0 && <Empty>There is nothing to draw yet.</Empty>}
        </>
    );
}

function Drawing({ graph, chosen }: { graph: CallGraph; chosen: string | undefined }) {
    const { width, height, nodes, edges } = layoutOf(graph);
    return (
        <div
            class="drawing"
            tabIndex={0}
            role="region"
            aria-label="Drawing of who may call whom; the list below says the same"
        >
            <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
                <defs>
                    <marker
                        id="head"
                        viewBox="0 0 9 10"
                        refX="4"
                        refY="5"
                        markerWidth="9"
                        markerHeight="10"
                        markerUnits="userSpaceOnUse"
                        orient="auto"
                    >
                        <path d="M0 0L9 5L0 10z" fill="context-stroke" />
                    </marker>
                </defs>
                {edges.map(({ from, to, state, path }) => (
                    <g key={`${from} ${to}`} class={`edge ${state}${chosen === `${from} ${to}` ? " chosen" : ""}`}>
                        <path d={path} marker-end="url(#head)" />
                    </g>
                ))}
                {nodes.map((node) => (
                    <g key={node.id} class={`node ${node.kind}`}>
                        <rect x={node.x} y={node.y} width={node.width} height={node.height} rx="8" />
                        <text x={node.x + 12} y={node.y + 20} class="name">
                            {fittingLabel(node)}
                        </text>
                        <text x={node.x + 12} y={node.y + 36} class="kind">
                            {node.kind}
                        </text>
                    </g>
                ))}
            </svg>
        </div>
    );
}
