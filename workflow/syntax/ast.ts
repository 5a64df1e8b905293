import type { Expression } from "../expression";

/** A place in a source. Lines and columns count from 1, offsets (UTF-16 units, as in JavaScript strings) from 0. */
export interface Position {
    line: number;
    column: number;
    offset: number;
}

/** From `start` to `end`, without `end` itself. */
export interface Span {
    start: Position;
    end: Position;
}

/** A value in a source: a literal, an expression, or a list or map of values. */
export type Value =
    | { kind: "literal"; value: null | boolean | bigint | number | string; span: Span }
    | ExpressionValue
    | { kind: "list"; items: Value[]; span: Span }
    | { kind: "map"; entries: Entry[]; span: Span };

/** A value that is written `${…}`. */
export interface ExpressionValue {
    kind: "expression";
    expression: Expression;
    /** What is between `${` and `}`. */
    text: string;
    span: Span;
}

/** One entry of a map in a source: https://docs.cloud.google.com/workflows/docs/reference/syntax/maps */
export interface Entry {
    /** The key as it is written. */
    key: string;
    /** The expression that gives the key of a run, if the key is written `${…}`. */
    computedKey?: ExpressionValue;
    keySpan: Span;
    value: Value;
}

/** A name in a source (of a step, a variable, a routine), with its place. */
export interface Name {
    text: string;
    span: Span;
}

/** A whole definition. A bare list of steps is the routine `main` without parameters. */
export interface Program {
    form: "map" | "list";
    routines: Routine[];
    span: Span;
}

/** A routine: `main`, or a subworkflow. */
export interface Routine {
    name: Name;
    params: Param[];
    steps: Step[];
    span: Span;
}

/** A parameter of a routine. If it has no `default`, every call must give it. */
export interface Param {
    name: Name;
    default?: Value;
}

/** One named step. `next` says which step follows; without it, the step below follows. */
export interface Step {
    name: Name;
    action?: Action;
    next?: Name;
    span: Span;
}

/** What a step, a branch of `switch`, or the body of `try` does. */
export type Action =
    | CallAction
    | { kind: "assign"; assignments: Assignment[]; span: Span }
    | { kind: "switch"; cases: Case[]; span: Span }
    | ForAction
    | ParallelAction
    | TryAction
    | { kind: "raise"; value: Value; span: Span }
    | { kind: "return"; value: Value; span: Span }
    | { kind: "steps"; steps: Step[]; span: Span };

/** A step that calls something: https://docs.cloud.google.com/workflows/docs/reference/syntax/calls */
export interface CallAction {
    kind: "call";
    /** A library function, a connector or a subworkflow, as the source names it. */
    callee: Name;
    /** The arguments: a map by their names, or an expression whose value is such a map. */
    args?: Value;
    /** The variable that gets the result. */
    result?: Name;
    span: Span;
}

/** One line of an `assign` step. */
export interface Assignment {
    /** `name`, `name.field`, `name["field"]`, `name[expression]`: parsed as an expression. */
    target: Expression;
    targetSpan: Span;
    value: Value;
}

/** One case of a `switch` step: what is done, or which step follows, if the condition holds. */
export interface Case {
    condition: Value;
    action?: Action;
    next?: Name;
    span: Span;
}

/** A loop: https://docs.cloud.google.com/workflows/docs/reference/syntax/iteration */
export interface ForAction {
    kind: "for";
    /** The variable that holds the item of each iteration. */
    value: Name;
    /** The variable that holds the index of the item, from 0. */
    index?: Name;
    /** What the loop iterates over: a list, or the keys of a map. */
    in?: Value;
    /** The first and the last number, instead of `in`. */
    range?: Value;
    steps: Step[];
    span: Span;
}

/** Branches, or the iterations of a loop, that run at the same time: https://docs.cloud.google.com/workflows/docs/reference/syntax/parallel-steps */
export interface ParallelAction {
    kind: "parallel";
    /** The variables from outside that the branches may write. */
    shared: Name[];
    exceptionPolicy?: Value;
    concurrencyLimit?: Value;
    /** The branches, each as a step; absent for a loop. */
    branches?: Step[];
    for?: ForAction;
    span: Span;
}

/** Steps whose errors are caught: https://docs.cloud.google.com/workflows/docs/reference/syntax/catching-errors */
export interface TryAction {
    kind: "try";
    /** One call-like action, or `steps`. */
    body: Action;
    retry?: Retry;
    except?: { as?: Name; steps: Step[]; span: Span };
    span: Span;
}

/** `retry: ${http.default_retry}`, or a map with `predicate`, `max_retries` and `backoff`. */
export interface Retry {
    value: Value;
    span: Span;
}

/** How severe a diagnostic or a finding is: an `error` must be fixed, a `warning` should be looked at, an `info` is a hint. */
export type Severity = "error" | "warning" | "info";

/** A message about a source, with its place. */
export interface Diagnostic {
    severity: Severity;
    /** A stable identifier, such as `syntax` or `undefined-variable`. */
    rule: string;
    message: string;
    span: Span;
    /** The step that it is about, if it is about one. */
    step?: string;
}

/** The result of `parseWorkflow`. `program` is absent if `diagnostics` has an error of the rule `syntax`. */
export interface Parsed {
    source: string;
    /** How messages name the source: a path, or `<stdin>`. */
    file: string;
    format: "yaml" | "json";
    program?: Program;
    diagnostics: Diagnostic[];
}
