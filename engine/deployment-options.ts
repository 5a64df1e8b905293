import type { EngineEvent } from "./events";
import type { ConfigValue } from "./project";
import type { Provider } from "./provider";
import type { OperationOptions } from "./stack-types";
import type { ResourceState, StateFile } from "./state";
import type { DeploymentOptions } from "./steps";
import { Patterns, Targets } from "./targets";
import { hideCredentials, type Properties, secret, type Value } from "./values";

/** What of a stack is the same for all of its operations. */
export interface StackParts {
    project: string;
    stack: string;
    config: Record<string, ConfigValue>;
    providers: Provider[];
    state: StateFile;
    emit: (event: EngineEvent) => void;
    parallel: number;
}

/**
 * One operation on a stack.
 *
 * @param resources - the state from which it starts, where that is not the stack's own
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
        condemned: [...state.snapshot.condemned],
        journal: dryRun ? { set: ignore, forget: ignore, buried: ignore, begin: ignore, end: ignore } : state,
        providers: (type) => providers.find((provider) => provider.knows(type)),
        providerConfig: (pkg) => settingsOf(config, pkg),
        emit,
        parallel,
        ...(limited && { targets: new Targets(options) }),
        ...(options.replace !== undefined && { replaces: new Patterns(options.replace) }),
        ...(options.signal !== undefined && { signal: options.signal }),
    };
}

/**
 * The configuration of a package's default provider: `gcp:region` as `region`. Dynamic providers are told all of it, under
 * its full names.
 */
export function settingsOf(config: Record<string, ConfigValue>, pkg: string): Properties {
    const dynamic = pkg === "pulumi-nodejs";
    const settings = Object.entries(config).flatMap(([key, { value, secret: hidden }]): [string, Value][] => {
        if (!dynamic && !key.startsWith(`${pkg}:`)) {
            return [];
        }
        return [[dynamic ? key : key.slice(pkg.length + 1), hidden === true ? secret(value) : value]];
    });
    return hideCredentials(Object.fromEntries(settings));
}
