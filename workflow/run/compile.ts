import type { Action, Program, Step } from "../syntax";
import { compileAssign, storeTo } from "./assign";
import { compileTry } from "./attempt";
import { compileCall } from "./call";
import { connector } from "./connectors";
import { raised } from "./errors";
import { CompileError, ExpressionCompiler } from "./expression";
import { runBlock, type Block, type CompiledStep, type Jump, type Run, type Running, type Signal } from "./flow";
import type { Frame } from "./frame";
import { LIBRARY } from "./library";
import { compileFor, compileItems } from "./loop";
import { truth } from "./operators";
import { compileParallel, iterations, type Branch } from "./parallel";
import { compileRetry } from "./retry";
import { CompiledRoutine } from "./routine";
import { Scope, variablesSet } from "../control";
import type { Callee } from "./signature";
import type { RuntimeValue } from "./value";
import { headOf } from "./raise";

/** A program ready to run, as often as wanted and several times at once. */
export interface CompiledWorkflow {
    main: CompiledRoutine;
    routines: ReadonlyMap<string, CompiledRoutine>;
}

/**
 * Compiles a program to closures. Check it with `validateWorkflow` first: that reports everything with its place.
 * @throws CompileError with the first thing that cannot be compiled
 */
export function compileWorkflow(program: Program): CompiledWorkflow {
    const routines = new Map(program.routines.map((each) => [each.name.text, new CompiledRoutine(each)]));
    for (const routine of program.routines) {
        const scope = Scope.routine(routine);
        const compiler = new StepCompiler(routine.name.text, scope, routines);
        routines.get(routine.name.text)?.define(scope, compiler.expressions, compiler.block(routine.steps));
    }
    const main = routines.get("main");
    if (main === undefined) {
        throw new CompileError("the workflow has no routine main");
    }
    return { main, routines };
}

/** A place that jumps can go to: the steps of a list and of the lists around it. */
interface Targets {
    block: Block;
    names: ReadonlyMap<string, number>;
    outer: Targets | undefined;
}

class StepCompiler {
    readonly expressions: ExpressionCompiler;

    constructor(
        private readonly routine: string,
        private readonly scope: Scope,
        private readonly routines: ReadonlyMap<string, CompiledRoutine>,
        private readonly targets?: Targets,
    ) {
        this.expressions = new ExpressionCompiler(scope, (callee) => this.inExpression(callee));
    }

    block(steps: Step[]): Block {
        const block: Block = { steps: [] };
        const names = new Map(steps.map((step, index) => [step.name.text, index]));
        const inner = new StepCompiler(this.routine, this.scope, this.routines, { block, names, outer: this.targets });
        for (const step of steps) {
            block.steps.push(inner.step(step));
        }
        return block;
    }

    /** The body of a loop or handler, whose variables are its own. */
    private within(scope: Scope): StepCompiler {
        return new StepCompiler(this.routine, scope, this.routines, this.targets);
    }

    private step(step: Step): CompiledStep {
        const { action, name, span } = step;
        return {
            info: {
                name: name.text,
                routine: this.routine,
                kind: action?.kind === "parallel" && action.for ? "parallel for" : (action?.kind ?? "next"),
                ...(action?.kind === "call" && { callee: action.callee.text }),
                position: name.span.start,
                sets: variablesSet(action).flatMap((each) => {
                    const slot = this.scope.find(each);
                    return slot === undefined ? [] : [{ name: each, ...slot }];
                }),
                length: Math.max(0, span.end.offset - name.span.start.offset),
            },
            run: action === undefined ? () => undefined : this.action(action),
            next: step.next && this.jump(step.next.text),
        };
    }

    private jump(name: string): Jump {
        switch (name) {
            case "end":
                return { kind: "return" };
            case "break":
            case "continue":
                return { kind: name };
        }
        for (let each = this.targets; each !== undefined; each = each.outer) {
            const index = each.names.get(name);
            if (index !== undefined) {
                return { kind: "next", block: each.block, index };
            }
        }
        throw new CompileError(`step '${name}' to go to next is not defined here`);
    }

    private action(action: Action): Run {
        switch (action.kind) {
            case "assign":
                return compileAssign(action.assignments, this.scope, this.expressions);
            case "call":
                return compileCall(
                    action,
                    this.callee(action.callee.text),
                    this.expressions,
                    action.result && storeTo(action.result.text, this.scope),
                );
            case "switch":
                return this.switch(action.cases);
            case "for": {
                const body = this.scope.block([action.value, action.index], action.steps);
                const block = this.within(body).block(action.steps);
                return compileFor(action, this.expressions, body, () => block);
            }
            case "parallel":
                return this.parallel(action);
            case "try":
                return this.try(action);
            case "raise":
                return this.ending(action.value, (_frame, value) => {
                    throw raised(value, headOf(value));
                });
            case "return":
                return this.ending(action.value, (frame, value) => {
                    frame.result = value;
                    return RETURN;
                });
            case "steps": {
                const block = this.block(action.steps);
                return (frame) => runBlock(block, frame);
            }
        }
    }

    private ending(
        value: Parameters<ExpressionCompiler["value"]>[0],
        end: (frame: Frame, value: RuntimeValue) => Signal,
    ): Run {
        const evaluate = this.expressions.value(value);
        return (frame) => {
            const result = evaluate(frame);
            return result instanceof Promise ? result.then((each) => end(frame, each)) : end(frame, result);
        };
    }

    private switch(cases: (Action & { kind: "switch" })["cases"]): Run {
        const compiled = cases.map(({ condition, action, next }) => ({
            condition: this.expressions.value(condition),
            run: action === undefined ? undefined : this.action(action),
            next: next && this.jump(next.text),
        }));
        const from = (frame: Frame, start: number): Running => {
            for (let index = start; index < compiled.length; index++) {
                const each = compiled[index];
                const holds = each?.condition(frame);
                if (holds instanceof Promise) {
                    return holds.then((value) =>
                        truth(value, "condition") ? take(frame, index) : from(frame, index + 1),
                    );
                }
                if (holds !== undefined && truth(holds, "condition")) {
                    return take(frame, index);
                }
            }
            return undefined;
        };
        const take = (frame: Frame, index: number): Running => {
            const each = compiled[index];
            const outcome = each?.run?.(frame);
            return outcome instanceof Promise
                ? outcome.then((signal) => signal ?? each?.next)
                : (outcome ?? each?.next);
        };
        return (frame) => from(frame, 0);
    }

    private try(action: Action & { kind: "try" }): Run {
        const { except, retry } = action;
        const policy = retry && compileRetry(retry, this.expressions, (name) => this.routines.get(name));
        const scope = except && this.scope.block([except.as], except.steps);
        const block = except && scope && this.within(scope).block(except.steps);
        return compileTry(action, this.action(action.body), policy, scope && block && { scope, block: () => block });
    }

    private parallel(action: Action & { kind: "parallel" }): Run {
        const limit =
            action.concurrencyLimit === undefined ? () => null : this.expressions.value(action.concurrencyLimit);
        const loop = action.for;
        if (loop === undefined) {
            const branches = (action.branches ?? []).map((step, index, { length }): Branch => {
                const scope = this.scope.branch([], [step], action.shared);
                const block = new StepCompiler(this.routine, scope, this.routines).block([step]);
                const progress = { kind: "parallel branch" as const, number: index + 1, of: length };
                return { id: step.name.text, progress, block: () => block };
            });
            return compileParallel(() => branches, limit);
        }
        const scope = this.scope.branch([loop.value, loop.index], loop.steps, action.shared);
        const block = new StepCompiler(this.routine, scope, this.routines).block(loop.steps);
        const value = storeTo(loop.value.text, scope);
        const index = loop.index && storeTo(loop.index.text, scope);
        const items = compileItems(loop, this.expressions);
        return compileParallel(async (frame) => iterations(await items(frame), value, index, () => block), limit);
    }

    private callee(name: string): Callee {
        const found = this.routines.get(name) ?? LIBRARY.get(name) ?? connector(name);
        if (found === undefined) {
            throw new CompileError(`'${name}' is neither a function of the standard library nor a sub-workflow name`);
        }
        return found;
    }

    /** Functions that block must be call steps: https://cloud.google.com/workflows/docs/reference/syntax/expressions */
    private inExpression(name: string): Callee | undefined {
        const found = LIBRARY.get(name);
        if (found?.blocking === true) {
            throw new CompileError(`${name} blocks, so it cannot stand in an expression: use a call step`);
        }
        return this.routines.get(name) ?? found ?? connector(name);
    }
}

const RETURN: Jump = { kind: "return" };
