import { createHash } from "node:crypto";

import { asText, isObject, type Properties, UNKNOWN, type Value } from "../values";
import { checkInputs, fillTemplate, type InputRules, matchTemplate, withLocation } from "./inputs";
import type { Kept, ProviderResource } from "./resource";
import type { PropertySchema, ResourceSchema, TypeSchema } from "./schema";
import { objectSchema } from "./schema";
import { labelOutputs, planned } from "./transcode";
import type { Subject } from "./types";

/**
 * A resource type that the sandbox only keeps: its inputs are checked by the provider's schema, and its outputs look as
 * Google's would, but nothing stands behind it. The state of the stack is the only place that knows the resource.
 */
export class KeptResource implements ProviderResource {
    readonly rules: InputRules;
    readonly nameProperty: string | undefined;
    readonly deleteBeforeReplace = false;
    readonly readById = true;

    /** @param idTemplate - the id, with the names of inputs in braces; empty if Google Cloud chooses it */
    constructor(
        readonly token: string,
        readonly schema: ResourceSchema,
        private readonly idTemplate: string,
    ) {
        const { name } = schema.inputs;
        // Pulumi's bridge names a resource if Terraform requires its name, and then the name is optional for programs.
        const isNamed = name?.computed === true && name.type.kind === "string";
        this.rules = isNamed ? { autoName: { property: "name", maximum: 63 } } : {};
        this.nameProperty = isNamed ? "name" : undefined;
    }

    plan(subject: Subject, inputs: Properties, old?: Kept): Properties {
        const filled = withLocation(inputs, this.schema, subject.config);
        return {
            ...planned(filled, this.schema, old),
            ...labelOutputs(filled, this.schema, subject.config),
            id: old?.outputs["id"] ?? UNKNOWN,
        };
    }

    identify(): undefined {
        return undefined;
    }

    create(subject: Subject, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
        const filled = withLocation(inputs, this.schema, subject.config);
        const id = fillTemplate(this.idTemplate, filled) ?? `${subject.name}-${digest(subject.urn).slice(0, 16)}`;
        return Promise.resolve({ id, outputs: this.outputs(subject, id, filled) });
    }

    update(subject: Subject, id: string, inputs: Properties, old: Kept): Promise<Properties> {
        return Promise.resolve(this.outputs(subject, id, withLocation(inputs, this.schema, subject.config), old));
    }

    /** As nothing is behind the resource, it is as the state says, or as the program says that imports or reads it. */
    read(subject: Subject, id: string, inputs: Properties, known?: Kept): Promise<Properties> {
        if (known !== undefined && Object.keys(known.outputs).length > 0) {
            return Promise.resolve(known.outputs);
        }
        const named = { ...matchTemplate(this.idTemplate, id), ...inputs };
        return Promise.resolve(this.outputs(subject, id, withLocation(named, this.schema, subject.config)));
    }

    /** What the program gives is all that is known of a resource that it imports, and the name that the id has. */
    adopt(subject: Subject, id: string, given: Properties): { inputs: Properties; outputs: Properties } {
        const named = matchTemplate(this.idTemplate, id);
        const { inputs } = checkInputs(subject, {}, given, this.schema, {});
        const name = this.nameProperty;
        if (name !== undefined && given[name] === undefined) {
            inputs[name] = named[name] ?? id.slice(id.lastIndexOf("/") + 1);
            inputs["__defaults"] = [name];
        }
        const filled = withLocation({ ...named, ...given }, this.schema, subject.config);
        return { inputs, outputs: this.outputs(subject, id, filled) };
    }

    delete(): Promise<void> {
        return Promise.resolve();
    }

    /** What a preview shows, with values in place of what Google Cloud would set. */
    private outputs(subject: Subject, id: string, inputs: Properties, old?: Kept): Properties {
        const properties = { ...this.schema.inputs, ...this.schema.outputs };
        const place: Place = { id, seed: `${subject.urn} ${id}`, inputs };
        return {
            ...settled(planned(inputs, this.schema, old), properties, place),
            ...labelOutputs(inputs, this.schema, subject.config),
            id,
        };
    }
}

interface Place {
    id: string;
    seed: string;
    inputs: Properties;
}

/** Properties with a value in place of each that is not known yet. */
function settled(outputs: Properties, schema: Record<string, PropertySchema>, place: Place): Properties {
    return Object.fromEntries(
        Object.entries(outputs).map(([key, value]) => [key, settledValue(key, value, schema[key]?.type, place)]),
    );
}

function settledValue(key: string, value: Value, type: TypeSchema | undefined, place: Place): Value {
    if (type === undefined) {
        return value;
    }
    if (value === UNKNOWN) {
        return plausible(key, type, place, 0);
    }
    if (type.kind === "list" && Array.isArray(value)) {
        return value.map((member) => settledValue(key, member, type.of, place));
    }
    return type.kind === "object" && isObject(value) ? settled(value, objectSchema(type.name), place) : value;
}

/** A value in the shape that Google Cloud gives to a property of this name. */
function plausible(key: string, type: TypeSchema, place: Place, depth: number): Value {
    switch (type.kind) {
        case "string":
            return textOf(key, place);
        case "boolean":
            return false;
        case "number":
            return /port$/i.test(key) ? 443 : 1;
        case "list":
            // Programs read the first member of such lists, as the address in `networkInterfaces`.
            return depth > 1 ? [] : [plausible(key, type.of, place, depth + 1)];
        case "object":
            return depth > 2 ? {} : plausibleObject(objectSchema(type.name), place, depth);
        case "map":
            return {};
        default:
            return null;
    }
}

function plausibleObject(schema: Record<string, PropertySchema>, place: Place, depth: number): Properties {
    return Object.fromEntries(
        Object.entries(schema).map(([name, { type, computed, required }]) => [
            name,
            computed || required ? plausible(name, type, place, depth + 1) : null,
        ]),
    );
}

const SELF = "https://www.googleapis.com/compute/v1";
/** The time of the first moment at which a kept resource can have been made: what is kept has no clock. */
const TIME = "2020-01-01T00:00:00Z";

/** The shapes of texts, by the names of their properties. The first that matches is used. */
const TEXTS: [RegExp, (place: Place) => string][] = [
    [/^selfLink/i, ({ id }) => `${SELF}/${id}`],
    [/(time|timestamp)$/i, () => TIME],
    [/(cidr|ipRange|range)$/i, () => "192.0.2.0/24"],
    [/ipv6/i, () => "2001:db8::1"],
    [/(ipAddress|address|^ip|Ip|host)$/, () => "192.0.2.1"],
    [/^(member|writerIdentity)$/, ({ seed }) => `serviceAccount:${agent(seed)}`],
    [/(email|serviceAccount|identity)$/i, ({ seed }) => agent(seed)],
    [/(uri|url|endpoint)$/i, ({ seed }) => `https://${digest(seed).slice(0, 12)}.kept.invalid`],
    [/^(state|status)$/i, () => "ACTIVE"],
    [/(etag|fingerprint)$/i, ({ seed }) => Buffer.from(digest(seed).slice(0, 8)).toString("base64")],
    [/^(uid|uniqueId|.*Uid)$/, ({ seed }) => uuid(seed)],
    [/(number|generatedId|numericId)$/i, ({ seed }) => number(seed)],
    [/^name$/, ({ id }) => id],
    [/^project$/, ({ inputs }) => asText(inputs["project"] ?? "")],
];

function textOf(key: string, place: Place): string {
    const keyed = { ...place, seed: `${place.seed} ${key}` };
    return TEXTS.find(([pattern]) => pattern.test(key))?.[1](keyed) ?? `${key}-${digest(keyed.seed).slice(0, 12)}`;
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
const number = (seed: string): string =>
    String(BigInt(`0x${digest(seed).slice(0, 12)}`) % 900_000_000_000n).padStart(12, "1");
const agent = (seed: string): string => `service-${number(seed)}@gcp-sa-kept.iam.gserviceaccount.com`;
const uuid = (seed: string): string => digest(seed).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
