import { AsyncResource } from "node:async_hooks";
import { createRequire } from "node:module";
import { resolve } from "node:path";

import { RunRequest, type RunResponse } from "@pulumi/pulumi/proto/language_pb";

import type { Project } from "../project";
import { type DeploymentInfo, describeDeployment } from "./deployment-info";
import type { Running } from "./program";

/** A program as a function: what it returns are the stack's outputs. */
export type InlineProgram = () => Promise<Record<string, unknown> | undefined> | Promise<void>;

/** The SDK's own runner of inline programs, which its automation API uses; its types are not published. */
interface LanguageServer {
    run(
        call: { request: RunRequest },
        done: (error: Error | undefined, response: RunResponse | undefined) => void,
    ): Promise<void>;
}

/** A project that consists of a function. */
export function inlineProject(name: string): Project {
    const root = resolve(".");
    const node = { arguments: [], typescript: false };
    return { name, root, directory: root, main: ".", node, config: {}, schema: [], refresh: false, warnings: [] };
}

/** How an inline program is run. */
export interface InlineOptions extends DeploymentInfo {
    /** Where the engine listens. */
    address: string;
}

/**
 * Runs a function as a program, in this process: several may run at once, each with its own settings. It sees this
 * process's environment. It cannot be ended from outside; what it registers later is refused.
 */
export function startInline(program: InlineProgram, options: InlineOptions): Running {
    const { LanguageServer } = createRequire(__filename)("@pulumi/pulumi/automation/server") as {
        LanguageServer: new (program: InlineProgram) => LanguageServer;
    };
    bindCallbacks();
    const request = new RunRequest();
    describeDeployment(request, options);
    request.setMonitorAddress(options.address);
    request.setArgsList([options.address]);
    let reason: string | undefined;
    const exit = new Promise<number>((done) => {
        const finish = (error: Error | undefined): void => {
            reason ??= error?.message;
            done(error === undefined ? 0 : 32);
        };
        void new LanguageServer(program).run({ request }, finish).catch(finish);
    });
    return { exit, waits: true, reason: () => reason, kill: () => undefined };
}

/**
 * Lets the SDK call a program's transforms and hooks as part of that program. By itself it does so outside of it, where it
 * knows neither that the engine takes secrets, which it then sends in the clear, nor that this is a preview.
 */
function bindCallbacks(): void {
    const { CallbackServer } = createRequire(__filename)("@pulumi/pulumi/runtime/callbacks") as {
        CallbackServer: { prototype: { invoke: (...args: unknown[]) => unknown } };
    };
    const { prototype } = CallbackServer;
    if (Object.getOwnPropertyDescriptor(prototype, "invoke")?.get !== undefined) {
        return;
    }
    const { invoke } = prototype;
    // It is read where a program makes its server, which is then bound to that program.
    Object.defineProperty(prototype, "invoke", {
        get(this: object) {
            return AsyncResource.bind(invoke.bind(this));
        },
    });
}
