import type { LoopNode, Scope, TurnNode } from "../../control";
import type { ForAction } from "../../syntax";
import { storeTo } from "./assign";
import { BINARY, failure, isMapValue, isNumeric, type RuntimeValue, typeName } from "../values";
import { type AsyncEval, onValue } from "../expressions";
import type { Frame, Items, Run, Turns } from "../frame";

/** `for` begins: https://cloud.google.com/workflows/docs/reference/syntax/iteration */
export function compileLoop(loop: LoopNode, source: AsyncEval = () => []): Run {
    const own = loop.body.own();
    const toItems = itemsOf(loop.action);
    return onValue(source, (frame, value) => {
        const items = toItems(value);
        frame.clear(own);
        frame.turns[loop.id] = { items, begun: 0 };
        return "next";
    });
}

/** One more iteration of a loop, or its end. */
export function compileTurn({ loop, scope }: TurnNode): Run {
    const begin = compileBegin(loop.action, scope);
    return (frame) => {
        const turns = frame.turns[loop.id];
        if (turns === undefined || turns.begun >= turns.items.length) {
            frame.turns[loop.id] = undefined;
            return "otherwise";
        }
        if (frame.execution.observers.onStep !== undefined) {
            frame.progress = { kind: "for", number: turns.begun + 1, of: turns.items.length };
        }
        begin(frame, turns);
        return "next";
    };
}

/** Sets the variables of a loop for its next iteration. */
export function compileBegin({ value, index }: ForAction, scope: Scope): (frame: Frame, turns: Turns) => void {
    const storeValue = storeTo(value.text, scope);
    const storeIndex = index && storeTo(index.text, scope);
    return (frame, turns) => {
        const at = turns.begun++;
        storeValue(frame, turns.items.at(at));
        storeIndex?.(frame, at);
    };
}

/** The items of `in` or `range`. Later changes of a list do not change them. */
export const itemsOf = (action: ForAction): ((value: RuntimeValue) => Items) =>
    action.in === undefined ? ranged : listed;

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
