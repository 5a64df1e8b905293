import type { EngineEvent } from "./events";
import type { InlineProgram } from "./program";
import type { ConfigValue } from "./project";
import type { CloudRequest } from "./provider";
import type { Limits } from "./targets";

/** How a stack is opened. */
export interface StackOptions {
    /** The directory of a Pulumi project: unmodified, run as the Pulumi CLI runs it. Or give {@link program}. */
    directory?: string;
    /** The program itself, run in this process and with this process's environment. */
    program?: InlineProgram;
    /** The name of the project of an inline program. @default - "inline" */
    project?: string;
    /** @default - "dev" */
    stack?: string;
    /** Configuration over that of the project's files; a key without a namespace is the project's. */
    config?: Record<string, string | ConfigValue>;
    /** The file with the stack's configuration. @default - `Pulumi.<stack>.yaml` in the project's directory */
    configFile?: string;
    /** Configuration for keys that neither the project's files nor {@link config} give. */
    defaults?: Record<string, string>;
    /** Where states are kept, one file a stack. */
    stateDirectory: string;
    /** Sends requests to the cloud as the deployer. */
    request: CloudRequest;
    /** Given to the program of a directory beside the process's own environment; `undefined` takes a variable away. */
    environment?: Record<string, string | undefined>;
    onEvent?: (event: EngineEvent) => void;
    /** How many provider operations run at a time. @default - 16 */
    parallel?: number;
}

/** What was taken in as a stack's state. */
export interface Imported {
    /** How many resources it has. */
    resources: number;
    /** How many operations were under way when it was written: the next update settles them. */
    pending: number;
    /** The file that keeps the state that there was before, if there was one. */
    backup?: string;
}

export interface OperationOptions extends Limits {
    /** URNs, or patterns of them, of what is replaced though nothing demands it. @default - none */
    replace?: string[];
    /** Reads all resources anew first. @default - what `options.refresh` of `Pulumi.yaml` says, else false */
    refresh?: boolean;
    /** Only tells what a refresh or a destroy would do. @default false */
    previewOnly?: boolean;
    /** Cancels the operation: what is under way ends and is kept, nothing new begins. */
    signal?: AbortSignal;
}

export interface DestroyOptions extends OperationOptions {
    /** Runs the program, whose delete hooks are then called; it makes and changes nothing. @default - false */
    runProgram?: boolean;
    /**
     * Deletes nothing where something is protected, as a preview would have it; otherwise all goes that what is protected
     * does not depend on. @default - true
     */
    preview?: boolean;
}

export interface UpOptions extends OperationOptions {
    /** Previews first, and changes nothing where the preview fails. @default - true */
    preview?: boolean;
}
