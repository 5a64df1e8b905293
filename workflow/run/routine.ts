import type { Routine } from "../syntax";
import { failure, WorkflowError } from "./errors";
import type { AsyncEval, ExpressionCompiler } from "./expression";
import { runBlock, type Block } from "./flow";
import { Frame, type Execution } from "./frame";
import type { Scope } from "../control";
import type { Args, Callee } from "./signature";
import type { RuntimeValue } from "./value";

/** A subworkflow, or main. */
export class CompiledRoutine implements Callee {
    readonly name: string;
    readonly params: readonly string[];
    readonly blocking = true;
    private block: Block = { steps: [] };
    private defaults: (AsyncEval | undefined)[] = [];

    constructor(private readonly routine: Routine) {
        this.name = routine.name.text;
        this.params = routine.params.map((param) => param.name.text + (param.default === undefined ? "" : "?"));
    }

    /** Gives the routine its body: routines call each other, so all exist before any is compiled. */
    define(_scope: Scope, compiler: ExpressionCompiler, block: Block): void {
        this.block = block;
        this.defaults = this.routine.params.map((param) => param.default && compiler.value(param.default));
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
            this.routine.params.forEach((_, index) => {
                const given = args[index];
                const value = given === undefined ? this.defaults[index]?.(frame) : given;
                if (value instanceof Promise) {
                    throw new Error("the default of a parameter must not wait");
                }
                frame.variables[index] = value;
                frame.execution.grow(value ?? null);
            });
            const outcome = runBlock(this.block, frame);
            return outcome instanceof Promise ? outcome.then(ended, failed) : ended();
        } catch (error) {
            return failed(error);
        }
    }
}
