import { defined } from "../../../common";
import { packageOf } from "../../values";
import { findPlugin } from "./find";
import type { Parameterizations } from "./parameterizations";
import { type PluginProvider, pluginProvider } from "./plugin";
import type { PluginOptions } from "./processes";

/** What the plugins of a stack need, and which ones its project names. */
export interface PluginsOptions extends Pick<PluginOptions, "directory" | "environment"> {
    /** The paths that the project names, by package. */
    named: Record<string, string>;
    /** Packages that the engine serves itself, and for which the plugin is used all the same. */
    inPlaceOfOwn: readonly string[];
    parameterizations: Parameterizations;
}

/** The plugins that are installed on this machine, each started when a resource of its package is registered. */
export class ProviderPlugins {
    private readonly found = new Map<string, PluginProvider | undefined>();

    constructor(private readonly options: PluginsOptions) {}

    /** The provider of a resource type or function, or `undefined` if no plugin of its package is installed. */
    of(type: string): PluginProvider | undefined {
        const pkg = packageOf(type);
        const parameterization = this.options.parameterizations.of(pkg);
        const key = JSON.stringify([pkg, parameterization]);
        if (!this.found.has(key)) {
            const { directory, environment } = this.options;
            const file = this.fileOf(parameterization?.base ?? pkg);
            const made =
                file && pluginProvider({ pkg, file, directory, environment, ...defined({ parameterization }) });
            this.found.set(key, made === "" ? undefined : made);
        }
        return this.found.get(key);
    }

    /** The file of a package's plugin, or `undefined` if none is installed. */
    fileOf(pkg: string): string | undefined {
        const { named, environment, inPlaceOfOwn } = this.options;
        return findPlugin(pkg, named, { ...process.env, ...environment }, inPlaceOfOwn);
    }

    /** Ends the processes of all plugins. They start again when they are asked again. */
    close(): void {
        this.found.forEach((plugin) => plugin?.close());
    }
}
