/** Who may call whom, as a graph: plain data from a state, from reports and from decisions, and how it is drawn. */
export { callGraph } from "./call-graph";
export { factsOfDecisions, fullName, type DecidedCall } from "./decisions";
export { formatGraphPage, graphSection } from "./html";
export { fittingLabel, layoutOf, type Layout, type PlacedEdge, type PlacedNode } from "./layout";
export { escapeMarkup } from "./markup";
export { formatMermaid } from "./mermaid";
export { graphOfState, type KeptResource } from "./state";
export { describeGraph, formatSvg } from "./svg";
export {
    EDGE_STATES,
    STATE_WORDS,
    type CallFact,
    type CallGraph,
    type EdgeState,
    type GraphEdge,
    type GraphNode,
    type NamedNode,
} from "./types";
