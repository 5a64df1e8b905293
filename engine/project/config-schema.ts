import { ProjectError } from "../errors";
import { configText, isMap, mapAt, type Yaml } from "./pulumi-yaml";
import type { ConfigValue } from "./types";

/** The type of a configuration value: `items` is that of a list's members. */
interface Type {
    type: string;
    items?: Type;
}

/** What `Pulumi.yaml` says of a key. https://www.pulumi.com/docs/iac/concepts/config/#project-level-configuration */
export interface KeySchema {
    /** As it stands in the file. */
    key: string;
    /** With its namespace. */
    qualified: string;
    type?: Type;
    secret: boolean;
    /** What every stack has that says nothing else. */
    value?: ConfigValue;
}

const TYPES = ["string", "integer", "boolean", "array", "object"];

/**
 * The `config` of `Pulumi.yaml`: a key without a namespace, or with the project's, may have a type and a default, one of
 * a provider has a value. Throws where one is given what it cannot have.
 */
export function schemaOf(project: string, entries: Record<string, Yaml>, where: string): KeySchema[] {
    return Object.entries(entries).map(([key, entry]) => {
        const at = `${where}.${key}`;
        const own = !key.includes(":") || key.startsWith(`${project}:`);
        const written = isMap(entry) ? entry : own ? { default: entry } : { value: entry };
        const { default: fallback = null, value = null } = written;
        const type = written["type"] === undefined ? undefined : typeOf(written, at);
        if (fallback !== null && value !== null) {
            throw new ProjectError(`${at} has both a default and a value`, { fix: "leave one out" });
        }
        if (!own && type !== undefined) {
            throw new ProjectError(`${at} is not a key of the project and cannot have a type`, {
                fix: "leave the type out",
            });
        }
        if (!own && value === null) {
            throw new ProjectError(
                fallback === null
                    ? `${at} is not a key of the project and must have a value; add value`
                    : `${at} is not a key of the project and cannot have a default; call it value`,
            );
        }
        if (type !== undefined && fallback !== null && !fits(type, fallback)) {
            throw new ProjectError(`${at}.default is ${configText(fallback)}, which is no ${nameOf(type)}`);
        }
        const secret = written["secret"] === true;
        const chosen = value ?? fallback;
        return {
            key,
            qualified: qualify(project, key),
            secret,
            ...(type !== undefined && { type }),
            ...(chosen !== null && { value: { ...configValue(chosen), ...(secret && { secret: true }) } }),
        };
    });
}

function typeOf(entry: Record<string, Yaml>, where: string): Type {
    const { type, items } = entry;
    if (typeof type !== "string" || !TYPES.includes(type)) {
        throw new ProjectError(`${where}.type is ${configText(type ?? null)}, expected one of ${TYPES.join(", ")}`);
    }
    if (type !== "array") {
        return { type };
    }
    if (items === undefined) {
        throw new ProjectError(`${where} is an array without items`, { fix: "add items with the type of its members" });
    }
    return { type, items: typeOf(mapAt(items, `${where}.items`), `${where}.items`) };
}

function nameOf({ type, items }: Type): string {
    return items === undefined ? type : `array<${nameOf(items)}>`;
}

function fits({ type, items }: Type, value: Yaml): boolean {
    if (type === "string") {
        return typeof value === "string";
    }
    if (type === "boolean") {
        return typeof value === "boolean" || value === "true" || value === "false";
    }
    if (type === "integer") {
        return typeof value === "string"
            ? /^[-+]?\d+$/.test(value)
            : typeof value === "bigint" || Number.isInteger(value);
    }
    if (type === "object") {
        return isMap(value);
    }
    return Array.isArray(value) && items !== undefined && value.every((member) => fits(items, member));
}

/** Throws, in Pulumi's words, where a stack lacks a value, or has one of another type or in the clear. */
export function validateConfig(stack: string, schema: KeySchema[], config: Record<string, ConfigValue>): void {
    const missing = schema.filter(({ qualified }) => !(qualified in config)).map(({ key }) => key);
    if (missing.length > 0) {
        const names = missing.map((key) => `'${key}'`);
        const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
        throw new ProjectError(
            `Stack '${stack}' is missing configuration ${missing.length === 1 ? "value" : "values"} ${list ?? ""}`,
            { fix: `set it in Pulumi.${stack}.yaml, or with --config ${missing[0] ?? ""}=VALUE` },
        );
    }
    for (const { key, qualified, type, secret } of schema) {
        const { value = "", object = false, secret: hidden = false } = config[qualified] ?? {};
        if (type === undefined) {
            continue;
        }
        if (secret && !hidden) {
            throw new ProjectError(
                `Stack '${stack}' with configuration key '${key}' must be encrypted as it's secret`,
                { fix: "set it again with pulumi config set --secret" },
            );
        }
        if (!fits(type, object ? (JSON.parse(value) as Yaml) : value)) {
            throw new ProjectError(
                `Stack '${stack}' with configuration key '${key}' must be of type '${nameOf(type)}'${hidden ? "" : `, and is ${value}`}`,
            );
        }
    }
}

/**
 * Configuration given beside the files, where a text is all that can be given: it is secret, or an object, where
 * `Pulumi.yaml` says that the key is.
 */
export function givenConfig(
    project: string,
    schema: KeySchema[],
    given: Record<string, string | ConfigValue>,
): Record<string, ConfigValue> {
    const known = new Map(schema.map((each) => [each.qualified, each]));
    return Object.fromEntries(
        Object.entries(given).map(([key, value]) => {
            const qualified = qualify(project, key);
            const { secret = false, type } = known.get(qualified) ?? {};
            if (typeof value !== "string") {
                return [qualified, value];
            }
            const object = (type?.type === "object" || type?.type === "array") && isJson(value);
            return [qualified, { value, ...(secret && { secret }), ...(object && { object }) }];
        }),
    );
}

function isJson(text: string): boolean {
    try {
        JSON.parse(text);
        return true;
    } catch {
        return false;
    }
}

/** A value of a file as programs are given it. */
export function configValue(value: Yaml): ConfigValue {
    return { value: configText(value), ...(value !== null && typeof value === "object" && { object: true }) };
}

/** `key` as programs look it up: `project:key` unless it names a namespace; `ns:config:key` is an old way to write one. */
export function qualify(project: string, key: string): string {
    return key.includes(":") ? key.replace(/^([^:]+):config:([^:]+)$/, "$1:$2") : `${project}:${key}`;
}
