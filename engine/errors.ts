import { AdvisedError, InvokeError } from "../errors";

/** A file of a project cannot be used: Pulumi.yaml, or the configuration of a stack. */
export class ProjectError extends AdvisedError {
    readonly code = "project";
}

/** A program cannot be run, or asks for something that cannot be done. */
export class ProgramError extends AdvisedError {
    readonly code = "program";
}

/** An operation on a stack cannot be done. */
export class StackError extends AdvisedError {
    readonly code = "stack";
}

/** The state of a stack, or a secret in it, cannot be read or written. */
export class StateError extends AdvisedError {
    readonly code = "stack-state";
}

/** A provider cannot create, read or change a resource. */
export class ProviderError extends AdvisedError {
    readonly code = "provider";
}

/** This engine cannot do something that the Pulumi CLI can do. */
export class UnsupportedError extends AdvisedError {
    readonly code = "unsupported";
}

/** A step does not begin, as the run has failed elsewhere. */
export class Stopped extends InvokeError {
    readonly code = "stopped";

    constructor(message = "the update has failed elsewhere") {
        super(message);
    }
}

/** A call that got no answer, because the program has ended or nobody waits for it any more. */
export class CallEnded extends Stopped {
    /**
     * @param reason - how the connection ended
     * @param call - what was called, such as `hook "a" of b`
     */
    constructor(
        reason: string,
        readonly call = "a function of the program",
    ) {
        super(reason);
    }
}

/** The refusal of a resource that no provider takes. */
export function refusedResource(
    reason: string,
    fix = "leave the resource out, or run this program with the Pulumi CLI against the sandbox",
): UnsupportedError {
    return new UnsupportedError(reason, { fix });
}

/** The refusal of a resource whose type no provider has. */
export function unknownType(type: string): UnsupportedError {
    const [name = ""] = type.split(":");
    const reason = `the sandbox's engine does not support resource type ${type}`;
    return name === "gcp" || name === "pulumi"
        ? refusedResource(reason)
        : refusedResource(
              reason,
              `leave the resource out, install Pulumi's plugin ${name}, or write resources: { "${name}:*": keep } in sandbox.yaml, which keeps such resources with nothing behind them`,
          );
}
