import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import { ResourceHookRequest, ResourceHookResponse } from "@pulumi/pulumi/proto/resource_pb";

import { CallEnded, ProgramError } from "../errors";
import { laterMessage, toStruct } from "../protocol";
import { nameOf, type Properties, typeOf } from "../values";
import type { Callbacks } from "./callbacks";
import type { HookTime } from "./hook-names";
import { messageOf } from "../../errors";

/** The resource that a hook is called for, as the hook gets it. */
export interface HookSubject {
    urn: string;
    id?: string;
    newInputs?: Properties;
    oldInputs?: Properties;
    newOutputs?: Properties;
    oldOutputs?: Properties;
}

interface RegisteredHook {
    callback: Callback;
    onDryRun: boolean;
    ignoreErrors: boolean;
}

/** The hooks that a program has registered. https://www.pulumi.com/docs/iac/concepts/resources/options/hooks/ */
export class RegisteredHooks {
    private readonly hooks = new Map<string, RegisteredHook>();
    private readonly errorHooks = new Map<string, Callback>();

    constructor(
        private readonly callbacks: Callbacks,
        private readonly dryRun: boolean,
        private readonly warn: (urn: string, message: string) => void,
    ) {}

    register(name: string, hook: RegisteredHook): void {
        this.refuseDuplicate(name);
        this.hooks.set(name, hook);
    }

    registerErrorHook(name: string, callback: Callback): void {
        this.refuseDuplicate(name);
        this.errorHooks.set(name, callback);
    }

    /** Refuses a name that a hook of either kind has. */
    private refuseDuplicate(name: string): void {
        if (this.hooks.has(name) || this.errorHooks.has(name)) {
            throw new ProgramError(`hook "${name}" is registered twice`, { fix: "give each hook its own name" });
        }
    }

    /** Runs hooks one after the other. Throws at the first hook that fails, with Pulumi's message. */
    async run(time: HookTime, names: string[], subject: HookSubject): Promise<void> {
        for (const name of names) {
            const hook = this.hooks.get(name);
            if (hook === undefined) {
                throw new ProgramError(`hook "${name}" is not registered`, {
                    fix: "delete hooks need the program to run while the resource is deleted",
                });
            }
            if (this.dryRun && !hook.onDryRun) {
                continue;
            }
            const request = describe(new ResourceHookRequest(), subject);
            if (subject.newOutputs !== undefined) {
                request.setNewOutputs(toStruct(subject.newOutputs));
            }
            const error = await this.callbacks.invoke(hook.callback, request.serializeBinary()).then(
                (answer) => ResourceHookResponse.deserializeBinary(answer).getError(),
                (reason: unknown) => {
                    // A hook whose program has ended has not failed by itself: the run says why the program ended.
                    if (reason instanceof CallEnded) {
                        throw new CallEnded(reason.message, `hook "${name}" of ${nameOf(subject.urn)}`);
                    }
                    return messageOf(reason);
                },
            );
            if (error === "") {
                continue;
            }
            const message = `${time.startsWith("before") ? "before" : "after"} hook "${name}" failed: ${error}`;
            if (hook.ignoreErrors) {
                this.warn(subject.urn, message);
            } else {
                throw new ProgramError(message);
            }
        }
    }

    /** Asks the error hooks whether a failed operation is tried again. */
    async retry(names: string[], subject: HookSubject, operation: string, errors: string[]): Promise<boolean> {
        let again = false;
        const ErrorHookRequest = laterMessage("ErrorHookRequest");
        const ErrorHookResponse = laterMessage("ErrorHookResponse");
        for (const name of names) {
            const callback = this.errorHooks.get(name);
            if (callback === undefined) {
                throw new ProgramError(`error hook "${name}" is not registered`);
            }
            const request = describe(new ErrorHookRequest(), subject);
            request.setFailedOperation(operation);
            request.setErrorsList(errors);
            const answer = ErrorHookResponse.deserializeBinary(
                await this.callbacks.invoke(callback, request.serializeBinary()),
            );
            if (answer.getError() !== "") {
                throw new ProgramError(
                    `error hooks execution failed: error hook "${name}" failed: ${answer.getError()}`,
                );
            }
            again ||= answer.getRetry();
        }
        return again;
    }
}

function describe<T extends ResourceHookRequest>(request: T, subject: HookSubject): T {
    request.setUrn(subject.urn);
    request.setId(subject.id ?? "");
    request.setName(nameOf(subject.urn));
    request.setType(typeOf(subject.urn));
    if (subject.newInputs !== undefined) {
        request.setNewInputs(toStruct(subject.newInputs));
    }
    if (subject.oldInputs !== undefined) {
        request.setOldInputs(toStruct(subject.oldInputs));
    }
    if (subject.oldOutputs !== undefined) {
        request.setOldOutputs(toStruct(subject.oldOutputs));
    }
    return request;
}
