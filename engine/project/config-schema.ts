import { defined } from "../../common";
import { ProjectError } from "../errors";
import type { ConfigValue } from "./config-value";
import { configText, isMap, mapAt, type Yaml } from "./pulumi-yaml";

/** The type of a configuration value. `items` is the type of the members of an array. */
interface Type {
    type: string;
    items?: Type;
}

/** What `Pulumi.yaml` says of a key. https://www.pulumi.com/docs/iac/concepts/config/#project-level-configuration */
export interface KeySchema {
    /** The key as it is written in the file. */
    key: string;
    /** The key with its namespace. */
    qualified: string;
    type?: Type;
    secret: boolean;
    /** The value that every stack has that does not set another one. */
    value?: ConfigValue;
}

const TYPES = ["string", "integer", "boolean", "array", "object"];

/**
 * Reads `config` of `Pulumi.yaml`. A key of the project may have a type and a default, and a key of a provider has a value.
 * Throws if a key has anything else.
 */
export function schemaOf(project: string, entries: Record<string, Yaml>, where: string): KeySchema[] {
    return Object.entries(entries).map(([key, entry]) => {
        const at = `${where}.${key}`;
        const own = !key.includes(":") || key.startsWith(`${project}:`);
        const written = isMap(entry) ? entry : own ? { default: entry } : { value: entry };
        const { default: fallback = null, value = null } = written;
        const type = written["type"] === undefined ? undefined : parseType(written, at);
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
        if (type !== undefined && fallback !== null && !isOfType(type, fallback)) {
            throw new ProjectError(`${at}.default is ${configText(fallback)}, which is no ${typeName(type)}`);
        }
        const secret = written["secret"] === true;
        const chosen = value ?? fallback;
        return {
            key,
            qualified: qualify(project, key),
            secret,
            ...defined({ type }),
            ...(chosen !== null && { value: { ...configValue(chosen), ...(secret && { secret: true }) } }),
        };
    });
}

function parseType(entry: Record<string, Yaml>, where: string): Type {
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
    return { type, items: parseType(mapAt(items, `${where}.items`), `${where}.items`) };
}

function typeName({ type, items }: Type): string {
    return items === undefined ? type : `array<${typeName(items)}>`;
}

function isOfType({ type, items }: Type, value: Yaml): boolean {
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
    return Array.isArray(value) && items !== undefined && value.every((member) => isOfType(items, member));
}

/** Throws, with Pulumi's message, if a stack lacks a value, or has one of a wrong type, or a secret in the clear. */
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
        const { value = "", object = false, secret: isSecret = false } = config[qualified] ?? {};
        if (type === undefined) {
            continue;
        }
        if (secret && !isSecret) {
            throw new ProjectError(
                `Stack '${stack}' with configuration key '${key}' must be encrypted as it's secret`,
                { fix: `set it again with gcp-invoke sandbox config set ${key} --secret --stack ${stack}` },
            );
        }
        if (!isOfType(type, object ? (JSON.parse(value) as Yaml) : value)) {
            throw new ProjectError(
                `Stack '${stack}' with configuration key '${key}' must be of type '${typeName(type)}'${isSecret ? "" : `, and is ${value}`}`,
            );
        }
    }
}

/**
 * Configuration that is given without a file, and therefore as text. A value is secret, or an object, if `Pulumi.yaml`
 * says so of its key.
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

/** A value of a file as programs get it. */
export function configValue(value: Yaml): ConfigValue {
    return { value: configText(value), ...(value !== null && typeof value === "object" && { object: true }) };
}

/** A key as programs look it up: `project:key`, or `namespace:key`, which may also be written `namespace:config:key`. */
export function qualify(project: string, key: string): string {
    return key.includes(":") ? key.replace(/^([^:]+):config:([^:]+)$/, "$1:$2") : `${project}:${key}`;
}
