import * as pulumi from "@pulumi/pulumi";
import type { Yaml } from "../project";
import { ProgramError } from "../errors";
import { isMap } from "./read";

/** What a value must be, and how this is said. */
interface Kind {
    what: string;
    fits: (value: unknown) => boolean;
}

const isResource = (value: unknown): boolean => pulumi.Resource.isInstance(value);
const isProvider = (value: unknown): boolean => value instanceof pulumi.ProviderResource;
const isText = (value: unknown): boolean => typeof value === "string";
const listOf =
    (fits: Kind["fits"]): Kind["fits"] =>
    (value) =>
        Array.isArray(value) && value.every(fits);

const BOOLEAN: Kind = { what: "true or false", fits: (value) => typeof value === "boolean" };
const TEXT: Kind = { what: "a text", fits: (value) => isText(value) || pulumi.Output.isInstance(value) };
const TEXTS: Kind = { what: "a list of texts", fits: listOf(isText) };
const RESOURCE: Kind = { what: "a resource, such as ${orders}", fits: isResource };
const RESOURCES: Kind = {
    what: 'a resource or a list of resources, such as ["${orders}"]',
    fits: (value) => isResource(value) || listOf(isResource)(value),
};

/** The options of a resource. https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/#resource-options */
const KINDS: Record<string, Kind> = {
    parent: RESOURCE,
    provider: { what: "a provider of the program, such as ${elsewhere}", fits: isProvider },
    providers: {
        what: "a list of providers of the program, or a map of them",
        fits: (value) =>
            isProvider(value) || listOf(isProvider)(Array.isArray(value) ? value : Object.values(value ?? {})),
    },
    dependsOn: RESOURCES,
    deletedWith: RESOURCE,
    replaceWith: RESOURCES,
    aliases: { what: "a list of URNs, or of maps such as { name: former }", fits: Array.isArray },
    protect: BOOLEAN,
    deleteBeforeReplace: BOOLEAN,
    ignoreChanges: TEXTS,
    replaceOnChanges: TEXTS,
    replacementTrigger: { what: "a value", fits: (value) => value !== null },
    retainOnDelete: BOOLEAN,
    additionalSecretOutputs: TEXTS,
    customTimeouts: {
        what: "a map of create, update and delete to texts such as 5m",
        fits: (value) =>
            isMap(value as Yaml) &&
            hasOnly(value as object, ["create", "update", "delete", "read"]) &&
            listOf(isText)(Object.values(value as object)),
    },
    hideDiffs: TEXTS,
    import: TEXT,
    version: TEXT,
    pluginDownloadURL: TEXT,
};

const ALIAS = ["urn", "name", "type", "stack", "project", "parent", "noParent"];

/** @throws ProgramError which names the option that the sandbox does not know, or that has a wrong value */
export function resourceOptions(
    given: Record<string, Yaml>,
    evaluate: (value: Yaml, place: string) => unknown,
    place: string,
): pulumi.CustomResourceOptions {
    const options = Object.entries(given).map(([key, value]) => {
        const kind = KINDS[key];
        if (kind === undefined) {
            throw new ProgramError(`${place} has ${key}, which the sandbox does not know`, {
                fix: `use the Pulumi CLI, or one of ${Object.keys(KINDS).join(", ")}`,
            });
        }
        const known = evaluate(value, `${place}.${key}`);
        if (!kind.fits(known)) {
            throw new ProgramError(`${place}.${key} must be ${kind.what}`);
        }
        return [
            key,
            key === "aliases"
                ? (known as unknown[]).map((each, index) => alias(each, `${place}.${key}[${index}]`))
                : known,
        ];
    });
    return Object.fromEntries(options) as pulumi.CustomResourceOptions;
}

function alias(value: unknown, place: string): unknown {
    if (isText(value) || pulumi.Output.isInstance(value)) {
        return value;
    }
    if (!isMap(value as Yaml) || !hasOnly(value as object, ALIAS)) {
        throw new ProgramError(`${place} must be a URN, or a map of ${ALIAS.join(", ")}`);
    }
    const { urn, noParent, ...spec } = value as Record<string, unknown>;
    // For the SDK, a parent that is undefined means that there was none.
    return urn ?? { ...spec, ...(noParent === true && { parent: pulumi.rootStackResource }) };
}

function hasOnly(map: object, keys: string[]): boolean {
    return Object.keys(map).every((key) => keys.includes(key));
}
