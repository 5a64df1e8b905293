import type {
    Assignment,
    CallAction,
    Case,
    ForAction,
    Name,
    ParallelAction,
    Param,
    Routine,
    Step,
    TryAction,
    Value,
} from "../syntax";
import type { Scope } from "./scope";

/** How a run comes from one node to another. Explanations name the kinds that are not just the following step. */
export type EdgeKind =
    /** The following part of a step, or the following step. */
    | "sequence"
    /** `next: name`, `end`, `break` or `continue`. */
    | "jump"
    /** A case of `switch` whose condition holds. */
    | "case"
    /** The condition does not hold. */
    | "otherwise"
    /** One more iteration of a loop. */
    | "turn"
    /** A loop's end. */
    | "done"
    /** An error that `try` catches. */
    | "error"
    /** `retry` tries again. */
    | "retry"
    /** A branch or an iteration of `parallel` begins. */
    | "branch"
    /** `return`. */
    | "return";

export interface Edge {
    to: Node;
    kind: EdgeKind;
}

interface Place {
    /** Counts the nodes of a routine, in the order in which they are laid out, from 0. */
    id: number;
    /** The names that can be seen here. */
    scope: Scope;
    /** The step that the node belongs to, if it belongs to one of the same frame. */
    within?: StepNode;
    /** Where an error goes that is raised here; absent: out of the routine, or of the branch. */
    handler?: CaughtNode | ExceptNode;
    /** The `parallel` whose branch this is. */
    fork?: ForkNode;
}

/** A node that a run leaves in one way, unless an error is raised. */
interface Plain extends Place {
    next: Edge;
}

/** A node that a run leaves in one of two ways. */
interface Fork2 extends Plain {
    otherwise: Edge;
}

/** Gives a parameter its value: what was passed, or its default. */
export interface ParameterNode extends Plain {
    kind: "parameter";
    param: Param;
    index: number;
}

/** A step begins. */
export interface StepNode extends Plain {
    kind: "step";
    step: Step;
}

/** One line of `assign`. */
export interface AssignNode extends Plain {
    kind: "assign";
    assignment: Assignment;
}

export interface CallNode extends Plain {
    kind: "call";
    action: CallAction;
    step: Step;
}

/** One condition of `switch`: `next` if it holds. */
export interface TestNode extends Fork2 {
    kind: "test";
    case: Case;
}

/** Computes once what a loop iterates over. */
export interface LoopNode extends Plain {
    kind: "loop";
    action: ForAction;
    /** The scope of the body. */
    body: Scope;
    turn: TurnNode;
}

/** Sets the loop's variables and begins an iteration (`next`), or leaves the loop (`otherwise`). */
export interface TurnNode extends Fork2 {
    kind: "turn";
    loop: LoopNode;
}

/** `parallel`: starts the branches, each in a frame of its own, and goes on when all have ended. */
export interface ForkNode extends Plain {
    kind: "fork";
    action: ParallelAction;
    /** One for each branch; one alone for all iterations of a loop. */
    branches: Edge[];
}

/** A branch or an iteration of `parallel` begins: it sets the loop's variables. */
export interface BranchNode extends Plain {
    kind: "branch";
    fork: ForkNode;
    /** The place of the branch in the list; absent for iterations. */
    index?: number;
}

/** `try` begins: no attempt has been made. */
export interface TryNode extends Plain {
    kind: "try";
    action: TryAction;
    /** What catches the errors of the body, outermost last: `retry`, then `except`. */
    catches: (CaughtNode | ExceptNode)[];
}

/** `retry` decides about an error: it tries again (`next`) or raises the error again. */
export interface CaughtNode extends Plain {
    kind: "caught";
    action: TryAction;
    attempt: TryNode;
}

/** `except` begins: its variable is the error. */
export interface ExceptNode extends Plain {
    kind: "except";
    action: TryAction;
    /** The scope of its steps. */
    body: Scope;
}

export interface RaiseNode extends Place {
    kind: "raise";
    value: Value;
}

export interface ReturnNode extends Plain {
    kind: "return";
    value: Value;
}

/** The end of the routine or of a branch. */
export interface EndNode extends Place {
    kind: "end";
}

/** A place in a routine, what happens there, and where a run can go on. */
export type Node =
    | ParameterNode
    | StepNode
    | AssignNode
    | CallNode
    | TestNode
    | LoopNode
    | TurnNode
    | ForkNode
    | BranchNode
    | TryNode
    | CaughtNode
    | ExceptNode
    | RaiseNode
    | ReturnNode
    | EndNode;

/** The control flow of a routine, as runs and analyses follow it. */
export interface RoutineGraph {
    routine: Routine;
    scope: Scope;
    /** All nodes, by their ids. */
    nodes: Node[];
    entry: Node;
    end: EndNode;
    /** The names in `next` that no step in sight has; a run cannot begin, and analyses take them for `end`. */
    unresolved: Name[];
}

/** The edges by which a run leaves a node without an error. */
export function edgesOf(node: Node): Edge[] {
    switch (node.kind) {
        case "raise":
        case "end":
            return [];
        case "test":
        case "turn":
            return [node.next, node.otherwise];
        case "fork":
            return [...node.branches, node.next];
        default:
            return [node.next];
    }
}
