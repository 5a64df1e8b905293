import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

import { parse } from "yaml";

import { nodeOptions, type NodeOptions } from "./node-options";
import { Crypter } from "./secrets";

/** A configuration value; objects and arrays stand as JSON text, as programs read them. */
export interface ConfigValue {
    value: string;
    secret?: boolean;
}

/** What `Pulumi.yaml` and `Pulumi.<stack>.yaml` say. */
export interface Project {
    name: string;
    /** The directory of `Pulumi.yaml`. */
    root: string;
    /** The directory in which the program runs, and its path from there. */
    directory: string;
    main: string;
    node: NodeOptions;
    config: Record<string, ConfigValue>;
    /** Keys that `Pulumi.yaml` gives a type and no value: every stack must set them. */
    required: string[];
    /** What the user should know of the project before it runs. */
    warnings: string[];
}

/** Where to find a program without a `Pulumi.yaml`, as tests may have it. */
const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml"];

/**
 * Reads a project as the Pulumi CLI does. https://www.pulumi.com/docs/iac/concepts/projects/project-file/
 * Throws where there is no project file, a name cannot be one, the runtime is not Node, or a value cannot be read.
 */
export async function readProject(
    directory: string,
    stack: string,
    environment: Record<string, string | undefined>,
): Promise<Project> {
    checkName("stack name", stack);
    const root = resolve(directory);
    const file = PROJECT_FILES.map((name) => join(root, name)).find((path) => existsSync(path));
    if (file === undefined) throw new Error(`no Pulumi.yaml in ${root}; name the directory of a Pulumi project`);
    const yaml = record(parseFile(file), file);
    const name = yaml["name"];
    if (typeof name !== "string" || name === "") throw new Error(`${file}: name is missing; add name: my-project`);
    checkName(`${file}: name`, name);
    const runtime =
        typeof yaml["runtime"] === "string" ? { name: yaml["runtime"] } : record(yaml["runtime"], `${file}: runtime`);
    if (runtime["name"] !== "nodejs") {
        throw new Error(
            `${file}: runtime is ${JSON.stringify(runtime["name"] ?? null)}, the sandbox runs nodejs; use the Pulumi CLI against the sandbox for other languages`,
        );
    }
    const options = record(runtime["options"] ?? {}, `${file}: runtime.options`);
    const config = record(yaml["config"] ?? {}, `${file}: config`);
    const place = locate(root, yaml["main"], file);
    return {
        name,
        root,
        ...place,
        node: nodeOptions(options, `${file}: runtime.options`),
        warnings: place.main === "." ? hijacked(place.directory, file) : [],
        config: {
            ...projectConfig(name, config),
            ...(await stackConfig(root, stack, name, environment)),
        },
        required: Object.entries(config).flatMap(([key, entry]) =>
            isRecord(entry) && "type" in entry && (entry["value"] ?? entry["default"]) === undefined
                ? [qualify(name, key)]
                : [],
        ),
    };
}

/**
 * Throws where a name is none that Pulumi takes for a stack or a project: names become names of files.
 * https://www.pulumi.com/docs/iac/concepts/stacks/#stack-naming
 */
export function checkName(what: string, name: string): void {
    if (!/^[\w.-]{1,100}$/.test(name) || /^\.+$/.test(name)) {
        throw new Error(
            `${what} is ${JSON.stringify(name)}; it may have up to 100 letters, digits, hyphens, underscores and periods`,
        );
    }
}

function parseFile(file: string): unknown {
    try {
        return parse(readFileSync(file, "utf8"));
    } catch (error) {
        throw new Error(`${file}: ${error instanceof Error ? error.message.trim() : String(error)}`, { cause: error });
    }
}

/** Pulumi runs a file from its own directory, and a directory as `.`. */
function locate(root: string, main: unknown, file: string): { directory: string; main: string } {
    if (main === undefined) return { directory: root, main: "." };
    if (typeof main !== "string") throw new Error(`${file}: main is not a path`);
    const path = resolve(root, main);
    if (!existsSync(path)) throw new Error(`${file}: main is ${main}, which does not exist in ${root}`);
    return statSync(path).isDirectory()
        ? { directory: path, main: "." }
        : { directory: dirname(path), main: basename(path) };
}

/**
 * A directory without a package.json of its own: Pulumi runs the main of the nearest one above, which is seldom what is
 * meant, and says nothing.
 */
function hijacked(directory: string, file: string): string[] {
    const own = (folder: string): string => join(folder, "package.json");
    let above = directory;
    while (!existsSync(own(above))) {
        if (dirname(above) === above) return [];
        above = dirname(above);
    }
    const { main, exports: offered } = record(parseFile(own(above)), own(above));
    if (above === directory || (main === undefined && offered === undefined)) return [];
    return [
        `${directory} has no package.json: as under Pulumi, what runs is the main of ${own(above)}; to run a program of this folder, name its file as main in ${file}`,
    ];
}

/** Values and defaults that `Pulumi.yaml` gives to every stack; a key without a namespace is the project's. */
function projectConfig(project: string, entries: Record<string, unknown>): Record<string, ConfigValue> {
    const config: Record<string, ConfigValue> = {};
    for (const [key, entry] of Object.entries(entries)) {
        const schema =
            isRecord(entry) && ("value" in entry || "default" in entry || "type" in entry) ? entry : { value: entry };
        const value = schema["value"] ?? schema["default"];
        if (value !== undefined) {
            config[qualify(project, key)] = { value: text(value), ...(schema["secret"] === true && { secret: true }) };
        }
    }
    return config;
}

async function stackConfig(
    root: string,
    stack: string,
    project: string,
    environment: Record<string, string | undefined>,
): Promise<Record<string, ConfigValue>> {
    const file = join(root, `Pulumi.${stack}.yaml`);
    if (!existsSync(file)) return {};
    const yaml = record(parseFile(file) ?? {}, file);
    const entries = Object.entries(record(yaml["config"] ?? {}, `${file}: config`));
    const salt = yaml["encryptionsalt"];
    const passphrase = environment["PULUMI_CONFIG_PASSPHRASE"];
    const secure = entries.filter(([, value]) => hasSecret(value));
    let crypter: Crypter | undefined;
    if (secure.length > 0) {
        if (typeof salt !== "string")
            throw new Error(`${file}: secrets without encryptionsalt; only secrets by passphrase can be read here`);
        if (passphrase === undefined)
            throw new Error(
                `${file}: ${secure.map(([key]) => key).join(", ")} is secret; set PULUMI_CONFIG_PASSPHRASE`,
            );
        crypter = await Crypter.open(passphrase, salt);
    }
    return Object.fromEntries(
        entries.map(([key, value]) => [
            qualify(project, key),
            crypter !== undefined && hasSecret(value)
                ? { value: text(reveal(value, crypter, `${file}: ${key}`)), secret: true }
                : { value: text(value) },
        ]),
    );
}

/** Whether a value is a secret, or an object or array with one in it, which is then secret as a whole. */
function hasSecret(value: unknown): boolean {
    if (value === null || typeof value !== "object") return false;
    return isSecure(value) || Object.values(value).some(hasSecret);
}

function isSecure(value: unknown): value is { secure: string } {
    return isRecord(value) && typeof value["secure"] === "string" && Object.keys(value).length === 1;
}

function reveal(value: unknown, crypter: Crypter, where: string): unknown {
    if (isSecure(value)) {
        try {
            return crypter.decrypt(value.secure);
        } catch {
            throw new Error(`${where}: the secret cannot be decrypted; set it again with pulumi config set --secret`);
        }
    }
    if (Array.isArray(value)) return value.map((member) => reveal(member, crypter, where));
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, reveal(member, crypter, where)]));
}

/** `key` as programs look it up: `project:key` unless it names a namespace. */
export function qualify(project: string, key: string): string {
    return key.includes(":") ? key : `${project}:${key}`;
}

function text(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return value !== null && typeof value === "object" && !Array.isArray(value);
}

function record(value: unknown, where: string): Record<string, unknown> {
    if (!isRecord(value)) throw new Error(`${where}: expected a map, found ${JSON.stringify(value ?? null)}`);
    return value;
}
