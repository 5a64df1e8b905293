import type { CallNode } from "../../control";
import { storeTo } from "./assign";
import { type Args, failure, isMapValue, type RuntimeValue, typeName, WorkflowError } from "../values";
import { type AsyncEval, onValue } from "../expressions";
import { bindNamed, bindPositional, type Callee, type Exit, type Frame, type Run } from "../frame";

/** `call` with its `args`, named or by position, and its `result`. */
export function compileCall({ action, scope }: CallNode, callee: Callee, args: AsyncEval = () => null): Run {
    const store = action.result && storeTo(action.result.text, scope);
    const finish = (frame: Frame, value: RuntimeValue): Exit => {
        store?.(frame, value);
        return "next";
    };
    return onValue(args, (frame, given) => {
        const run = (): RuntimeValue | Promise<RuntimeValue> => callee.run(bind(callee, given), frame);
        const result = frame.execution.observers.onCall === undefined ? run() : observed(callee, given, frame, run);
        return result instanceof Promise ? result.then((value) => finish(frame, value)) : finish(frame, result);
    });
}

/** Reports the begin and the end of a call. */
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
