import { AnyExpr, type AnyValue } from "./expression";
import type { Body, Next, ParallelOptions, StepLike } from "./steps";
import { BuildError } from "./errors";

type Data = null | boolean | number | bigint | string | Data[] | { [key: string]: Data };

/** Writes a routine as data for YAML and JSON, and refuses mistakes that no type shows. */
export class Emitter {
    private readonly read = new Set<string>();

    constructor(
        private readonly routine: string,
        private readonly known: ReadonlySet<string>,
    ) {}

    /** @throws Error if a step reads a variable that nothing sets, or two steps have the same name */
    steps(steps: readonly StepLike[]): Data[] {
        for (const step of everyStep(steps)) {
            eachExpression(step.body, (expression) => {
                expression.reads.forEach((name) => this.read.add(name));
            });
        }
        const set = new Set([...this.known, ...everyStep(steps).flatMap(variablesOf)]);
        const missing = [...this.read].find((name) => !set.has(name));
        if (missing !== undefined) {
            throw new BuildError(`routine ${this.routine} reads the variable "${missing}", which no step of it sets`, {
                fix: "add the step that gives it, or a parameter",
            });
        }
        return this.block(steps);
    }

    private block(steps: readonly StepLike[]): Data[] {
        const twice = steps.find((step, index) => steps.findIndex((other) => other.name === step.name) < index);
        if (twice !== undefined) {
            throw new BuildError(`routine ${this.routine} has two steps "${twice.name}"`, { fix: "rename one" });
        }
        return steps.map((step) => ({ [step.name]: { ...this.body(step.body), ...nextOf(step.next) } }));
    }

    private body(body: Body): { [key: string]: Data } {
        switch (body.kind) {
            case "call":
                return {
                    call: body.callee,
                    ...(body.args !== undefined && { args: data(body.args) }),
                    ...(this.read.has(body.result) && { result: body.result }),
                };
            case "assign":
                return { assign: body.assignments.map(({ name, value }) => ({ [name]: data(value) })) };
            case "switch":
                return {
                    switch: body.cases.map(({ condition, steps, next }) => ({
                        condition: data(condition),
                        ...this.outcome(steps),
                        ...nextOf(next),
                    })),
                };
            case "for":
                return {
                    for: {
                        value: body.item,
                        ...(body.index !== undefined && { index: body.index }),
                        ...(body.in !== undefined && { in: data(body.in) }),
                        ...(body.range !== undefined && { range: data(body.range) }),
                        steps: this.block(body.steps),
                    },
                };
            case "parallel":
                return { parallel: { ...bounds(body), branches: this.block(body.branches) } };
            case "parallel-for":
                return { parallel: { ...bounds(body), ...this.body(body.loop.body) } };
            case "try":
                return {
                    try: this.single(body.steps),
                    ...(body.retry !== undefined && { retry: data(body.retry) }),
                    ...(body.except !== undefined && {
                        except: { as: body.except.as, steps: this.block(body.except.steps) },
                    }),
                };
            case "steps":
                return { steps: this.block(body.steps) };
            case "raise":
                return { raise: data(body.value) };
            case "return":
                return { return: data(body.value) };
        }
    }

    /** A single call in `try` is written without a block around it, as people write it. */
    private single(steps: readonly StepLike[]): { [key: string]: Data } {
        const [only, ...more] = steps;
        return only?.body.kind === "call" && more.length === 0 && only.next === undefined
            ? this.body(only.body)
            : { steps: this.block(steps) };
    }

    /** A single return, raise or assign is written in the case itself. */
    private outcome(steps: readonly StepLike[]): { [key: string]: Data } {
        const [only, ...more] = steps;
        if (only === undefined) {
            return {};
        }
        return more.length === 0 && ["return", "raise", "assign"].includes(only.body.kind)
            ? { ...this.body(only.body), ...nextOf(only.next) }
            : { steps: this.block(steps) };
    }
}

function bounds({ shared, limits }: { shared: string[]; limits: ParallelOptions }): { [key: string]: Data } {
    return {
        ...(shared.length > 0 && { shared }),
        ...(limits.continueAll === true && { exception_policy: "continueAll" }),
        ...(limits.concurrencyLimit !== undefined && { concurrency_limit: data(limits.concurrencyLimit) }),
    };
}

function nextOf(next: Next | undefined): { [key: string]: Data } {
    return next === undefined ? {} : { next: typeof next === "string" ? next : next.name };
}

/** https://docs.cloud.google.com/workflows/quotas */
const MAX_EXPRESSION = 400;

/** @internal A value as the source has it. */
export function data(value: AnyValue): Data {
    if (value instanceof AnyExpr) {
        if (value.text.length > MAX_EXPRESSION) {
            throw new BuildError(`the expression ${value.text.slice(0, 60)}… has ${value.text.length} characters`, {
                fix: `Workflows takes ${MAX_EXPRESSION}: assign parts of it to variables`,
            });
        }
        return `\${${value.text}}`;
    }
    if (Array.isArray(value)) {
        return value.map((item: AnyValue) => data(item));
    }
    if (typeof value === "object" && value !== null) {
        return Object.fromEntries(
            Object.entries(value as Record<string, AnyValue | undefined>).flatMap(([key, item]) =>
                item === undefined ? [] : [[quoted(key), data(item)]],
            ),
        );
    }
    return typeof value === "string" ? quoted(value) : value;
}

/** A text or a key. Workflows would take one that looks like an expression for one. */
function quoted(text: string): string {
    return /^\s*\$\{/.test(text) ? `\${${JSON.stringify(text)}}` : text;
}

function everyStep(steps: readonly StepLike[]): StepLike[] {
    return steps.flatMap((step) => [step, ...everyStep(innerSteps(step.body))]);
}

function innerSteps(body: Body): StepLike[] {
    switch (body.kind) {
        case "switch":
            return body.cases.flatMap((each) => each.steps);
        case "for":
        case "steps":
            return body.steps;
        case "try":
            return [...body.steps, ...(body.except?.steps ?? [])];
        case "parallel":
            return body.branches;
        case "parallel-for":
            return [body.loop];
        default:
            return [];
    }
}

function variablesOf({ body }: StepLike): string[] {
    switch (body.kind) {
        case "call":
            return [body.result];
        case "assign":
            return body.assignments.flatMap(({ name, part }) => (part === undefined ? [name] : []));
        case "for":
            return body.index === undefined ? [body.item] : [body.item, body.index];
        case "try":
            return body.except === undefined ? [] : [body.except.as];
        default:
            return [];
    }
}

function eachExpression(value: unknown, visit: (expression: AnyExpr) => void): void {
    if (value instanceof AnyExpr) {
        visit(value);
    } else if (typeof value === "object" && value !== null) {
        for (const [key, inner] of Object.entries(value)) {
            // Inner steps are visited as steps.
            if (!["steps", "branches", "loop", "next"].includes(key)) {
                eachExpression(inner, visit);
            }
        }
    }
}
