import { defined } from "../../../common";
import { variablesSet, type StepNode } from "../../control";
import { frameAt } from "./access";
import type { Frame } from "./frame";
import type { OpenStep, StepEvent, StepInfo } from "./step-events";
import type { RuntimeValue } from "../values";

/** What identifies a step. */
export function infoOf({ step: { name, action, span }, scope }: StepNode, routine: string): StepInfo {
    return {
        name: name.text,
        routine,
        kind: action?.kind === "parallel" && action.for ? "parallel for" : (action?.kind ?? "next"),
        ...(action?.kind === "call" && { callee: action.callee.text }),
        position: name.span.start,
        sets: variablesSet(action).flatMap((each) => {
            const slot = scope.find(each);
            return slot === undefined ? [] : [{ name: each, ...slot }];
        }),
        length: Math.max(0, span.end.offset - name.span.start.offset),
    };
}

/** Reports that a step starts. What runs from here on belongs to the step. @returns what the step must wait for */
export function startStep(node: StepNode, info: StepInfo, number: number, frame: Frame): Promise<void> | undefined {
    const { at: parent, progress, open: outer } = frame;
    const step = { node, info, number, parent, progress, outer };
    const wait = emit("start", step, frame);
    frame.open = step;
    frame.at = number;
    frame.progress = undefined;
    return wait;
}

/** Reports that steps end, with or without an error: from the innermost out to the step that the run is still in. */
export function endSteps(frame: Frame, within: StepNode | undefined, error?: Error): void {
    for (let step = frame.open; step !== undefined && step.node !== within; step = step.outer) {
        frame.open = step.outer;
        void emit(error === undefined ? "end" : "error", step, frame, error);
        frame.at = step.parent;
        frame.progress = step.progress;
    }
}

function emit(phase: StepEvent["phase"], step: OpenStep, frame: Frame, error?: Error): Promise<void> | undefined {
    const { info, number, parent, progress } = step;
    const { observers, host } = frame.execution;
    const wait = observers.onStep?.({
        phase,
        step: info,
        number,
        at: host.now(),
        depth: frame.depth,
        variables: () => variablesOf(info.sets, frame),
        visible: () => variablesOf(visibleAt(step.node), frame),
        ...defined({ parent, progress, error }),
    });
    return wait instanceof Promise ? wait.then(() => undefined) : undefined;
}

function visibleAt({ scope }: StepNode): StepInfo["sets"] {
    return [...new Set(scope.names())].flatMap((name) => {
        const slot = scope.find(name);
        return slot === undefined ? [] : [{ name, ...slot }];
    });
}

function variablesOf(sets: StepInfo["sets"], frame: Frame): Map<string, RuntimeValue> {
    const found = new Map<string, RuntimeValue>();
    for (const { name, depth, index } of sets) {
        const value = frameAt(frame, depth).variables[index];
        if (value !== undefined) {
            found.set(name, value);
        }
    }
    return found;
}
