import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { makePrivateFolder } from "../../common";
import { ProgramError, UnsupportedError } from "../errors";
import { childArguments, ownGroup, supervised } from "../processes";
import { mapAt, parseYaml, readRuntime } from "../project";

/** How the process of a package of components is started. */
export interface PluginLaunch {
    command: string;
    args: string[];
    /** Whether it is a process of Node that listens to the engine. */
    isNode: boolean;
    /** A file that is of no use after the run. */
    temporary?: string;
}

/**
 * The process of a package of components, in the language that its `PulumiPlugin.yaml` names, as Pulumi's language hosts start it:
 * https://www.pulumi.com/docs/iac/using-pulumi/extending-pulumi/build-a-component/. A package in Go is compiled before.
 *
 * @param address - where the engine listens
 * @throws ProjectError or UnsupportedError if the sandbox does not run packages of this language
 * @throws ProgramError if a package in Go does not compile
 */
export async function launchPlugin(folder: string, address: string, cacheDirectory: string): Promise<PluginLaunch> {
    const file = join(folder, "PulumiPlugin.yaml");
    const given = mapAt(parseYaml(file), file)["runtime"];
    const runtime = readRuntime(given, { root: folder, directory: folder, main: "." }, file);
    switch (runtime.name) {
        case "python":
            return { ...supervised(runtime.interpreter, ["-u", folder, address]), isNode: false };
        case "go": {
            if (runtime.binary !== undefined) {
                return { ...supervised(runtime.binary, [address]), isNode: false };
            }
            const temporary = join(makePrivateFolder(cacheDirectory), `plugin-${process.pid}-${(builds += 1)}`);
            await build(folder, temporary);
            return { ...supervised(temporary, [address]), isNode: false, temporary };
        }
        case "yaml":
            throw new UnsupportedError(
                `the package in ${folder} has components in YAML, which the sandbox does not run`,
                {
                    fix: "use the Pulumi CLI for this program: gcp-invoke sandbox exec -- pulumi up",
                },
            );
        case "nodejs": {
            const runner = createRequire(join(folder, "index.js")).resolve("@pulumi/pulumi/cmd/run-plugin");
            return { command: process.execPath, args: [...childArguments, runner, folder, address], isNode: true };
        }
    }
}

let builds = 0;

async function build(folder: string, to: string): Promise<void> {
    const child = spawn("go", ["build", "-o", to, "."], {
        cwd: folder,
        ...ownGroup,
        stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (text: Buffer) => (said += text.toString()));
    }
    const [code] = (await once(child, "close")) as [number | null];
    if (code !== 0) {
        throw new ProgramError(`the package in ${folder} does not compile:\n${said.trimEnd()}`);
    }
}
