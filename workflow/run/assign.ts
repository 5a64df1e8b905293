import type { Expression } from "../expression";
import type { Assignment } from "../syntax";
import { disown, frameAt, getIndex, getMember, listIndex, mapKey } from "./access";
import { failure } from "./errors";
import { CompileError, type AsyncEval, type ExpressionCompiler } from "./expression";
import type { Run } from "./flow";
import type { Frame } from "./frame";
import { rootOf, type Scope } from "../control";
import { isMapValue, typeName, type RuntimeValue } from "./value";

/** Puts a value into a variable. */
export type Store = (frame: Frame, value: RuntimeValue) => void;

/** `assign`: the values are set one after the other, each sees those before it. */
export function compileAssign(assignments: Assignment[], scope: Scope, compiler: ExpressionCompiler): Run {
    const runs = assignments.map(({ target, value }) => assignOne(target, compiler.value(value), scope, compiler));
    const [only, second] = runs;
    if (only !== undefined && second === undefined) {
        return only;
    }
    return (frame) => fromIndex(runs, 0, frame);
}

function fromIndex(runs: Run[], from: number, frame: Frame): ReturnType<Run> {
    for (let index = from; index < runs.length; index++) {
        const outcome = runs[index]?.(frame);
        if (outcome instanceof Promise) {
            return outcome.then(() => fromIndex(runs, index + 1, frame));
        }
    }
    return undefined;
}

function assignOne(target: Expression, value: AsyncEval, scope: Scope, compiler: ExpressionCompiler): Run {
    if (target.kind === "variable") {
        const store = storeTo(target.name, scope);
        return (frame) => {
            const result = value(frame);
            if (result instanceof Promise) {
                return result.then((each) => {
                    store(frame, each);
                    return undefined;
                });
            }
            store(frame, result);
            return undefined;
        };
    }
    const keys = keysOf(target, compiler);
    const { index, depth } = slotOf(rootOf(target), scope);
    const set = (frame: Frame, path: RuntimeValue[], each: RuntimeValue): undefined => {
        setPath(frameAt(frame, depth), index, path, each, rootOf(target));
    };
    return (frame) => {
        const path = keys.map((key) => key(frame));
        const result = value(frame);
        if (result instanceof Promise || path.some((key) => key instanceof Promise)) {
            return awaitAll([...path, result]).then((ready) => set(frame, ready.slice(0, -1), ready.at(-1) ?? null));
        }
        set(frame, path as RuntimeValue[], result);
    };
}

async function awaitAll(values: (RuntimeValue | Promise<RuntimeValue>)[]): Promise<RuntimeValue[]> {
    const ready: RuntimeValue[] = [];
    for (const value of values) {
        ready.push(await value);
    }
    return ready;
}

/** How a variable is set by its name, for `assign`, `result`, `for` and `as`. */
export function storeTo(name: string, scope: Scope): Store {
    const { index, depth } = slotOf(name, scope);
    const store: Store = (frame, value) => {
        if (typeof value === "object") {
            disown(value, frame);
        }
        frame.variables[index] = value;
        frame.execution.grow(value);
    };
    return depth === 0 ? store : (frame, value) => store(frameAt(frame, depth), value);
}

function slotOf(name: string, scope: Scope): { index: number; depth: number } {
    const slot = scope.find(name);
    if (slot === undefined) {
        throw new CompileError(`symbol '${name}' is not a variable`);
    }
    if (scope.isReadOnly(name)) {
        throw new CompileError(`variable '${name}' is assigned in a parallel branch but not listed in shared`);
    }
    return slot;
}

function keysOf(target: Expression, compiler: ExpressionCompiler): AsyncEval[] {
    if (target.kind === "member") {
        return [...keysOf(target.object, compiler), () => target.name];
    }
    return target.kind === "index" ? [...keysOf(target.object, compiler), compiler.expression(target.index)] : [];
}

/** Changes a part of a variable's value; every container on the way that something else holds too is copied first. */
function setPath(frame: Frame, index: number, path: RuntimeValue[], value: RuntimeValue, name: string): void {
    const root = frame.variables[index];
    if (root === undefined) {
        throw failure("KeyError", `variable not found: ${name}`);
    }
    let container = own(root, frame);
    frame.variables[index] = container;
    path.slice(0, -1).forEach((key) => {
        const child = own(typeof key === "string" ? getMember(container, key) : getIndex(container, key), frame);
        put(container, key, child);
        container = child;
    });
    disown(value, frame);
    put(container, path.at(-1) ?? null, value);
    frame.execution.grow(value);
}

function own(value: RuntimeValue, frame: Frame): RuntimeValue {
    if (!(isMapValue(value) || Array.isArray(value)) || frame.owned.has(value)) {
        return value;
    }
    const copy = isMapValue(value) ? new Map(value) : [...value];
    copy.forEach((child: RuntimeValue) => disown(child, frame));
    frame.owned.add(copy);
    return copy;
}

function put(container: RuntimeValue, key: RuntimeValue, value: RuntimeValue): void {
    if (isMapValue(container)) {
        container.set(mapKey(key), value);
    } else if (Array.isArray(container)) {
        container[listIndex(container, key)] = value;
    } else {
        throw failure("TypeError", `cannot set a part of a value of type ${typeName(container)}`);
    }
}
