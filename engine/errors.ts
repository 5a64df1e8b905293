import { AdvisedError, InvokeError } from "../errors";

/** A project's files that cannot be used: Pulumi.yaml, or the configuration of a stack. */
export class ProjectError extends AdvisedError {
    readonly code = "project";
}

/** A program that cannot be run, or that asked for what cannot be done. */
export class ProgramError extends AdvisedError {
    readonly code = "program";
}

/** An operation on a stack that cannot be done. */
export class StackError extends AdvisedError {
    readonly code = "stack";
}

/** A state of a stack that cannot be read, or its secrets. */
export class StateError extends AdvisedError {
    readonly code = "stack-state";
}

/** A resource that the engine's providers cannot make, read or change. */
export class ProviderError extends AdvisedError {
    readonly code = "provider";
}

/** Something that the Pulumi CLI can do and this engine cannot. */
export class UnsupportedError extends AdvisedError {
    readonly code = "unsupported";
}

/** Thrown in place of work that is not begun because the run has failed elsewhere. */
export class Stopped extends InvokeError {
    readonly code = "stopped";

    constructor() {
        super("the update has failed elsewhere");
    }
}
