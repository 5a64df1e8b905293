import type { Expression } from "../../expression";
import { type Callee, type Frame, getIndex, getMember, type Leaving, mapKey, type Run } from "../frame";
import type { AsyncEval, Eval } from "./eval";
import { unary } from "./operations";
import { BINARY, type RuntimeValue, truth } from "../values";

/** What compiles the parts of an expression. */
interface PartCompiler {
    expression(expression: Expression): AsyncEval;
    sync(expression: Expression): Eval;
    target(callee: string, count: number): Callee;
}

/** Compiles an expression in which something blocks: its parts are computed in order, each waited for. */
export function compileWaiting(expression: Expression, compiler: PartCompiler): AsyncEval {
    switch (expression.kind) {
        case "call": {
            const target = compiler.target(expression.callee, expression.args.length);
            const args = expression.args.map((each) => compiler.expression(each));
            return async (frame) => target.run(await inOrder(args, frame), frame);
        }
        case "member": {
            const object = compiler.expression(expression.object);
            return async (frame) => getMember(await object(frame), expression.name);
        }
        case "index": {
            const parts = [compiler.expression(expression.object), compiler.expression(expression.index)];
            return async (frame) => {
                const [object, index] = await inOrder(parts, frame);
                return getIndex(object ?? null, index ?? null);
            };
        }
        case "unary": {
            const operand = compiler.expression(expression.operand);
            return async (frame) => {
                const value = await operand(frame);
                return unary(expression.operator, () => value)(frame);
            };
        }
        case "binary": {
            const { operator } = expression;
            const left = compiler.expression(expression.left);
            const right = compiler.expression(expression.right);
            return async (frame) => {
                const a = await left(frame);
                if (operator === "and" || operator === "or") {
                    return truth(a, operator) === (operator === "or") ? a : truth(await right(frame), operator);
                }
                return BINARY[operator](a, await right(frame));
            };
        }
        case "list": {
            const items = expression.items.map((each) => compiler.expression(each));
            return (frame) => inOrder(items, frame);
        }
        case "map": {
            const parts = expression.entries.flatMap(({ key, value }) => [
                compiler.expression(key),
                compiler.expression(value),
            ]);
            return async (frame) => pairs(await inOrder(parts, frame));
        }
        default:
            return compiler.sync(expression);
    }
}

/** Does something with a value: immediately if it is there, and later if it has to be waited for. */
export function onValue(evaluate: AsyncEval = () => null, act: (frame: Frame, value: RuntimeValue) => Leaving): Run {
    return (frame) => {
        const value = evaluate(frame);
        return value instanceof Promise ? value.then((each) => act(frame, each)) : act(frame, value);
    };
}

/** Computes values one after the other, immediately if none of them waits. */
export function inTurn(evals: readonly AsyncEval[], frame: Frame): RuntimeValue[] | Promise<RuntimeValue[]> {
    const values: RuntimeValue[] = [];
    for (const evaluate of evals) {
        const value = evaluate(frame);
        if (value instanceof Promise) {
            const rest = evals.slice(values.length + 1);
            return inOrder([() => value, ...rest], frame).then((later) => [...values, ...later]);
        }
        values.push(value);
    }
    return values;
}

/** Computes values one after the other, waiting for each. */
export async function inOrder(evals: AsyncEval[], frame: Frame): Promise<RuntimeValue[]> {
    const values: RuntimeValue[] = [];
    for (const each of evals) {
        values.push(await each(frame));
    }
    return values;
}

/** The map of keys and values that follow one another. */
export function pairs(parts: readonly RuntimeValue[]): RuntimeValue {
    const map = new Map<string, RuntimeValue>();
    for (let at = 0; at < parts.length; at += 2) {
        map.set(mapKey(parts[at] ?? null), parts[at + 1] ?? null);
    }
    return map;
}
