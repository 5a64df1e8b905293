import { type AnyExpr, type AnyValue, Expr, type Value } from "./expression";
import { type AnyVariable, Variable } from "./variable";

/** One variable or a part of one, and what it becomes. Made by {@link set}. */
export interface Assignment {
    name: string;
    value: AnyValue;
    /** Where only a part of a variable is set: that part, which reads the variable. */
    part?: AnyExpr;
}

/** Where a step leads instead of the one below it. */
export type Next = StepLike | "end" | "break" | "continue";

/** One named step. */
export interface StepLike {
    readonly name: string;
    readonly body: Body;
    /** Where it leads, instead of the step below. */
    readonly next?: Next;
}

/** A step whose result others can use. */
export interface CallStep<R> extends StepLike {
    /** What the call gave, in steps after it. */
    readonly result: Variable<R>;
}

/** What a step does; each kind as the language has it. */
export type Body =
    | { kind: "call"; callee: string; args?: AnyValue; result: string }
    | { kind: "assign"; assignments: Assignment[] }
    | { kind: "switch"; cases: { condition: AnyValue; steps: StepLike[]; next?: Next }[] }
    | { kind: "for"; item: string; index?: string; in?: AnyValue; range?: AnyValue; steps: StepLike[] }
    | { kind: "parallel"; shared: string[]; limits: ParallelOptions; branches: StepLike[] }
    | { kind: "parallel-for"; shared: string[]; limits: ParallelOptions; loop: StepLike }
    | { kind: "try"; steps: StepLike[]; retry?: AnyValue; except?: { as: string; steps: StepLike[] } }
    | { kind: "steps"; steps: StepLike[] }
    | { kind: "raise"; value: AnyValue }
    | { kind: "return"; value: AnyValue };

/** Calls a library function, a connector or a subworkflow by its name. Calls to receivers: see targets. */
export function call<R = unknown>(name: string, callee: string, args?: AnyValue): CallStep<R> {
    const result = name.replaceAll(/\W/g, "_").replace(/^(?=\d)/, "_");
    return {
        name,
        body: { kind: "call", callee, result, ...(args !== undefined && { args }) },
        result: new Variable<R>(result),
    };
}

/** The first case whose condition holds: `choose("check", when(eq(x, 1), [..]), otherwise([..]))`. */
export function choose(name: string, ...cases: Case[]): StepLike {
    return { name, body: { kind: "switch", cases } };
}

/** A case of {@link choose}. Made by {@link when} and {@link otherwise}. */
export interface Case {
    condition: AnyValue;
    steps: StepLike[];
    next?: Next;
}

/** A case of {@link choose}: steps, or where to go. */
export function when(condition: Expr<boolean>, stepsOrNext: StepLike[] | Next): Case {
    return { condition, ...outcome(stepsOrNext) };
}

/** The case that is left. */
export function otherwise(stepsOrNext: StepLike[] | Next): Case {
    return { condition: true, ...outcome(stepsOrNext) };
}

function outcome(stepsOrNext: StepLike[] | Next): Omit<Case, "condition"> {
    return Array.isArray(stepsOrNext) ? { steps: stepsOrNext } : { steps: [], next: stepsOrNext };
}

/** The steps for each item of a list; with a second parameter, `index` is the item's place, from 0. */
export function forEach<T>(
    name: string,
    list: Value<T[]>,
    itemName: string,
    makeSteps: (item: Variable<T>, index: Variable<number>) => StepLike[],
): StepLike {
    const [item, index] = [new Variable<T>(itemName), new Variable<number>(`${itemName}_index`)];
    const body: Body = {
        kind: "for",
        item: itemName,
        ...(makeSteps.length > 1 && { index: index.name }),
        in: list as AnyValue,
        steps: makeSteps(item, index),
    };
    return { name, body };
}

/** The steps for each number from `first` to `last`, both included. */
export function forRange(
    name: string,
    [first, last]: [Value<number>, Value<number>],
    itemName: string,
    makeSteps: (item: Variable<number>) => StepLike[],
): StepLike {
    const range: AnyValue = [first, last];
    return { name, body: { kind: "for", item: itemName, range, steps: makeSteps(new Variable<number>(itemName)) } };
}

/** Bounds of {@link parallel}. */
export interface ParallelOptions {
    /** How many branches or rounds run at once. @default - Workflows' limit */
    concurrencyLimit?: Value<number>;
    /** Writes out that the others go on where one fails, which they do anyway: Workflows has no other policy yet. */
    continueAll?: boolean;
}

/** Branches, or the rounds of a loop, at the same time. Only `shared` variables may be written in them. */
export function parallel(
    name: string,
    shared: AnyVariable[],
    branches: StepLike[] | StepLike,
    limits: ParallelOptions = {},
): StepLike {
    const names = shared.map((each) => each.name);
    return {
        name,
        body: Array.isArray(branches)
            ? { kind: "parallel", shared: names, limits, branches }
            : { kind: "parallel-for", shared: names, limits, loop: branches },
    };
}

/** How {@link attempt} goes on where its steps fail. */
export interface AttemptOptions {
    /** `default`: `http.default_retry`; `non-idempotent`: `http.default_retry_non_idempotent`; or a policy. */
    retry?: "default" | "non-idempotent" | RetryPolicy;
    /** What runs with the error where nothing is tried again any more. */
    except?: (error: Variable<WorkflowError>) => StepLike[];
}

/** When and how often {@link attempt} tries again: https://docs.cloud.google.com/workflows/docs/reference/syntax/retrying */
export interface RetryPolicy {
    /** Which errors are tried again: a predicate of the standard library, or a subworkflow that is given the error. */
    predicate: "default" | "non-idempotent" | Expr<(error: WorkflowError) => boolean>;
    /** How often it tries again, at most. */
    maxRetries: Value<number>;
    /** In seconds. */
    backoff: { initialDelay: Value<number>; maxDelay: Value<number>; multiplier: Value<number> };
}

/** What `except` sees: https://docs.cloud.google.com/workflows/docs/reference/syntax/error-types */
export interface WorkflowError {
    message: string;
    tags: string[];
    code: number;
    body: unknown;
    headers: Record<string, string>;
}

/** Steps that may fail: `try`. */
export function attempt(name: string, tried: StepLike[], options: AttemptOptions): StepLike {
    const { retry, except } = options;
    return {
        name,
        body: {
            kind: "try",
            steps: tried,
            ...(retry !== undefined && { retry: retryValue(retry) }),
            ...(except !== undefined && { except: { as: "e", steps: except(new Variable<WorkflowError>("e")) } }),
        },
    };
}

function retryValue(retry: NonNullable<AttemptOptions["retry"]>): AnyValue {
    const named = (kind: string, of: string): AnyValue =>
        new Expr(`http.${of}${kind === "default" ? "" : "_non_idempotent"}`, 7, new Set());
    if (typeof retry === "string") {
        return named(retry, "default_retry");
    }
    const { predicate, maxRetries, backoff } = retry;
    return {
        predicate: typeof predicate === "string" ? named(predicate, "default_retry_predicate") : predicate,
        max_retries: maxRetries,
        backoff: {
            initial_delay: backoff.initialDelay,
            max_delay: backoff.maxDelay,
            multiplier: backoff.multiplier,
        },
    };
}

/** Several steps as one. */
export function steps(name: string, inner: StepLike[]): StepLike {
    return { name, body: { kind: "steps", steps: inner } };
}

/** Ends the execution with an error. */
export function raise(name: string, value: AnyValue): StepLike {
    return { name, body: { kind: "raise", value } };
}

/** Ends the workflow or subworkflow with a result. */
export function give(name: string, value: AnyValue): StepLike {
    return { name, body: { kind: "return", value } };
}

/** The same step, leading elsewhere than to the one below it. */
export function then<S extends StepLike>(step: S, next: Next): S {
    return { ...step, next };
}
