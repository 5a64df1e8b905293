import { join } from "node:path";
import { makePrivateFolder } from "../../common";
import { supervised } from "../processes";
import { nodeLaunch } from "./node";
import type { Launch, ProgramOptions } from "./types";

/** How a program of any language is started: with the language's own SDK, as Pulumi's language hosts do. */
export function launchOf(options: ProgramOptions): Launch {
    const { project, cacheDirectory } = options;
    const { runtime, main } = project;
    switch (runtime.name) {
        case "nodejs":
        case "yaml":
            return nodeLaunch(options, runtime);
        case "python":
            return {
                command: runtime.interpreter,
                args: ["-u", join(__dirname, "run.py"), main],
                environment: described(options),
            };
        case "go": {
            const environment = described(options);
            if (runtime.binary !== undefined) {
                return { ...supervised(runtime.binary), environment };
            }
            // A preview and the update after it are started at the same time.
            const temporary = join(makePrivateFolder(cacheDirectory), `go-${process.pid}-${(builds += 1)}`);
            const build = { command: "go", args: ["build", "-o", temporary, main] };
            return { ...supervised(temporary), environment, build, temporary };
        }
    }
}

let builds = 0;

/** What the SDKs of Python and Go read from the environment. */
function described({ project, stack, dryRun, parallel, address }: ProgramOptions): Record<string, string> {
    return {
        PULUMI_ORGANIZATION: "organization",
        PULUMI_PROJECT: project.name,
        PULUMI_ROOT_DIRECTORY: project.root,
        PULUMI_STACK: stack,
        PULUMI_DRY_RUN: String(dryRun),
        PULUMI_PARALLEL: String(parallel),
        PULUMI_MONITOR: address,
        PULUMI_ENGINE: address,
    };
}
