import type { EngineEvent } from "./events";
import type { InlineProgram } from "./program";
import type { ConfigValue } from "./project";
import type { CloudRequest, ResourceRules } from "./provider";
import type { Limits } from "./targets";

/** How a stack is opened. Either {@link StackOptions.directory} or {@link StackOptions.program} is given. */
export interface StackOptions {
    /** The directory of a Pulumi project. It is run unmodified, as the Pulumi CLI runs it. */
    directory?: string;
    /** The program as a function. It runs in this process, and with the environment of this process unless it brings one. */
    program?: InlineProgram;
    /** The name of the project of {@link program}. @default - "inline" */
    project?: string;
    /** @default - "dev" */
    stack?: string;
    /** Configuration that overrides that of the project's files. A key without a namespace gets that of the project. */
    config?: Record<string, string | ConfigValue>;
    /** The file with the stack's configuration. @default - `Pulumi.<stack>.yaml` in the project's directory */
    configFile?: string;
    /** Configuration for keys that neither the project's files nor {@link config} have. */
    defaults?: Record<string, string>;
    /** The directory that keeps states, with one file for each stack. */
    stateDirectory: string;
    /** Sends requests to the cloud as the deployer. */
    request: CloudRequest;
    /** Environment variables for the program of a directory, which override those of this process; `undefined` removes one. */
    environment?: Record<string, string | undefined>;
    onEvent?: (event: EngineEvent) => void;
    /** What is done with resource types that the sandbox does not enforce. @default - those of `@pulumi/gcp` are kept */
    resources?: ResourceRules;
    /** Where compiled code of programs is kept. @default - `compile-cache` in {@link stateDirectory} */
    cacheDirectory?: string;
    /**
     * Whether processes for the next programs are started after an operation. They load what this program loaded, wait, and end
     * with this process. `environment` must guard a program's connections, as a sandbox's does. With `"later"`, whoever opened the
     * stack starts them by `fillReserve`, when nothing else is to be done. @default - false
     */
    reserve?: boolean | "later";
    /** How many provider operations run at a time. @default - 16 */
    parallel?: number;
}

/** What was imported as the state of a stack. */
export interface Imported {
    /** How many resources the state has. */
    resources: number;
    /** How many operations were under way when the state was exported. The next update settles them. */
    pending: number;
    /** The file that keeps the former state, if there was one. */
    backup?: string;
}

export interface OperationOptions extends Limits {
    /** URNs, or patterns of URNs, of resources that are replaced even if nothing about them has changed. @default - none */
    replace?: string[];
    /** Whether all resources are read again first. @default - as `options.refresh` of `Pulumi.yaml` says, else false */
    refresh?: boolean;
    /** Whether a refresh or a destroy is only previewed. @default false */
    previewOnly?: boolean;
    /** Cancels the operation: steps that are under way end and are recorded, and no new step begins. */
    signal?: AbortSignal;
}

export interface DestroyOptions extends OperationOptions {
    /** Whether the program runs, so that its delete hooks can be called. It creates and changes nothing. @default - false */
    runProgram?: boolean;
    /**
     * Whether nothing is deleted if a resource is protected, as after a preview. Otherwise everything is deleted that no
     * protected resource depends on. @default - true
     */
    preview?: boolean;
}

export interface UpOptions extends OperationOptions {
    /**
     * Whether a preview runs first, and nothing is changed if it fails. One that is `hidden` shows nothing, and only finds
     * the resources that are refused for their types, before anything is made. @default - true
     */
    preview?: boolean | "hidden";
}
