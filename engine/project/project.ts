import { existsSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";

import { ProjectError } from "../errors";
import { type KeySchema, schemaOf } from "./config-schema";
import type { ConfigValue } from "./config-value";
import { configText, mapAt, parseYaml, type Yaml } from "./pulumi-yaml";
import { readRuntime, type Runtime } from "./runtime";
import { readStackConfig } from "./stack-config";

/** A project: what `Pulumi.yaml` and `Pulumi.<stack>.yaml` say. */
export interface Project {
    name: string;
    /** The path of `Pulumi.yaml`. */
    file: string;
    /** The directory of `Pulumi.yaml`. */
    root: string;
    /** The directory in which the program runs. */
    directory: string;
    /** The path of the program in {@link directory}. */
    main: string;
    /** What runs the program. */
    runtime: Runtime;
    config: Record<string, ConfigValue>;
    /** The file with the stack's own configuration, which need not exist. */
    configFile: string;
    /** The configuration keys that `Pulumi.yaml` describes. Every stack must set those without a value. */
    schema: KeySchema[];
    /** Whether `options.refresh` is `always`: every preview, update and destroy then reads all resources again first. */
    refresh: boolean;
    /** The folders of components of other packages, by the names of those: `packages` in `Pulumi.yaml`. */
    plugins: Record<string, string>;
    /** Messages to the user about the project. */
    warnings: string[];
}

/** The names that the file of a project may have. */
const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml"];

/**
 * Reads a project as the Pulumi CLI does. https://www.pulumi.com/docs/iac/concepts/projects/project-file/
 * Throws if there is no project file, a name is not valid, nothing here runs its language, or a value cannot be read.
 *
 * @param configFile - the file with the stack's configuration, in place of `Pulumi.<stack>.yaml`
 */
export async function readProject(
    directory: string,
    stack: string,
    environment: Record<string, string | undefined>,
    configFile?: string,
): Promise<Project> {
    checkName("stack name", stack);
    const root = resolve(directory);
    const file = PROJECT_FILES.map((name) => join(root, name)).find((path) => existsSync(path));
    if (file === undefined) {
        throw new ProjectError(`no Pulumi.yaml in ${root}`, { fix: "name the directory of a Pulumi project" });
    }
    const yaml = mapAt(parseYaml(file), file);
    const name = yaml["name"];
    if (typeof name !== "string" || name === "") {
        throw new ProjectError(`${file}: name is missing`, { fix: "add name: my-project" });
    }
    checkName(`${file}: name`, name);
    // If `config` is a text, it is an older name of stackConfigDir.
    const { config, stackConfigDir = typeof config === "string" ? config : "." } = yaml;
    const entries = typeof config === "string" ? {} : mapAt(config ?? {}, `${file}: config`);
    const schema = schemaOf(name, entries, `${file}: config`);
    const { refresh } = mapAt(yaml["options"] ?? {}, `${file}: options`);
    const ownFile = join(root, configText(stackConfigDir), `Pulumi.${stack}${extname(file)}`);
    if (configFile !== undefined && !existsSync(configFile)) {
        throw new ProjectError(`${configFile} does not exist`, { fix: "name the file with the stack's configuration" });
    }
    const stackFile = configFile ?? ownFile;
    const own = await readStackConfig(stackFile, name, environment);
    const place = locate(root, yaml["main"], file);
    const runtime = readRuntime(yaml["runtime"], { root, ...place }, file);
    const defaults = schema.flatMap(({ qualified, value }) =>
        value === undefined ? [] : [[qualified, value] as const],
    );
    return {
        name,
        file,
        root,
        ...place,
        runtime,
        warnings: own.warnings,
        config: { ...Object.fromEntries(defaults), ...own.config },
        configFile: stackFile,
        schema,
        plugins: pluginFolders(root, yaml, file),
        refresh: refresh === "always",
    };
}

/**
 * The folders that `packages` and `plugins.providers` name. A package of a registry has no folder; it is installed elsewhere.
 * https://www.pulumi.com/docs/iac/concepts/projects/project-file/
 */
function pluginFolders(root: string, yaml: Record<string, Yaml>, file: string): Record<string, string> {
    const packages = Object.entries(mapAt(yaml["packages"] ?? {}, `${file}: packages`));
    const { providers = [] } = mapAt(yaml["plugins"] ?? {}, `${file}: plugins`);
    const listed = (Array.isArray(providers) ? providers : []).map((each) => mapAt(each, `${file}: plugins.providers`));
    const named = [...packages, ...listed.map(({ name = "", path = "" }) => [configText(name), path] as const)];
    return Object.fromEntries(
        named.flatMap(([name, folder]) => (typeof folder === "string" ? [[name, resolve(root, folder)]] : [])),
    );
}

/**
 * Throws if a name is not valid for a stack or a project. Names become parts of file names.
 * https://www.pulumi.com/docs/iac/concepts/stacks/#stack-naming
 */
export function checkName(what: string, name: string): void {
    if (!/^[\w.-]{1,100}$/.test(name) || /^\.+$/.test(name)) {
        throw new ProjectError(`${what} is ${JSON.stringify(name)}`, {
            fix: "it may have up to 100 letters, digits, hyphens, underscores and periods",
        });
    }
}

/** Where the program of a project runs. Pulumi runs a file in its own directory, and a directory as `.`. */
function locate(root: string, main: Yaml | undefined, file: string): { directory: string; main: string } {
    if (main === undefined) {
        return { directory: root, main: "." };
    }
    if (typeof main !== "string") {
        throw new ProjectError(`${file}: main is not a path`, {
            fix: "write the path of the program's file or folder",
        });
    }
    const path = resolve(root, main);
    if (!existsSync(path)) {
        throw new ProjectError(`${file}: main is ${main}, which does not exist in ${root}`, {
            fix: "correct main, or take it out if the program is in that folder",
        });
    }
    return statSync(path).isDirectory()
        ? { directory: path, main: "." }
        : { directory: dirname(path), main: basename(path) };
}
