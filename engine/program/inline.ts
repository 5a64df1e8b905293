import { AsyncResource } from "node:async_hooks";
import { createRequire } from "node:module";
import { resolve } from "node:path";

import { RunRequest, type RunResponse } from "@pulumi/pulumi/proto/language_pb";

import type { Project } from "../project";
import { describeDeployment } from "./deployment-info";
import type { DeploymentInfo } from "./stack-info";
import type { Running } from "./program";

/** A program as a function, which returns the stack's outputs. */
export type InlineProgram = () => Promise<Record<string, unknown> | undefined> | Promise<void>;

/** The SDK's runner of inline programs, which its Automation API uses. Its types are not published. */
interface LanguageServer {
    run(
        call: { request: RunRequest },
        done: (error: Error | undefined, response: RunResponse | undefined) => void,
    ): Promise<void>;
}

/** The project of an inline program. */
export function inlineProject(name: string): Project {
    const root = resolve(".");
    return {
        name,
        file: "",
        root,
        directory: root,
        main: ".",
        runtime: { name: "nodejs", arguments: [], typescript: false },
        config: {},
        configFile: "",
        schema: [],
        plugins: {},
        refresh: false,
        warnings: [],
    };
}

/** How an inline program is run. */
export interface InlineOptions extends DeploymentInfo {
    /** Where the engine listens. */
    address: string;
}

/**
 * Runs a function as a program, in this process and with its environment. Several may run at the same time, each with its
 * own settings. A function cannot be ended from outside, but after the end of a run its requests are refused.
 */
export function startInline(program: InlineProgram, options: InlineOptions): Running {
    const { LanguageServer } = createRequire(__filename)("@pulumi/pulumi/automation/server") as {
        LanguageServer: new (program: InlineProgram) => LanguageServer;
    };
    bindCallbacks();
    settleStacks();
    const request = new RunRequest();
    describeDeployment(request, options);
    request.setMonitorAddress(options.address);
    request.setArgsList([options.address]);
    let reason: string | undefined;
    const exit = new Promise<number>((done) => {
        const finish = (error: Error | undefined): void => {
            reason ??= error && wordsOf(error);
            done(error === undefined ? 0 : 32);
        };
        void new LanguageServer(program).run({ request }, finish).catch(finish);
    });
    return { exit, mayWaitForever: true, reason: () => reason, kill: () => undefined };
}

/** Whether the SDK answers so for errors that it has told before. */
export const repeatsErrors = (answer: string): boolean => answer.startsWith("One or more errors occurred");

/** An error as the SDK tells one that nobody catches: with its stack, but for those that are messages to the user. */
function wordsOf(error: Error & { __pulumiRunError?: boolean; hideStack?: boolean }): string {
    // The SDK puts these words in front of what is no error.
    const [, text] = /^unknown error ([^]*)$/.exec(error.message) ?? [];
    const isMessage = error.__pulumiRunError === true || error.hideStack === true || repeatsErrors(error.message);
    return text ?? (isMessage ? error.message : (error.stack ?? error.message));
}

/** What the SDK's server of transforms and hooks has, as far as {@link bindCallbacks} changes it. */
interface CallbackServer {
    invoke: (this: CallbackServer, ...args: unknown[]) => unknown;
    shutdown: (this: CallbackServer) => void;
    /** Its address, once it has called itself. */
    _target?: Promise<string>;
}

/**
 * Makes the SDK call the transforms and hooks of a program in the async context of that program. Without this, the SDK does
 * not know there that the engine supports secrets, sends them in the clear, and does not know that a preview runs.
 *
 * It also lets the SDK's server start before it ends: a server that ends sooner, as that of a program that fails at once, would
 * call itself every second for ever, and this process would not end.
 */
export function bindCallbacks(): void {
    const { CallbackServer } = createRequire(__filename)("@pulumi/pulumi/runtime/callbacks") as {
        CallbackServer: { prototype: CallbackServer };
    };
    const { prototype } = CallbackServer;
    if (Object.getOwnPropertyDescriptor(prototype, "invoke")?.get !== undefined) {
        return;
    }
    const { invoke, shutdown } = prototype;
    prototype.shutdown = function () {
        const end = (): void => shutdown.call(this);
        void Promise.resolve(this._target).then(end, end);
    };
    // The SDK reads this property when a program starts its server, so that the method is bound to that program.
    Object.defineProperty(prototype, "invoke", {
        get(this: CallbackServer) {
            return AsyncResource.bind(invoke.bind(this));
        },
    });
}

/** What the SDK's resource of a stack has, as far as {@link settleStacks} changes it. */
interface StackResource {
    initializeAndRegisterOutputs: (this: StackResource, ...args: unknown[]) => Promise<unknown>;
    outputs?: { isKnown: Promise<unknown>; isSecret: Promise<unknown> };
}

/**
 * Handles the rejections that repeat the error of a stack. The SDK waits for the value of the stack's outputs, but not for the
 * promises beside it, which reject for the same reason when the SDK may no longer listen.
 */
export function settleStacks(): void {
    const { Stack } = createRequire(__filename)("@pulumi/pulumi/runtime/stack") as {
        Stack: { prototype: StackResource };
    };
    const { prototype } = Stack;
    if (Object.hasOwn(prototype, "initializeAndRegisterOutputs")) {
        return;
    }
    const { initializeAndRegisterOutputs } = prototype;
    const ignore = (): void => undefined;
    prototype.initializeAndRegisterOutputs = function (...args) {
        const made = initializeAndRegisterOutputs.apply(this, args);
        made.catch(ignore);
        // The constructor has not yet made them when it calls this method.
        queueMicrotask(() => {
            this.outputs?.isKnown.catch(ignore);
            this.outputs?.isSecret.catch(ignore);
        });
        return made;
    };
}
