import { nameAsValue, retryNumbers, retryPredicate } from "../control";
import type { TryAction, Value } from "../syntax";
import { failure, isMapValue, isNumeric, type RuntimeValue, toNumber, truth, typeName } from "./values";
import { type AsyncEval, CompileError, type ExpressionCompiler } from "./expressions";
import { bindPositional, type Callee, type Frame } from "./frame";

type Predicate = (error: RuntimeValue, frame: Frame) => boolean | Promise<boolean>;

/** When to try again: https://cloud.google.com/workflows/docs/reference/syntax/retrying */
export interface RetryPolicy {
    maxRetries: number;
    predicate: Predicate;
    /** The wait before the retry of a number, from 0. */
    delaySeconds(retry: number): number;
}

interface Backoff {
    initial: number;
    max: number;
    multiplier: number;
}

/** `retry.default_backoff`, and what the policies of `http` and of connectors use. */
const DEFAULT_BACKOFF: Backoff = { initial: 1, max: 60, multiplier: 1.25 };

const RETRIED = {
    idempotent: { codes: [429, 502, 503, 504], tags: ["ConnectionError", "ConnectionFailedError", "TimeoutError"] },
    // Sources: stdlib/http/default_retry_predicate_non_idempotent: less than the idempotent one, and neither has 500.
    nonIdempotent: { codes: [429, 503], tags: ["ConnectionFailedError"] },
};

function matches({ codes, tags }: { codes: number[]; tags: string[] }): Predicate {
    return (error) => {
        if (!isMapValue(error)) {
            return false;
        }
        const found = error.get("tags");
        const code = error.get("code");
        return (
            (typeof code === "number" && codes.includes(code)) ||
            (Array.isArray(found) && found.some((tag) => typeof tag === "string" && tags.includes(tag)))
        );
    };
}

const PREDICATES: ReadonlyMap<string, Predicate> = new Map<string, Predicate>([
    ["http.default_retry_predicate", matches(RETRIED.idempotent)],
    ["http.default_retry_predicate_non_idempotent", matches(RETRIED.nonIdempotent)],
    ["retry.always", () => true],
    ["retry.never", () => false],
]);

/** The policies that stand for a whole `retry`. */
export const POLICIES: ReadonlyMap<string, RetryPolicy> = new Map([
    ["http.default_retry", policyOf(5, matches(RETRIED.idempotent), DEFAULT_BACKOFF)],
    ["http.default_retry_non_idempotent", policyOf(5, matches(RETRIED.nonIdempotent), DEFAULT_BACKOFF)],
]);

/** The predicates of the standard library, by which `retry` names them. */
export const PREDICATE_NAMES: readonly string[] = [...PREDICATES.keys()];

function policyOf(maxRetries: number, predicate: Predicate, { initial, max, multiplier }: Backoff): RetryPolicy {
    return { maxRetries, predicate, delaySeconds: (retry) => Math.min(initial * multiplier ** retry, max) };
}

/** Compiles `retry`: numbers may be expressions, the predicate is a name. */
export function compileRetry(
    action: TryAction,
    compiler: ExpressionCompiler,
    subworkflow: (name: string) => Callee | undefined,
): (frame: Frame) => RetryPolicy | Promise<RetryPolicy> {
    const value = action.retry?.value;
    const known = POLICIES.get(nameAsValue(value));
    if (known !== undefined) {
        return () => known;
    }
    if (value?.kind !== "map") {
        throw new CompileError(`retry must be \${http.default_retry} or a map with predicate, max_retries and backoff`);
    }
    const numbers = retryNumbers(action).map(([name, each]): [string, AsyncEval] => [name, compiler.value(each)]);
    const decide = predicateOf(retryPredicate(action), subworkflow);
    return async (frame) => {
        const given = new Map<string, number>();
        for (const [name, evaluate] of numbers) {
            given.set(name, nonNegative(name, await evaluate(frame)));
        }
        return policyOf(given.get("max_retries") ?? 5, decide, {
            initial: given.get("initial_delay") ?? DEFAULT_BACKOFF.initial,
            max: given.get("max_delay") ?? DEFAULT_BACKOFF.max,
            multiplier: given.get("multiplier") ?? DEFAULT_BACKOFF.multiplier,
        });
    };
}

function predicateOf(value: Value | undefined, subworkflow: (name: string) => Callee | undefined): Predicate {
    if (value === undefined) {
        return () => true;
    }
    const known = PREDICATES.get(nameAsValue(value));
    const own = subworkflow(nameAsValue(value));
    if (known !== undefined) {
        return known;
    }
    if (own === undefined) {
        throw new CompileError(
            `the predicate of retry must name a subworkflow or one of ${[...PREDICATES.keys()].join(", ")}`,
        );
    }
    return async (error, frame) => truth(await own.run(bindPositional(own, [error]), frame), "the predicate of retry");
}

function nonNegative(key: string, value: RuntimeValue): number {
    if (!isNumeric(value)) {
        throw failure("TypeError", `${key} of retry must be a number, got: ${typeName(value)}`);
    }
    const number = toNumber(value);
    if (number < 0) {
        throw failure("ValueError", `${key} of retry must not be negative, got: ${number}`);
    }
    return number;
}
