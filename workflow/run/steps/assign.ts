import { rootOf, type AssignNode, type Scope } from "../../control";
import type { Expression } from "../../expression";
import { disown, type Exit, type Frame, frameAt, getIndex, getMember, listIndex, mapKey, type Run } from "../frame";
import { failure, isMapValue, type RuntimeValue, typeName } from "../values";
import { type AsyncEval, CompileError, inTurn } from "../expressions";

/** Puts a value into a variable. */
export type Store = (frame: Frame, value: RuntimeValue) => void;

/** One line of `assign`. @param values - what is in the brackets of its target from left to right, then its value */
export function compileAssign({ assignment: { target }, scope }: AssignNode, values: readonly AsyncEval[]): Run {
    if (target.kind === "variable") {
        return compileStore(storeTo(target.name, scope), values[0]);
    }
    const name = rootOf(target);
    const { index, depth } = slotOf(name, scope);
    const rest = values.values();
    const parts = [...pathTo(target, rest), ...rest];
    const set = (frame: Frame, found: RuntimeValue[]): Exit => {
        const value = found.pop() ?? null;
        setPath(frameAt(frame, depth), index, found, value, name);
        return "next";
    };
    return (frame) => {
        const found = inTurn(parts, frame);
        return found instanceof Promise ? found.then((each) => set(frame, each)) : set(frame, found);
    };
}

/** Sets a variable by its name, for `assign`, `result`, `for` and `as`. */
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

/** Puts what is computed into a variable. It does not use `onValue`, because this is what programs do most. */
export function compileStore(store: Store, evaluate: AsyncEval = () => null): Run {
    const set = (frame: Frame, value: RuntimeValue): Exit => {
        store(frame, value);
        return "next";
    };
    return (frame) => {
        const value = evaluate(frame);
        return value instanceof Promise ? value.then((each) => set(frame, each)) : set(frame, value);
    };
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

/** The keys on the way to a part of a variable. */
function pathTo(target: Expression, brackets: ArrayIterator<AsyncEval>): AsyncEval[] {
    switch (target.kind) {
        case "member":
            return [...pathTo(target.object, brackets), () => target.name];
        case "index":
            return [...pathTo(target.object, brackets), brackets.next().value ?? (() => null)];
        default:
            return [];
    }
}

/** Changes a part of a variable's value; each container on the way is copied first if something else holds it too. */
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
