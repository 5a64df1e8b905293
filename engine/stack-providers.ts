import { readdirSync } from "node:fs";
import { join } from "node:path";

import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";

import { ProviderError } from "./errors";
import type { ConfigValue, Project } from "./project";
import {
    builtInProvider,
    dynamicProvider,
    gcpProvider,
    localProviders,
    keptAnyProvider,
    Parameterizations,
    type Provider,
    ProviderPlugins,
} from "./provider";
import { providerSettings } from "./provider-settings";
import type { StackOptions } from "./stack-options";
import { type Crypter, StateFile } from "./state";
import { stateName } from "./state-name";
import { plainProperties, type Properties, STACK_TYPE } from "./values";

/** The providers of a stack's resources. Some of them have processes. */
export interface StackProviders {
    /** The provider of a resource type or function, or `undefined` if none knows it. */
    find(type: string): Provider | undefined;
    /** The packages that a plugin of another package serves. */
    parameterizations: Parameterizations;
    /** Whether the plugin of a package is installed. */
    isInstalled(pkg: string): boolean;
    /** The installed plugin of a type's package with these settings, or `undefined` if there is none. */
    pluginOf(type: string, settings: Properties): Promise<ResourceProviderClient> | undefined;
    /** Ends their processes. */
    close(): void;
}

export function stackProviders(
    options: StackOptions,
    project: Project,
    stack: string,
    config: Record<string, ConfigValue>,
    crypter: Crypter,
    state: StateFile,
): StackProviders {
    const { stateDirectory, environment = {}, request } = options;
    /** The outputs of a stack by its reference: `stack`, `project/stack` or `organization/project/stack`. */
    const outputsOfReference = (reference: string): Properties | undefined => {
        const [name = "", owner = project.name] = reference.split("/").reverse();
        const file = stateName(owner, name);
        const exists = readdirSync(stateDirectory).includes(file);
        return exists ? outputsOf(new StateFile(join(stateDirectory, file), crypter)) : undefined;
    };
    const dynamic = dynamicProvider({
        directory: project.directory,
        environment,
        project: project.name,
        stack,
        config: () => plainProperties(providerSettings(config, "pulumi-nodejs")),
    });
    const rules = options.resources ?? {};
    const own = [builtInProvider(outputsOfReference), gcpProvider(request, rules), ...localProviders()];
    const parameterizations = new Parameterizations(() => state.snapshot);
    const plugins = new ProviderPlugins({
        named: project.plugins,
        directory: project.root,
        environment,
        inPlaceOfOwn: rules.plugin === true ? ["gcp"] : [],
        parameterizations,
    });
    if (rules.plugin === true && plugins.fileOf("gcp") === undefined) {
        throw new ProviderError("no plugin of Google's provider is installed, and --provider plugin asks for it", {
            fix: "run `pulumi plugin install resource gcp`, or leave the option out",
        });
    }
    const all = [...own, dynamic, keptAnyProvider(rules)];
    return {
        // A plugin that is installed answers in place of what the engine computes itself.
        find: (type) => plugins.of(type) ?? all.find((provider) => provider.knows(type)),
        parameterizations,
        isInstalled: (pkg) => plugins.fileOf(pkg) !== undefined,
        pluginOf: (type, settings) => plugins.of(type)?.client(settings),
        close: () => {
            dynamic.close();
            plugins.close();
        },
    };
}

/** The outputs that a stack had after its last update. */
export function outputsOf({ snapshot }: StateFile): Properties {
    return [...snapshot.resources.values()].find(({ type }) => type === STACK_TYPE)?.outputs ?? {};
}
