import type { CallAction } from "../syntax";
import type { Store } from "./assign";
import { failure, WorkflowError } from "./errors";
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
        const run = (): RuntimeValue | Promise<RuntimeValue> => callee.run(bind(callee, given), frame);
        const result = frame.execution.observers.onCall === undefined ? run() : observed(callee, given, frame, run);
        return result instanceof Promise ? result.then((value) => finish(frame, value)) : finish(frame, result);
    };
    return (frame) => {
        const given = args(frame);
        return given instanceof Promise ? given.then((value) => start(frame, value)) : start(frame, given);
    };
}

/** Tells of a call's begin and end. */
async function observed(
    { name: callee }: Callee,
    args: RuntimeValue,
    frame: Frame,
    run: () => RuntimeValue | Promise<RuntimeValue>,
): Promise<RuntimeValue> {
    const { step, execution } = frame;
    const { host, observers } = execution;
    if (step === undefined) {
        return run();
    }
    const startedAt = host.now();
    observers.onCall?.({ phase: "begun", step, callee, at: startedAt, args });
    try {
        const response = await run();
        observers.onCall?.({ phase: "succeeded", step, callee, at: host.now(), startedAt, response });
        return response;
    } catch (error) {
        if (error instanceof WorkflowError) {
            observers.onCall?.({ phase: "raised", step, callee, at: host.now(), startedAt, error });
        }
        throw error;
    }
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
