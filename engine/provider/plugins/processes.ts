import { type ChildProcess, spawn } from "node:child_process";

import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
    ConfigureRequest,
    type ConfigureResponse,
    ParameterizeRequest,
    type ParameterizeResponse,
} from "@pulumi/pulumi/proto/provider_pb";

import { ownGroup } from "../../processes";
import { toStruct } from "../../protocol";
import { asText, type Properties } from "../../values";
import { call, connect, type Done } from "../plugin-process";
import { pluginHost } from "./host";
import type { Parameterization } from "./parameterizations";

export interface PluginOptions {
    /** The package, such as `random`. */
    pkg: string;
    /** The executable file. */
    file: string;
    directory: string;
    environment: Record<string, string | undefined>;
    /** What the plugin is told first, if it serves this package only then. */
    parameterization?: Parameterization;
}

/** A plugin that runs and has its settings. */
interface Started {
    client: ResourceProviderClient;
    /** Whether the plugin says what a creation or an update would do. */
    previews: boolean;
}

/** The processes of one plugin: one for each provider of the program, as each has settings of its own. */
export class PluginProcesses {
    private readonly running = new Map<string, Promise<Started>>();
    private readonly ends: (() => void)[] = [];

    constructor(private readonly options: PluginOptions) {}

    /** The process with these settings, which the first call starts. */
    async of(config: Properties): Promise<Started> {
        const key = JSON.stringify(config);
        const known = this.running.get(key) ?? this.start(config);
        this.running.set(key, known);
        return await known;
    }

    /** Ends all processes. They start again when they are asked again. */
    close(): void {
        for (const started of this.running.values()) {
            void started.then(({ client }) => client.close()).catch(() => undefined);
        }
        this.running.clear();
        this.ends.splice(0).forEach((end) => end());
    }

    private async start(config: Properties): Promise<Started> {
        const { pkg, file, directory, environment, parameterization } = this.options;
        const host = await pluginHost();
        this.ends.push(host.close);
        const child: ChildProcess = spawn(file, [host.address], {
            cwd: directory,
            ...ownGroup,
            stdio: ["ignore", "pipe", "inherit"],
            env: { ...process.env, ...environment },
        });
        this.ends.push(() => child.kill("SIGKILL"));
        const client = await connect(child, `the plugin ${file}`);
        if (parameterization !== undefined) {
            const { version, value } = parameterization;
            const given = new ParameterizeRequest.ParametersValue().setName(pkg).setVersion(version).setValue(value);
            await call(
                (sent: ParameterizeRequest, done: Done<ParameterizeResponse>) => client.parameterize(sent, done),
                new ParameterizeRequest().setValue(given),
            );
        }
        const request = new ConfigureRequest().setAcceptsecrets(false).setArgs(toStruct(config));
        for (const [key, value] of Object.entries(config)) {
            request.getVariablesMap().set(`${pkg}:config:${key}`, asText(value));
        }
        const response = await call(
            (sent: ConfigureRequest, done: Done<ConfigureResponse>) => client.configure(sent, done),
            request,
        );
        return { client, previews: response.getSupportspreview() };
    }
}
