import { mapAt, parseYaml, type Yaml } from "../project";
import { ProgramError } from "../errors";

/** A resource of a program. */
export interface ResourceSpec {
    type: string;
    /** The name in Pulumi, if it differs from the key. */
    name?: string;
    properties: Record<string, Yaml>;
    options: Record<string, Yaml>;
    /** What is read in place of being made. */
    get?: { id: Yaml; state: Record<string, Yaml> };
    isDefaultProvider: boolean;
}

/** What a file says. */
export interface ProgramSpec {
    file: string;
    config: Record<string, Record<string, Yaml>>;
    variables: Record<string, Yaml>;
    resources: Record<string, ResourceSpec>;
    outputs: Record<string, Yaml>;
}

const SECTIONS = ["config", "configuration", "variables", "resources", "outputs"];
/** What the file of a project has beside its program. */
const PROJECT = [
    "name",
    "runtime",
    "description",
    "main",
    "packages",
    "plugins",
    "template",
    "options",
    "backend",
    "author",
    "website",
    "license",
    "stackConfigDir",
    "pulumi",
];
const PARTS = ["type", "name", "properties", "options", "get", "defaultProvider"];

/** @throws ProgramError if the file says what this engine would not do */
export function readProgram(file: string): ProgramSpec {
    const yaml = mapAt(parseYaml(file), file);
    refuseUnknown(yaml, [...SECTIONS, ...PROJECT], file);
    const section = (name: string): Record<string, Yaml> => mapAt(yaml[name] ?? {}, `${file}: ${name}`);
    const config = Object.entries({ ...section("configuration"), ...section("config") });
    const resources = Object.entries(section("resources")).map(
        ([key, value]) =>
            [key, readResource(mapAt(value, `${file}: resources.${key}`), `${file}: resources.${key}`)] as const,
    );
    return {
        file,
        config: Object.fromEntries(config.map(([key, value]) => [key, isMap(value) ? value : { default: value }])),
        variables: section("variables"),
        resources: Object.fromEntries(resources),
        outputs: section("outputs"),
    };
}

function readResource(yaml: Record<string, Yaml>, place: string): ResourceSpec {
    refuseUnknown(yaml, PARTS, place);
    const { type, name, properties = {}, options = {}, get, defaultProvider = false } = yaml;
    if (typeof type !== "string") {
        throw new ProgramError(`${place} has no type`, { fix: "add one, such as type: gcp:storage:Bucket" });
    }
    const from = get === undefined ? undefined : mapAt(get, `${place}.get`);
    return {
        type,
        ...(typeof name === "string" && { name }),
        properties: mapAt(properties, `${place}.properties`),
        options: mapAt(options, `${place}.options`),
        ...(from !== undefined && {
            get: { id: from["id"] ?? null, state: mapAt(from["state"] ?? {}, `${place}.get.state`) },
        }),
        isDefaultProvider: defaultProvider === true,
    };
}

function refuseUnknown(yaml: Record<string, Yaml>, known: string[], place: string): void {
    const other = Object.keys(yaml).find((key) => !known.includes(key));
    if (other !== undefined) {
        throw new ProgramError(`${place} has ${other}, which the sandbox does not know`, {
            fix: `use one of ${known.join(", ")}, or run the program with the Pulumi CLI: gcp-invoke sandbox exec -- pulumi up`,
        });
    }
}

export function isMap(value: Yaml | undefined): value is Record<string, Yaml> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
