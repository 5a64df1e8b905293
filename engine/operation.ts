import { defined } from "../common";
import { messageOf } from "../errors";
import type { Diagnostic, EngineEvent, Outcome } from "./events";
import { fillReserve } from "./processes";
import type { ConfigValue } from "./project";
import { providerSettings } from "./provider-settings";
import type { OperationOptions } from "./stack-options";
import type { StackProviders } from "./stack-providers";
import { prepareKey, type ResourceState, type StateFile } from "./state";
import type { DeploymentOptions } from "./steps";
import { Targets, UrnPatterns } from "./targets";

/** The parts of a stack that are the same for all of its operations. */
export interface StackParts {
    project: string;
    stack: string;
    config: Record<string, ConfigValue>;
    providers: StackProviders;
    state: StateFile;
    emit: (event: EngineEvent) => void;
    parallel: number;
}

/**
 * What a run is given to do one operation on a stack.
 *
 * @param resources - the resources from which the operation starts. @default - those of the stack's state
 */
export function deploymentOptions(
    { project, stack, config, providers, state, emit, parallel }: StackParts,
    operation: DeploymentOptions["operation"],
    options: OperationOptions,
    resources: Map<string, ResourceState> = state.snapshot.resources,
): DeploymentOptions {
    const dryRun = operation === "preview" || options.previewOnly === true;
    const ignore = () => undefined;
    const limited = options.target !== undefined || options.exclude !== undefined;
    return {
        project,
        stack,
        operation,
        dryRun,
        resources: new Map([...resources].map(([urn, resource]) => [urn, { ...resource }])),
        pendingDeletes: [...state.snapshot.pendingDeletes],
        journal: dryRun ? { set: ignore, forget: ignore, deleted: ignore, begin: ignore, end: ignore } : state,
        providers: (type) => providers.find(type),
        packages: providers,
        providerConfig: (pkg) => providerSettings(config, pkg),
        emit,
        parallel,
        ...defined({
            targets: limited ? new Targets(options) : undefined,
            replaces: options.replace && new UrnPatterns(options.replace),
            signal: options.signal,
        }),
    };
}

/** Makes ready what the next operation of this process will need: processes, and the key of another stack's directory. */
export function prepareNext({ reserve = false }: { reserve?: boolean | "later" }): void {
    if (reserve !== "later") {
        fillReserve();
    }
    if (reserve === true) {
        prepareKey();
    }
}

/** Saves the state after an operation, which has failed if that cannot be done. */
export function saveAfter(outcome: Outcome, state: StateFile, emit: (event: EngineEvent) => void): Outcome {
    try {
        state.save();
        return outcome;
    } catch (error) {
        const diagnostic: Diagnostic = { severity: "error", message: messageOf(error) };
        emit({ type: "diagnostic", ...diagnostic });
        return { ...outcome, result: "failed", diagnostics: [...outcome.diagnostics, diagnostic] };
    }
}
