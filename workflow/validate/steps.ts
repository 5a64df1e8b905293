import { rootOf, type Scope } from "../control";
import type { Action, CallAction, ForAction, Name, ParallelAction, Step, TryAction } from "../syntax";
import { didYouMean } from "../../common";
import { undefinedVariable, type ExpressionChecker, type Subworkflows } from "./expressions";
import { checkJump, type JumpPlace } from "./jump";
import { DEPLOY_LIMITS } from "./limits";
import { checkItems, checkLoopNames } from "./items";
import type { Report } from "./report";
import { checkConnectorParams } from "./keys";
import { checkRetry } from "./retry";

const RESERVED = ["end", "break", "continue"];

/** What is around a step. */
interface Place extends JumpPlace {
    scope: Scope;
    parallelDepth: number;
}

/** Checks the steps of a routine. */
export class StepChecker {
    constructor(
        readonly report: Report,
        readonly expressions: ExpressionChecker,
        readonly subworkflows: Subworkflows,
    ) {}

    steps(steps: Step[], around: Omit<Place, "targets"> & { targets?: ReadonlySet<string> }): void {
        const names = new Set<string>();
        for (const { name } of steps) {
            this.report.step = name.text;
            if (names.has(name.text)) {
                this.report.add("duplicate-step", `the step name '${name.text}' occurs twice in one list`, name.span);
            }
            if (RESERVED.includes(name.text)) {
                this.report.add(
                    "reserved-name",
                    `a step cannot be named '${name.text}': next uses the word`,
                    name.span,
                );
            }
            names.add(name.text);
        }
        const place = { ...around, targets: new Set([...names, ...(around.targets ?? [])]) };
        for (const step of steps) {
            this.report.step = step.name.text;
            checkJump(step.next, place, this.report);
            if (step.action !== undefined) {
                this.action(step.action, place);
            }
        }
    }

    private action(action: Action, place: Place): void {
        const { scope } = place;
        switch (action.kind) {
            case "assign":
                this.atMost("assignments", action.assignments.length, action.span);
                for (const { target, targetSpan, value } of action.assignments) {
                    this.assigned({ text: rootOf(target), span: targetSpan }, scope);
                    this.expressions.target(target, targetSpan, scope);
                    this.expressions.value(value, scope, "assignment");
                }
                break;
            case "call":
                this.call(action, scope);
                break;
            case "switch":
                this.atMost("conditions", action.cases.length, action.span);
                for (const each of action.cases) {
                    this.expressions.value(each.condition, scope, "condition");
                    checkJump(each.next, place, this.report);
                    if (each.action !== undefined) {
                        this.action(each.action, place);
                    }
                }
                break;
            case "for":
                this.loop(action, place);
                break;
            case "parallel":
                this.parallel(action, place);
                break;
            case "try":
                this.try(action, place);
                break;
            case "raise":
                this.expressions.value(action.value, scope, "raise value");
                break;
            case "return":
                this.expressions.value(action.value, scope, "return value");
                break;
            case "steps":
                this.steps(action.steps, place);
        }
    }

    private call({ callee, args, result }: CallAction, scope: Scope): void {
        const known = this.expressions.callee(callee.text);
        if (known === undefined) {
            this.report.add("undefined-function", this.expressions.unknown(callee.text), callee.span);
        } else if (this.expressions.isUnknownConnector(callee.text)) {
            this.report.add("unknown-connector", this.expressions.unknown(callee.text), callee.span, "warning");
        }
        if (callee.text.startsWith("googleapis.")) {
            checkConnectorParams(args, this.report);
        }
        const params = known?.params;
        if (params !== undefined && (args === undefined || args.kind === "map")) {
            const names = params.map((param) => param.replace("?", ""));
            const entries = args?.entries ?? [];
            const literal = entries.filter(({ computedKey }) => computedKey === undefined);
            const given = new Map(literal.map((entry) => [entry.key, entry]));
            for (const [key, entry] of given) {
                if (!names.includes(key) && known?.open !== true) {
                    this.report.add(
                        "arguments",
                        `${callee.text} has no parameter '${key}'${didYouMean(key, names) || `; it takes ${names.join(", ") || "none"}`}`,
                        entry.keySpan,
                    );
                }
            }
            // A key that is computed may be any that is missing.
            const missing = params.filter((param) => !param.endsWith("?") && !given.has(param));
            for (const name of literal.length < entries.length ? [] : missing) {
                this.report.add("arguments", `${callee.text} needs the argument '${name}'`, callee.span);
            }
        }
        this.expressions.value(args, scope, "call argument");
        if (result !== undefined) {
            this.assigned(result, scope);
        }
    }

    private assigned(name: Name, scope: Scope): void {
        if (scope.find(name.text) === undefined) {
            this.report.add("undefined-variable", undefinedVariable(name.text, scope), name.span);
        }
        if (scope.isReadOnly(name.text)) {
            this.report.add(
                "not-shared",
                `the variable '${name.text}' is assigned in a parallel branch, but not listed in shared`,
                name.span,
            );
        }
        if (this.subworkflows.has(name.text)) {
            this.report.add(
                "duplicate-name",
                `'${name.text}' is a sub-workflow's name, so it cannot be a variable's`,
                name.span,
            );
        }
    }

    private loop(action: ForAction, place: Place): void {
        this.expressions.value(
            action.in ?? action.range,
            place.scope,
            action.in === undefined ? "range" : "list to iterate over",
        );
        checkItems(action, this.report);
        checkLoopNames(action, place.scope, this.report);
        const scope = place.scope.block([action.value, action.index], action.steps);
        this.steps(action.steps, { ...place, scope, jumps: { break: true, continue: true } });
    }

    private parallel(action: ParallelAction, place: Place): void {
        const { scope } = place;
        const { concurrencyLimit: limit, exceptionPolicy: policy } = action;
        if (place.parallelDepth >= DEPLOY_LIMITS.parallelDepth) {
            this.report.add(
                "limit",
                `parallel steps are nested deeper than ${DEPLOY_LIMITS.parallelDepth} levels`,
                action.span,
            );
        }
        if (policy !== undefined && !(policy.kind === "literal" && policy.value === "continueAll")) {
            this.report.add("shape", "exception_policy can only be continueAll", policy.span);
        }
        if (limit?.kind === "literal" && !(typeof limit.value === "bigint" && limit.value >= 1n)) {
            this.report.add("shape", "concurrency_limit must be an integer of at least 1", limit.span);
        }
        this.expressions.value(limit, scope, "concurrency_limit");
        for (const name of action.shared) {
            if (scope.find(name.text) === undefined) {
                this.report.add(
                    "undefined-variable",
                    `the shared variable '${name.text}' is not defined outside of the parallel step: assign it before`,
                    name.span,
                );
            }
        }
        this.atMost("branches", action.branches?.length ?? 0, action.span);
        const inside = { parallelDepth: place.parallelDepth + 1, jumps: { break: false, continue: false } };
        for (const step of action.branches ?? []) {
            this.steps([step], { ...inside, scope: scope.branch([], [step], action.shared) });
        }
        const loop = action.for;
        if (loop !== undefined) {
            this.expressions.value(loop.in ?? loop.range, scope, "list to iterate over");
            checkItems(loop, this.report);
            checkLoopNames(loop, scope, this.report);
            this.steps(loop.steps, {
                ...inside,
                jumps: { break: false, continue: true },
                scope: scope.branch([loop.value, loop.index], loop.steps, action.shared),
            });
        }
    }

    private try({ body, retry, except }: TryAction, place: Place): void {
        const step = this.report.step;
        this.action(body, place);
        this.report.step = step;
        if (retry !== undefined) {
            checkRetry(retry.value, place.scope, this);
        }
        if (except !== undefined) {
            this.steps(except.steps, { ...place, scope: place.scope.block([except.as], except.steps) });
        }
    }

    private atMost(what: "assignments" | "conditions" | "branches", found: number, span: Name["span"]): void {
        if (found > DEPLOY_LIMITS[what]) {
            this.report.add(
                "limit",
                `the step has ${found} ${what}, more than the ${DEPLOY_LIMITS[what]} that are allowed: split it`,
                span,
            );
        }
    }
}
