import { createRequire } from "node:module";
import { join } from "node:path";

import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import type { RunRequest } from "@pulumi/pulumi/proto/language_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/resource_pb";
import { version } from "@pulumi/pulumi/version";
import { ProgramError } from "../errors";

/*
 * What SDKs have added since the oldest one that `peerDependencies` allows. The engine uses such additions through this
 * file only: `npm run test:floors` compiles the engine against the oldest SDK.
 */

/** Methods of messages that were added since then. */
export interface LaterMethods {
    getEnvvarmappingsMap(): { getLength(): number };
    getIgnoreErrors(): boolean;
    getOnErrorList(): string[];
    getStateMigrationsList(): unknown[];
    hasExtension$(): boolean;
    setOnErrorList(names: string[]): unknown;
    setUnknown(unknown: boolean): unknown;
}

/** A message whose added methods may be missing. */
export function later(message: object): Partial<LaterMethods> {
    return message;
}

/** The methods by which either of two messages tells a program about its stack. */
export type DeploymentMessage = Pick<
    RunRequest,
    "setProject" | "setStack" | "setOrganization" | "setDryrun" | "setParallel" | "getConfigMap" | "addConfigsecretkeys"
>;

/** Messages that were added since then. */
export interface LaterMessages {
    DeploymentInfo: new () => DeploymentMessage & { setSupportedfeaturesList(features: number[]): unknown };
    ErrorHookRequest: new () => messages.ResourceHookRequest & {
        setFailedOperation(operation: string): unknown;
        setErrorsList(errors: string[]): unknown;
    };
    ErrorHookResponse: { deserializeBinary(bytes: Uint8Array): { getError(): string; getRetry(): boolean } };
    ResourceMonitorFeature: Record<string, number>;
}

/** The SDK that added each message. */
const SINCE: Record<keyof LaterMessages, string> = {
    DeploymentInfo: "3.231.0",
    ErrorHookRequest: "3.217.0",
    ErrorHookResponse: "3.217.0",
    ResourceMonitorFeature: "3.231.0",
};

/** @throws ProgramError if the installed SDK does not have the message; it names the SDK that added it */
export function laterMessage<Name extends keyof LaterMessages>(name: Name): LaterMessages[Name] {
    const found = (messages as unknown as Partial<LaterMessages>)[name];
    if (found !== undefined) {
        return found;
    }
    throw new ProgramError(
        `${name} needs @pulumi/pulumi ${SINCE[name]} or newer, and the sandbox's engine runs with ${version}`,
        { fix: `run npm install @pulumi/pulumi@^${SINCE[name]}` },
    );
}

/** Whether this SDK has the method by which programs register error hooks. */
export const hasErrorHooks = "registerErrorHook" in ResourceMonitorService;

type Answer = ReturnType<typeof ResourceMonitorService.invoke.responseDeserialize>;

/** The answer to an invoke, for which newer SDKs have a message of its own. */
export const InvokeAnswer = (ResourceMonitorService.invoke as unknown as { responseType: new () => Answer })
    .responseType;

/** The features that are offered to programs, as numbers of {@link LaterMessages.ResourceMonitorFeature}. */
export function features(names: string[]): number[] {
    const numbers = laterMessage("ResourceMonitorFeature");
    const words = names.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase());
    // An SDK that has no number for a feature does not have the feature.
    return words.map((word) => numbers[`RESOURCE_MONITOR_FEATURE_${word}`]).filter((number) => number !== undefined);
}

/**
 * Tells a plugin the aliases of a component. Those SDKs that take only URNs are not told of aliases by name: the plugin
 * registers the component itself, and its children, under the names of now.
 */
export function setAliases(request: ConstructRequest, aliases: Alias[]): void {
    const probe = (new ConstructRequest() as unknown as { addAliases: (alias: Alias) => unknown }).addAliases(
        new Alias(),
    );
    const set = request.setAliasesList.bind(request) as (list: unknown[]) => unknown;
    set(probe instanceof Alias ? aliases : aliases.map((alias) => alias.getUrn()).filter((urn) => urn !== ""));
}

/** Warns of a program with a newer SDK than the engine's, which may send fields that the engine does not read. */
export function newerSdk(directory: string, own = version): string[] {
    let theirs: string;
    try {
        ({ version: theirs } = createRequire(join(directory, "index.js"))("@pulumi/pulumi/version") as {
            version: string;
        });
    } catch {
        // The program runs with the engine's SDK, or its start fails because there is none.
        return [];
    }
    if (own.localeCompare(theirs, "en", { numeric: true }) >= 0) {
        return [];
    }
    return [
        `the program's @pulumi/pulumi is ${theirs}, newer than the ${own} that the sandbox's engine runs with, which does not see what came later; install @pulumi/pulumi@${theirs} beside pulumi-gcp-invoke`,
    ];
}
