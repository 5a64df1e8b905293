/**
 * What is known of a call, from the least to the most telling.
 * - `untried`: the program declares it, and nobody has looked.
 * - `bound`: the binding is in the policy.
 * - `used`: the sandbox has let such a call in.
 * - `proven`: a check has made the call, and it got in.
 * - `violated`: somebody may call whom nobody declared, or a declared call is refused.
 */
export const EDGE_STATES = ["untried", "bound", "used", "proven", "violated"] as const;
export type EdgeState = (typeof EDGE_STATES)[number];

/** What each state says, in a few words. */
export const STATE_WORDS: Record<EdgeState, string> = {
    untried: "declared, and nobody has looked",
    bound: "the binding is in the policy",
    used: "such a call got in",
    proven: "a check made the call, and it got in",
    violated: "not as declared",
};

/** One thing that is known of who may call whom. */
export interface CallFact {
    /** The IAM member that calls. */
    from: string;
    /** The REST URL of what is called. */
    to: string;
    state: EdgeState;
    role?: string;
    /** How it is known, as a sentence. */
    why: string;
    /** The command that ends it, if it should not be. */
    fix?: string;
}

/** Something that has a name of its own in a program, and the members and REST URLs that stand for it. */
export interface NamedNode {
    id: string;
    label: string;
    /** A word such as `workflow`, `service`, `schedule`; `check` is what only a smoke check uses. */
    kind: string;
    names: readonly string[];
}

export interface GraphNode {
    id: string;
    label: string;
    kind: string;
}

export interface GraphEdge {
    /** The ID of the node that calls. */
    from: string;
    /** The ID of the node that is called. */
    to: string;
    state: EdgeState;
    roles: string[];
    /** How it is known, the most telling first. */
    evidence: string[];
    /** The commands that end what should not be. */
    fixes: string[];
}

/** Who may call whom. */
export interface CallGraph {
    nodes: GraphNode[];
    edges: GraphEdge[];
    /** What the graph does not draw, in sentences. */
    notes: string[];
}
