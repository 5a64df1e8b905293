import type { CallGraph } from "../../access/graph";

/** Stands for all stacks together. No stack has this name, because the name of its project comes first. */
export const ALL_STACKS = "all";

/** What the page shows, as its server sends it. Nothing in it is a token. */
export interface Overview {
    project: string;
    /** The sandbox's time, in ISO 8601. */
    time: string;
    /** How long a grant takes to arrive. */
    propagationMilliseconds: number;
    /** Policies that were changed and are not in force yet. */
    onTheWay: { resource: string; milliseconds: number }[];
    faults: FaultView[];
    /** The stacks that were deployed, the last one first: `shop/dev`. */
    stacks: string[];
    /** The stack that is drawn, or `all`; none if nothing is deployed. */
    stack?: string;
    graph: CallGraph;
    services: ServiceView[];
    executions: ExecutionRow[];
}

export interface ServiceView {
    /** As its API names it. */
    name: string;
    label: string;
    uri: string;
}

export interface ExecutionRow {
    id: string;
    workflow: string;
    state: string;
    time: string;
    duration: string;
}

export interface LogView {
    id: number;
    time: string;
    service: string;
    stream: string;
    text: string;
}

/** What has happened since the last batch. */
export interface Batch {
    decisions: DecisionView[];
    lines: LogView[];
}

/** One execution, step by step. */
export interface ExecutionView extends ExecutionRow {
    /** The full name. */
    name: string;
    argument: string;
    result?: string;
    error?: string;
    /** How long it took from the first step to the last, in milliseconds. */
    milliseconds: number;
    steps: StepView[];
    /** What services printed meanwhile. */
    lines: LogView[];
    /** The source as it was deployed. */
    deployed: string;
    /** The source as it was written, if the `auth` sections were generated. */
    authored?: string;
}

export interface StepView {
    number: number;
    name: string;
    kind: string;
    line: number;
    depth: number;
    /** Milliseconds since the execution began. */
    start: number;
    end: number;
    error?: string;
    variables: [name: string, value: string][];
    call?: { name: string; request: string; answer?: string; error?: string; token?: TokenView };
}

/** A credential by what it says. */
export interface TokenView {
    kind: "ID token" | "access token";
    /** The audience, or the scopes. */
    to: string;
    claims: [name: string, value: string][];
}

/** One allow or deny. */
export interface DecisionView {
    id: number;
    time: string;
    allowed: boolean;
    principal: string;
    permission: string;
    resource: string;
    reason: string;
    /** Which check decided. */
    stage: string;
    /** The grant that would have allowed it. */
    missing?: { role: string; member: string; resource: string };
    request?: string;
    claims?: Record<string, unknown>;
    tool?: boolean;
}

/** A fault that is set. */
export interface FaultView {
    id: number;
    host: string;
    status?: number;
    drop?: boolean;
    latencyMilliseconds?: number;
    struck: number;
}
