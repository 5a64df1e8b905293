import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ConfigureRequest, type ConfigureResponse } from "@pulumi/pulumi/proto/provider_pb";
import { UnsupportedError } from "../errors";
import { KEEP_COMPILED, killGroup, ownGroup } from "../processes";
import { componentFolder } from "../project";
import { call, connect, type Done } from "../provider";
import { launchPlugin } from "./plugin-launch";

export interface PluginOptions {
    /** The program's folder: a plugin is looked for in the packages that are installed for it. */
    directory: string;
    /** The folders of plugins by the names of their packages, as `Pulumi.yaml` has them. */
    folders: Record<string, string>;
    environment: Record<string, string | undefined>;
    /** Where compiled code is kept between runs. */
    cacheDirectory: string;
    onOutput: (text: string) => void;
}

/**
 * The packages whose components this run makes in processes of their own, as Pulumi does for components of another language.
 * A package is a folder with `PulumiPlugin.yaml` (https://www.pulumi.com/docs/iac/using-pulumi/extending-pulumi/build-a-component/).
 */
export class Plugins {
    private readonly started = new Map<string, Promise<ResourceProviderClient>>();
    private readonly processes = new Set<ChildProcess>();
    /** Compiled packages, which are of no use after the run. */
    private readonly temporary: string[] = [];

    /** Where the engine listens, once it does. */
    address = "";

    constructor(private readonly options: PluginOptions) {}

    /**
     * The plugin of a package, which is started by the first call.
     * @throws UnsupportedError if it is not installed
     */
    async of(name: string): Promise<ResourceProviderClient> {
        const known = this.started.get(name) ?? this.start(name);
        this.started.set(name, known);
        return await known;
    }

    /** Whether there is a folder of components of this name. */
    has(name: string): boolean {
        const { directory, folders } = this.options;
        return componentFolder(name, directory, folders) !== undefined;
    }

    close(): void {
        for (const started of this.started.values()) {
            void started.then((client) => client.close()).catch(() => undefined);
        }
        for (const child of this.processes) {
            killGroup(child);
        }
        for (const file of this.temporary) {
            rmSync(file, { force: true });
        }
    }

    private async start(name: string): Promise<ResourceProviderClient> {
        const { directory, environment, cacheDirectory, onOutput } = this.options;
        const folder = this.folderOf(name);
        const { command, args, isNode, temporary } = await launchPlugin(folder, this.address, cacheDirectory);
        if (temporary !== undefined) {
            this.temporary.push(temporary);
        }
        const child = spawn(command, args, {
            cwd: directory,
            ...ownGroup,
            stdio: ["ignore", "pipe", "pipe", isNode ? "ipc" : "pipe"],
            env: { NODE_COMPILE_CACHE: cacheDirectory, ...process.env, ...environment },
        });
        this.processes.add(child);
        child.stderr?.on("data", (text: Buffer) => onOutput(text.toString()));
        const client = await connect(child, `the plugin ${name} in ${folder}`, onOutput);
        const request = new ConfigureRequest().setAcceptsecrets(true).setAcceptresources(true);
        await call((sent: ConfigureRequest, done: Done<ConfigureResponse>) => client.configure(sent, done), request);
        if (isNode) {
            // Node writes it when a process ends by itself, and `close` leaves no time for that.
            child.send(KEEP_COMPILED, () => undefined);
        }
        return client;
    }

    private folderOf(name: string): string {
        const { directory, folders } = this.options;
        const found = componentFolder(name, directory, folders);
        if (found !== undefined) {
            return found;
        }
        throw new UnsupportedError(
            `${name} is a package of components for other languages, and no folder of that name with a PulumiPlugin.yaml is installed for ${directory}`,
            {
                fix: `run npm install ${name} there, name its folder under packages in Pulumi.yaml, or run pulumi plugin install resource ${name}`,
            },
        );
    }
}
