import type { CompiledWorkflow } from "./compile";
import { CancelledError, failure, type RuntimeValue, toJson, WorkflowError } from "./values";
import { DEFAULT_LIMITS, Execution, type Limits, type Observers } from "./frame";
import type { Host } from "./host";
import { toError, type Outcome } from "./outcome";

/** The inputs of an execution. */
export interface ExecuteOptions extends Observers {
    /** The argument of main (`fromJson` or `fromPlain` makes one). @default - null */
    argument?: RuntimeValue;
    /** Everything that `sys.get_env` sees, the built-in `GOOGLE_CLOUD_…` included. @default - no variables */
    env?: Readonly<Record<string, string>>;
    /** The requests, the time and the log of the run. */
    host: Host;
    /** Ends the execution as CANCELLED. @default - nothing ends it */
    signal?: AbortSignal;
    /** @default - Google's limits */
    limits?: Partial<Limits>;
}

/**
 * Runs a workflow once. Errors of the workflow are in the outcome; the promise is rejected only for a fault of the
 * host or the interpreter.
 */
export async function execute(workflow: CompiledWorkflow, options: ExecuteOptions): Promise<Outcome> {
    const { argument = null, env = {}, host, signal = new AbortController().signal } = options;
    const execution = new Execution(host, env, { ...DEFAULT_LIMITS, ...options.limits }, options);
    try {
        const args = workflow.main.params.length === 0 ? [] : [argument];
        const result = await workflow.main.start(args, execution, signal);
        toJson(result);
        return signal.aborted ? cancelled() : { state: "SUCCEEDED", result };
    } catch (error) {
        if (error instanceof CancelledError || signal.aborted) {
            return cancelled();
        }
        if (error instanceof WorkflowError) {
            return { state: "FAILED", error: toError(error) };
        }
        if (error instanceof RangeError && /call stack/i.test(error.message)) {
            return {
                state: "FAILED",
                error: toError(failure("RecursionError", "the values or steps are nested too deep")),
            };
        }
        throw error;
    }
}

function cancelled(): Outcome {
    return {
        state: "CANCELLED",
        error: {
            payload: '"the execution was cancelled"',
            context: "the execution was cancelled",
            stackTrace: { elements: [] },
        },
    };
}
