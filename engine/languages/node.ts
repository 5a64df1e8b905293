import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { ProgramError } from "../errors";
import { childArguments } from "../processes";
import type { Runtime } from "../project";
import type { Launch, ProgramOptions } from "./types";

/** How the SDK's own runner is started. It runs programs in YAML too. */
export function nodeLaunch(options: ProgramOptions, runtime: Runtime & { name: "nodejs" | "yaml" }): Launch {
    const { project, address } = options;
    const isYaml = runtime.name === "yaml";
    const nodeOptions = [...childArguments, ...(isYaml ? [] : runtime.arguments)];
    const script = isYaml ? ownRunner() : runner(project.directory);
    const args = [
        `--monitor=${address}`,
        `--engine=${address}`,
        "--organization=organization",
        `--project=${project.name}`,
        `--root-directory=${project.root}`,
        `--stack=${options.stack}`,
        `--pwd=${project.directory}`,
        `--parallel=${options.parallel}`,
        ...(options.dryRun ? ["--dry-run"] : []),
        isYaml ? join(__dirname, "..", "yaml", `program${extname(__filename)}`) : project.main,
    ];
    const environment: Record<string, string> = isYaml
        ? { PULUMI_YAML_FILE: runtime.file, PULUMI_YAML_PLUGINS: JSON.stringify(project.plugins) }
        : {
              PULUMI_NODEJS_TYPESCRIPT: String(runtime.typescript),
              ...(runtime.tsconfig !== undefined && { PULUMI_NODEJS_TSCONFIG_PATH: runtime.tsconfig }),
          };
    return {
        command: process.execPath,
        args: [...nodeOptions, script, ...args],
        environment,
        node: { options: nodeOptions, script, args, directory: project.directory },
    };
}

/** The runner of the SDK that the program uses; that of the engine's SDK if the program has none. */
function runner(directory: string): string {
    for (const from of [join(directory, "index.js"), __filename]) {
        try {
            return createRequire(from).resolve("@pulumi/pulumi/cmd/run");
        } catch {
            continue;
        }
    }
    throw new ProgramError(`no @pulumi/pulumi for the program in ${directory}`, { fix: "run npm install there" });
}

/** The runner of the engine's SDK, which runs programs in YAML. */
function ownRunner(): string {
    return createRequire(__filename).resolve("@pulumi/pulumi/cmd/run");
}
