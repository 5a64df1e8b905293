import { cacheFolder, defined } from "../common";
import { join } from "node:path";

import type * as engine from "../engine";
import type { ChildEnvironment } from "./environment";
import { runInside, type Way } from "./guard";
import { loadEngine } from "./load-engine";
import type { Operations } from "./operations";
import { programEnvironment } from "./program-environment";

/** A Pulumi program: the directory of its project, or a function whose result are the outputs. */
export type Program = string | (() => Promise<Record<string, unknown> | undefined> | Promise<void>);

/** How a program is deployed to a sandbox. */
export interface DeployOptions {
    /** Configuration that replaces that of the project's files. A key without a namespace belongs to the project. @default - that of the project's files */
    config?: Record<string, string>;
    /** @default - "dev" */
    stack?: string;
    /** The name of the project, if the program is a function. @default - "inline" */
    projectName?: string;
    /** More variables for the program; `undefined` removes one. @default - those of this process */
    environment?: Record<string, string | undefined>;
    /** Called with each event of the engine, as it happens. @default - nobody is told */
    onEvent?: (event: engine.EngineEvent) => void;
    /** Cancels the update, as Ctrl-C does; closing the sandbox does so too. @default - nothing else cancels it */
    signal?: AbortSignal;
}

/** The parts of a sandbox that a deployment needs. */
export interface DeployTarget {
    readonly project: string;
    readonly folder: string;
    /** The variables by which a client finds the sandbox. */
    environment(): Promise<ChildEnvironment>;
    readonly way: Way;
    readonly request: engine.CloudRequest;
    readonly operations: Operations;
    readonly resources: engine.ResourceRules;
}

/** A stack in the sandbox, and how its last operation went. An operation that fails does not throw: see `result`. */
export class DeployedStack {
    /** How the last operation went: if it is `"failed"`, {@link diagnostics} say why. */
    result: "succeeded" | "failed" = "succeeded";
    /** What the last operation did, counted: `{ create: 7 }`. */
    changes: engine.StackResult["changes"] = {};
    /** Errors, warnings and messages of the last operation. */
    diagnostics: engine.Diagnostic[] = [];

    /** Made by `Sandbox.up`. */
    constructor(
        private readonly stack: engine.Stack,
        private readonly reveal: typeof engine.revealOutputs,
        private readonly operations: Operations,
    ) {}

    /** The outputs of the last update, secrets as their plain values. */
    get outputs(): Record<string, unknown> {
        return this.reveal(this.stack.outputs);
    }

    /** Every resource of the stack as its state has it. Secrets in it are marked. */
    get resources(): engine.ResourceState[] {
        return this.stack.resources;
    }

    /** Finds out what an update would do, and changes nothing. */
    preview = (options?: engine.OperationOptions): Promise<this> => this.run("preview", options);
    /** Runs the program again, and updates the sandbox. */
    up = (options?: engine.UpOptions): Promise<this> => this.run("up", options);
    /** Updates the state to what the sandbox has. */
    refresh = (options?: engine.OperationOptions): Promise<this> => this.run("refresh", options);
    /** Deletes all resources of the stack. */
    destroy = (options?: engine.OperationOptions): Promise<this> => this.run("destroy", options);

    private async run(
        operation: "preview" | "up" | "refresh" | "destroy",
        options: engine.OperationOptions = {},
    ): Promise<this> {
        const { result, changes, diagnostics } = await this.operations.run(
            (signal) => this.stack[operation]({ ...options, signal }),
            options.signal,
        );
        this.result = result;
        this.changes = changes;
        this.diagnostics = diagnostics;
        return this;
    }
}

/** Opens the stack of a program in a sandbox. @throws Error if the project cannot be read */
export async function openInSandbox(
    target: DeployTarget,
    program: Program,
    options: DeployOptions,
): Promise<DeployedStack> {
    const { config = {}, stack, projectName, environment, onEvent } = options;
    const { openStack, revealOutputs } = loadEngine();
    const variables = async (): Promise<ChildEnvironment> =>
        programEnvironment(await target.environment(), environment, process.env);
    const opened = await openStack({
        ...(typeof program === "string" ? { directory: program } : { program: inside(program, target.way, variables) }),
        ...defined({ project: projectName, stack, onEvent }),
        defaults: { "gcp:project": target.project },
        config,
        stateDirectory: join(target.folder, "stacks"),
        request: target.request,
        resources: target.resources,
        environment: await variables(),
        ...defined({ cacheDirectory: cacheFolder }),
        // Whoever is short of memory sets the variable: each process that waits needs about 100 MB.
        reserve: process.env["GCP_INVOKE_RESERVE"] !== "off",
    });
    return new DeployedStack(opened, revealOutputs, target.operations);
}

/** A function that sees the sandbox alone while it runs, and in all that it starts. */
function inside(
    program: Exclude<Program, string>,
    way: Way,
    variables: () => Promise<ChildEnvironment>,
): Exclude<Program, string> {
    return async () => {
        const all = Object.entries({ ...process.env, ...(await variables()) });
        const environment = Object.fromEntries(all.filter(([, value]) => value !== undefined));
        return await runInside(way, environment, program as () => Promise<Record<string, unknown> | undefined>);
    };
}
