import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";

import type { RegisteredHooks } from "../callbacks";
import type { EngineEvent } from "../events";
import type { Parameterizations, Provider } from "../provider";
import type { ResourceState, StateFile } from "../state";
import type { Targets, UrnPatterns } from "../targets";
import type { Properties } from "../values";

/** Where a run writes what it does: the stack's state file, or nothing in a preview. */
type Journal = Pick<StateFile, "set" | "forget" | "deleted" | "begin" | "end">;

/** Finds the provider of a type, or `undefined` if no provider here knows the type. */
type Providers = (type: string) => Provider | undefined;

/** What a run is given. */
export interface DeploymentOptions {
    project: string;
    stack: string;
    operation: "preview" | "update" | "refresh" | "destroy";
    /** Whether this is a preview, which changes nothing. */
    dryRun: boolean;
    /** The resources of the state, by URN. The run changes this map. */
    resources: Map<string, ResourceState>;
    /** The resources that were replaced and must still be deleted. The run changes this list. */
    pendingDeletes: ResourceState[];
    journal: Journal;
    providers: Providers;
    /** What is known of packages. */
    packages: {
        /** The packages that a plugin of another package serves. */
        readonly parameterizations: Parameterizations;
        /** Whether the plugin of a package is installed. */
        isInstalled(pkg: string): boolean;
        /** The installed plugin of a type's package with these settings, or `undefined` if there is none. */
        pluginOf(type: string, settings: Properties): Promise<ResourceProviderClient> | undefined;
    };
    /** The configuration of default providers, by package: `gcp` → `{ project, region }`. */
    providerConfig: (pkg: string) => Properties;
    emit: (event: EngineEvent) => void;
    /** How many steps run at a time. */
    parallel: number;
    /** The resources that the run is limited to. @default - all */
    targets?: Targets;
    /** The resources that are replaced even if nothing about them has changed. @default - none */
    replaces?: UrnPatterns;
    hooks?: RegisteredHooks;
    /** Cancels the run: steps that are under way end, and no new step begins. */
    signal?: AbortSignal;
}
