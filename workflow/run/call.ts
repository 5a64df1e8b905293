import type { CallAction } from "../syntax";
import type { Store } from "./assign";
import { failure } from "./errors";
import type { AsyncEval, ExpressionCompiler } from "./expression";
import type { Run, Running, Signal } from "./flow";
import type { Frame } from "./frame";
import { bindNamed, bindPositional, type Args, type Callee } from "./signature";
import { isMapValue, typeName, type RuntimeValue } from "./value";

/** `call` with its `args`, named or by position, and its `result`. */
export function compileCall(
    action: CallAction,
    callee: Callee,
    compiler: ExpressionCompiler,
    store: Store | undefined,
): Run {
    const args: AsyncEval = action.args === undefined ? () => null : compiler.value(action.args);
    const finish = (frame: Frame, result: RuntimeValue): Signal => {
        store?.(frame, result);
        return undefined;
    };
    const start = (frame: Frame, given: RuntimeValue): Running => {
        const result = callee.run(bind(callee, given), frame);
        return result instanceof Promise ? result.then((value) => finish(frame, value)) : finish(frame, result);
    };
    return (frame) => {
        const given = args(frame);
        return given instanceof Promise ? given.then((value) => start(frame, value)) : start(frame, given);
    };
}

function bind(callee: Callee, given: RuntimeValue): Args {
    if (isMapValue(given)) {
        return bindNamed(callee, given);
    }
    if (Array.isArray(given)) {
        return bindPositional(callee, given);
    }
    if (given === null) {
        return bindNamed(callee, new Map());
    }
    throw failure("TypeError", `args must be a map of named arguments or a list, got: ${typeName(given)}`);
}
