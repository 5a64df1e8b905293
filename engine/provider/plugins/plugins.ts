import { packageOf } from "../../values";
import type { Provider } from "../types";
import { findPlugin } from "./find";
import { type PluginOptions, pluginProvider } from "./plugin";

/** What the plugins of a stack need, and which ones its project names. */
export interface PluginsOptions extends Pick<PluginOptions, "directory" | "environment"> {
    /** The paths that the project names, by package. */
    named: Record<string, string>;
    /** The settings of a package's default provider. */
    config: (pkg: string) => PluginOptions["config"];
}

/** The plugins that are installed on this machine, each started when a resource of its package is registered. */
export class ProviderPlugins {
    private readonly found = new Map<string, (Provider & { close(): void }) | undefined>();

    constructor(private readonly options: PluginsOptions) {}

    /** The provider of a resource type or function, or `undefined` if no plugin of its package is installed. */
    of(type: string): Provider | undefined {
        const pkg = packageOf(type);
        if (!this.found.has(pkg)) {
            const { named, directory, environment, config } = this.options;
            const file = findPlugin(pkg, named, { ...process.env, ...environment });
            const made = file && pluginProvider({ pkg, file, directory, environment, config: config(pkg) });
            this.found.set(pkg, made === "" ? undefined : made);
        }
        return this.found.get(pkg);
    }

    /** Ends the processes of all plugins. They start again when they are asked again. */
    close(): void {
        this.found.forEach((plugin) => plugin?.close());
    }
}
