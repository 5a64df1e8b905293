import { defined } from "../../common";
import { type AnyExpr, type AnyValue, Expr, type Value } from "./expression";
import { type AnyVariable, Variable } from "./variable";

/** A variable or a part of one, and its new value. {@link set} makes it. */
export interface Assignment {
    name: string;
    value: AnyValue;
    /** The part that is set, if it is not the whole variable. It reads the variable. */
    part?: AnyExpr;
}

/** What follows a step, instead of the step below it. */
export type Next = StepLike | "end" | "break" | "continue";

/** One named step. */
export interface StepLike {
    readonly name: string;
    readonly body: Body;
    /** What follows it, instead of the step below it. */
    readonly next?: Next;
}

/** A step whose result others can use. */
export interface CallStep<R> extends StepLike {
    /** The result of the call, for later steps. */
    readonly result: Variable<R>;
}

/** What a step does, with the keys of the language. */
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

/** Calls a library function, a connector or a subworkflow by its name. {@link target} makes calls to receivers. */
export function call<R = unknown>(name: string, callee: string, args?: AnyValue): CallStep<R> {
    const result = name.replaceAll(/\W/g, "_").replace(/^(?=\d)/, "_");
    return {
        name,
        body: { kind: "call", callee, result, ...defined({ args }) },
        result: new Variable<R>(result),
    };
}

/** Does what the first case says whose condition holds: `choose("check", when(eq(x, 1), [..]), otherwise([..]))`. */
export function choose(name: string, ...cases: Case[]): StepLike {
    return { name, body: { kind: "switch", cases } };
}

/** A case of {@link choose}. {@link when} and {@link otherwise} make it. */
export interface Case {
    condition: AnyValue;
    steps: StepLike[];
    next?: Next;
}

/** A case of {@link choose}: the steps to run, or what follows. */
export function when(condition: Expr<boolean>, stepsOrNext: StepLike[] | Next): Case {
    return { condition, ...outcome(stepsOrNext) };
}

/** The last case of {@link choose}, if no condition holds. */
export function otherwise(stepsOrNext: StepLike[] | Next): Case {
    return { condition: true, ...outcome(stepsOrNext) };
}

function outcome(stepsOrNext: StepLike[] | Next): Omit<Case, "condition"> {
    return Array.isArray(stepsOrNext) ? { steps: stepsOrNext } : { steps: [], next: stepsOrNext };
}

/** Runs steps for each item of a list. A second parameter of `body` is the index of the item, from 0. */
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

/** Runs steps for each number from `first` to `last`, both included. */
export function forRange(
    name: string,
    [first, last]: [Value<number>, Value<number>],
    itemName: string,
    makeSteps: (item: Variable<number>) => StepLike[],
): StepLike {
    const range: AnyValue = [first, last];
    return { name, body: { kind: "for", item: itemName, range, steps: makeSteps(new Variable<number>(itemName)) } };
}

/** The options of {@link parallel}. */
export interface ParallelOptions {
    /** How many branches or iterations run at the same time. @default - the limit of Workflows */
    concurrencyLimit?: Value<number>;
    /** Writes the policy that the other branches go on if one fails. It is the default, and Workflows has no other yet. */
    continueAll?: boolean;
}

/** Runs branches, or the iterations of a loop, at the same time. They may set only the `shared` variables. */
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

/** What {@link attempt} does if its steps fail. */
export interface AttemptOptions {
    /** `default`: `http.default_retry`; `non-idempotent`: `http.default_retry_non_idempotent`; or a policy. */
    retry?: "default" | "non-idempotent" | RetryPolicy;
    /** The steps that run with the error when nothing is tried again any more. */
    except?: (error: Variable<WorkflowError>) => StepLike[];
}

/** When and how often {@link attempt} tries again: https://docs.cloud.google.com/workflows/docs/reference/syntax/retrying */
export interface RetryPolicy {
    /** After which errors it tries again: a predicate of the standard library, or a subworkflow that gets the error. */
    predicate: "default" | "non-idempotent" | Expr<(error: WorkflowError) => boolean>;
    /** How often it tries again, at most. */
    maxRetries: Value<number>;
    /** In seconds. */
    backoff: { initialDelay: Value<number>; maxDelay: Value<number>; multiplier: Value<number> };
}

/** The error that `except` gets: https://docs.cloud.google.com/workflows/docs/reference/syntax/error-types */
export interface WorkflowError {
    message: string;
    tags: string[];
    code: number;
    body: unknown;
    headers: Record<string, string>;
}

/** Runs steps that may fail: a `try` step. */
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

/** Makes one step of several. */
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

/** The same step, followed by `next` instead of the step below it. */
export function then<S extends StepLike>(step: S, next: Next): S {
    return { ...step, next };
}
