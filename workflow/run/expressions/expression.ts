import { callsIn, type Expression } from "../../expression";
import { type Entry, type Value, valuesIn } from "../../syntax";
import { type Callee, disown, type Frame, frameAt, getIndex, getMember, mapKey } from "../frame";
import { failure, literal, number, type RuntimeValue } from "../values";
import type { AsyncEval, Eval } from "./eval";
import { binary, unary } from "./operations";
import type { Scope } from "../../control";
import { inOrder, compileWaiting, pairs } from "./waiting";
import { InvokeError } from "../../../errors";

/** A program that cannot be compiled; `validateWorkflow` reports the same with its place. */
export class CompileError extends InvokeError {
    readonly code = "workflow-compile";
}

/** Turns expressions and values into closures. */
export class ExpressionCompiler {
    constructor(
        private readonly scope: Scope,
        private readonly resolve: (callee: string) => Callee | undefined,
    ) {}

    /** A value that may have to wait. If nothing in it blocks, the closure never returns a promise. */
    value(value: Value): AsyncEval {
        return this.valueBlocks(value) ? this.asyncValue(value) : this.syncValue(value);
    }

    expression(expression: Expression): AsyncEval {
        return this.blocks(expression) ? compileWaiting(expression, this) : this.sync(expression);
    }

    private valueBlocks(value: Value): boolean {
        switch (value.kind) {
            case "literal":
                return false;
            case "expression":
                return this.blocks(value.expression);
            case "list":
            case "map":
                return valuesIn(value).some((each) => this.valueBlocks(each));
        }
    }

    private syncValue(value: Value): Eval {
        switch (value.kind) {
            case "literal": {
                const constant = literal(value.value);
                return () => constant;
            }
            case "expression":
                return this.sync(value.expression);
            case "list": {
                const items = value.items.map((item) => this.syncValue(item));
                return (frame) => items.map((item) => item(frame));
            }
            case "map": {
                const entries = value.entries.map((entry): [Eval, Eval] => [
                    this.syncValue(keyOf(entry)),
                    this.syncValue(entry.value),
                ]);
                return (frame) => new Map(entries.map(([key, each]) => [mapKey(key(frame)), each(frame)]));
            }
        }
    }

    private asyncValue(value: Value): AsyncEval {
        if (value.kind === "list") {
            const items = value.items.map((item) => this.value(item));
            return (frame) => inOrder(items, frame);
        }
        if (value.kind === "map") {
            const parts = value.entries.flatMap((entry) => [this.value(keyOf(entry)), this.value(entry.value)]);
            return async (frame) => pairs(await inOrder(parts, frame));
        }
        return value.kind === "expression" ? compileWaiting(value.expression, this) : this.syncValue(value);
    }

    sync(expression: Expression): Eval {
        switch (expression.kind) {
            case "literal": {
                const { value } = expression;
                return () => value;
            }
            case "number": {
                const value = number(expression.text, expression.integer);
                return () => value;
            }
            case "variable":
                return this.whole(this.variable(expression.name));
            case "member":
            case "index":
                return this.whole(this.base(expression));
            case "call":
                return this.call(expression.callee, expression.args);
            case "unary":
                return this.negative(expression) ?? unary(expression.operator, this.sync(expression.operand));
            case "binary": {
                const { operator, left, right } = expression;
                const looks = operator === "in" || operator === "==" || operator === "!=";
                return binary(
                    operator,
                    looks ? this.base(left) : this.sync(left),
                    looks ? this.base(right) : this.sync(right),
                );
            }
            case "list": {
                const items = expression.items.map((item) => this.sync(item));
                return (frame) => items.map((item) => item(frame));
            }
            case "map": {
                const entries = expression.entries.map(({ key, value }): [Eval, Eval] => [
                    this.sync(key),
                    this.sync(value),
                ]);
                return (frame) => new Map(entries.map(([key, value]) => [mapKey(key(frame)), value(frame)]));
            }
        }
    }

    /** `-9223372036854775808` is an integer, although the number without its sign is none. */
    private negative(expression: Expression & { kind: "unary" }): Eval | undefined {
        const { operator, operand } = expression;
        if (operator !== "-" || operand.kind !== "number") {
            return undefined;
        }
        const value = number(`-${operand.text}`, operand.integer);
        return () => value;
    }

    /** A value that something else will hold too, so that it can no longer be changed in place. */
    private whole(read: Eval): Eval {
        return (frame) => {
            const value = read(frame);
            disown(value, frame);
            return value;
        };
    }

    /** Reads `a`, `a.b` and `a[b]` on the way to a part of it. */
    private base(expression: Expression): Eval {
        if (expression.kind === "variable") {
            return this.variable(expression.name);
        }
        if (expression.kind === "member") {
            const object = this.base(expression.object);
            const { name } = expression;
            return (frame) => getMember(object(frame), name);
        }
        if (expression.kind === "index") {
            const object = this.base(expression.object);
            const index = this.sync(expression.index);
            return (frame) => getIndex(object(frame), index(frame));
        }
        return this.sync(expression);
    }

    private variable(name: string): Eval {
        const slot = this.scope.find(name);
        if (slot === undefined) {
            throw new CompileError(`symbol '${name}' is neither a variable nor a sub-workflow name`);
        }
        const { index, depth } = slot;
        const read = (frame: Frame): RuntimeValue => {
            const value = frame.variables[index];
            if (value === undefined) {
                throw failure("KeyError", `variable not found: ${name}`);
            }
            return value;
        };
        return depth === 0 ? read : (frame) => read(frameAt(frame, depth));
    }

    private call(callee: string, args: Expression[]): Eval {
        const target = this.target(callee, args.length);
        const values = args.map((each) => (target.borrows === true ? this.base(each) : this.sync(each)));
        return (frame) =>
            target.run(
                values.map((each) => each(frame)),
                frame,
            ) as RuntimeValue;
    }

    target(callee: string, count: number): Callee {
        const target = this.resolve(callee);
        if (target === undefined) {
            throw new CompileError(`'${callee}' is neither a function of the standard library nor a sub-workflow name`);
        }
        const required = target.params?.filter((param) => !param.endsWith("?")).length ?? 0;
        const most = target.params?.length ?? 1;
        if (count < required || count > most) {
            throw new CompileError(
                `${callee} takes ${required === most ? most : `${required} to ${most}`} arguments, got ${count}`,
            );
        }
        return target;
    }

    private blocks(expression: Expression): boolean {
        return callsIn(expression).some(({ callee }) => this.resolve(callee)?.blocking === true);
    }
}

/** The key of an entry, as a value to compute. */
function keyOf({ key, computedKey, keySpan }: Entry): Value {
    return computedKey ?? { kind: "literal", value: key, span: keySpan };
}
