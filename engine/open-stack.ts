import { dirname, join } from "node:path";

import { StackError } from "./errors";
import { inlineProject } from "./program";
import { checkName, givenConfig, type Project, readProject } from "./project";
import { Stack } from "./stack";
import type { StackOptions } from "./stack-options";
import { Crypter, type Exported, KEY_FILE, StateFile } from "./state";

/** Opens a stack: reads its project, configuration and state. Throws if one of these cannot be read. */
export async function openStack(options: StackOptions): Promise<Stack> {
    const stack = options.stack ?? "dev";
    const project = await openProject(options, stack);
    const crypter = await keyOf(options.stateDirectory);
    const defaults = Object.entries(options.defaults ?? {}).map(([key, value]) => [key, { value }] as const);
    const given = givenConfig(project.name, project.schema, options.config ?? {});
    const config = { ...Object.fromEntries(defaults), ...project.config, ...given };
    return new Stack(options, project, stack, config, crypter);
}

const keyOf = (stateDirectory: string): Promise<Crypter> => Crypter.ofFile(join(stateDirectory, KEY_FILE));

/** What the file of a stack's state holds, with secrets in the clear. @throws StateError naming the file that is damaged */
export async function revealState(file: string): Promise<Exported> {
    return new StateFile(file, await keyOf(dirname(file))).export(true);
}

async function openProject(options: StackOptions, stack: string): Promise<Project> {
    if (options.program !== undefined) {
        checkName("stack name", stack);
        checkName("project name", options.project ?? "inline");
        return inlineProject(options.project ?? "inline");
    }
    if (options.directory === undefined) {
        throw new StackError("no program", { fix: "give a directory or a program" });
    }
    const environment = { ...process.env, ...options.environment };
    return await readProject(options.directory, stack, environment, options.configFile);
}
