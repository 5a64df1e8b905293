import type { ForAction } from "../syntax";
import { storeTo, type Store } from "./assign";
import { failure } from "./errors";
import type { AsyncEval, ExpressionCompiler } from "./expression";
import { runBlock, type Block, type Run, type Running, type Signal } from "./flow";
import type { Frame } from "./frame";
import { BINARY, isNumeric } from "./operators";
import type { Scope } from "../control";
import { isMapValue, typeName, type RuntimeValue } from "./value";

/** What a loop goes over, given one by one. */
export interface Items {
    /** How many there are, at most. */
    length: number;
    at(index: number): RuntimeValue;
}

/** `for`: https://cloud.google.com/workflows/docs/reference/syntax/iteration */
export function compileFor(action: ForAction, outer: ExpressionCompiler, body: Scope, block: () => Block): Run {
    const items = compileItems(action, outer);
    const value = storeTo(action.value.text, body);
    const index = action.index === undefined ? undefined : storeTo(action.index.text, body);
    const own = body.own();
    const start = (frame: Frame, found: Items): Running => {
        for (const slot of own) {
            frame.variables[slot] = undefined;
        }
        return iterate({ items: found, value, index, block: block() }, frame);
    };
    return (frame) => {
        const found = items(frame);
        return found instanceof Promise ? found.then((each) => start(frame, each)) : start(frame, found);
    };
}

interface Loop {
    items: Items;
    value: Store;
    index: Store | undefined;
    block: Block;
}

function iterate(loop: Loop, frame: Frame): Running {
    for (let at = 0; at < loop.items.length; at++) {
        const outcome = turn(loop, frame, at);
        if (outcome instanceof Promise) {
            return waitThenIterate(loop, frame, at, outcome);
        }
        if (!goesOn(outcome)) {
            return leave(outcome);
        }
    }
    return undefined;
}

async function waitThenIterate(loop: Loop, frame: Frame, from: number, first: Promise<Signal>): Promise<Signal> {
    let signal = await first;
    for (let at = from + 1; at < loop.items.length && goesOn(signal); at++) {
        signal = await turn(loop, frame, at);
    }
    return goesOn(signal) ? undefined : leave(signal);
}

function turn(loop: Loop, frame: Frame, at: number): Running {
    if (frame.execution.observers.onStep !== undefined) {
        frame.progress = { kind: "for", number: at + 1, of: loop.items.length };
    }
    loop.value(frame, loop.items.at(at));
    loop.index?.(frame, at);
    return runBlock(loop.block, frame);
}

const goesOn = (signal: Signal): boolean => signal === undefined || signal.kind === "continue";
const leave = (signal: Signal): Signal => (signal?.kind === "break" ? undefined : signal);

/** What `in` or `range` gives. A list is taken as it is at the start. */
export function compileItems(
    action: ForAction,
    compiler: ExpressionCompiler,
): (frame: Frame) => Items | Promise<Items> {
    const source = action.in ?? action.range;
    const evaluate: AsyncEval = source === undefined ? () => [] : compiler.value(source);
    const items = action.in === undefined ? ranged : listed;
    return (frame) => {
        const value = evaluate(frame);
        return value instanceof Promise ? value.then(items) : items(value);
    };
}

function listed(value: RuntimeValue): Items {
    const list = isMapValue(value) ? [...value.keys()] : value;
    if (!Array.isArray(list)) {
        throw failure("TypeError", `for … in needs a list or a map, got: ${typeName(value)}`);
    }
    return { length: list.length, at: (index) => list[index] ?? null };
}

/** Both ends belong to the range; doubles count up by one. */
function ranged(value: RuntimeValue): Items {
    const [first, last] = Array.isArray(value) && value.length === 2 ? value : [];
    if (first === undefined || last === undefined || !isNumeric(first) || !isNumeric(last)) {
        throw failure("TypeError", `range needs a list of two numbers, [first, last], got: ${typeName(value)}`);
    }
    if (typeof first === "number" && typeof last === "number") {
        return { length: Math.max(0, last - first + 1), at: (index) => first + index };
    }
    const distance = BINARY["-"](last, first);
    const length = isNumeric(distance)
        ? Math.floor(Number(typeof distance === "object" ? distance.value : distance)) + 1
        : 0;
    return { length: Math.max(0, length), at: (index) => BINARY["+"](first, index) };
}
