import type { Routine } from "../../syntax";
import { type Args, failure, type RuntimeValue, WorkflowError } from "../values";
import { type Callee, type Execution, follow, Frame, Point } from "../frame";

/** A subworkflow, or main. */
export class CompiledRoutine implements Callee {
    readonly name: string;
    readonly params: readonly string[];
    readonly blocking = true;
    private entry = new Point(undefined);

    constructor(routine: Routine) {
        this.name = routine.name.text;
        this.params = routine.params.map((param) => param.name.text + (param.default === undefined ? "" : "?"));
    }

    /** Gives the routine its body: routines call each other, so all exist before any is compiled. */
    define(entry: Point): void {
        this.entry = entry;
    }

    run(args: Args, caller: Frame): RuntimeValue | Promise<RuntimeValue> {
        const { execution } = caller;
        if (caller.depth + 1 >= execution.limits.callDepth) {
            throw failure(
                "RecursionError",
                `subworkflows call each other deeper than ${execution.limits.callDepth} levels`,
            );
        }
        const frame = new Frame(execution, caller.signal, this.name, caller.depth + 1, caller.parallelDepth);
        frame.at = caller.at;
        return this.enter(args, frame);
    }

    /** Runs as the first routine of an execution. */
    start(args: Args, execution: Execution, signal: AbortSignal): RuntimeValue | Promise<RuntimeValue> {
        return this.enter(args, new Frame(execution, signal, this.name, 0, 0));
    }

    private enter(args: Args, frame: Frame): RuntimeValue | Promise<RuntimeValue> {
        frame.args = args;
        const failed = (error: unknown): never => {
            frame.close();
            if (error instanceof WorkflowError) {
                frame.trace(error);
            }
            throw error;
        };
        const ended = (): RuntimeValue => {
            frame.close();
            return frame.result;
        };
        try {
            const running = follow(this.entry, frame);
            return running === undefined ? ended() : running.then(ended, failed);
        } catch (error) {
            return failed(error);
        }
    }
}
