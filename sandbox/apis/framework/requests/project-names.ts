import { hasOption, ScalarType, type DescField, type DescMessage } from "@bufbuild/protobuf";
import { projectId } from "../../../iam";
import type { Cloud, Json } from "../../../cloud";
import { google } from "../descriptors";
import { isObject } from "../messages";

/** Fields that hold names of resources, though Google's definitions do not say so. */
const NAMES = new Set(
    "channel connector location log_name name network parent resource secret service_account subscription subnetwork topic vpc_connector".split(
        " ",
    ),
);

/** What a message has to be looked through for: names, and messages that may have names. */
interface Places {
    names: DescField[];
    messages: DescField[];
}
const places = new WeakMap<DescMessage, Places>();

function placesIn(message: DescMessage): Places {
    let known = places.get(message);
    if (!known) {
        const reference = google().getExtension("google.api.resource_reference");
        const isName = (field: DescField): boolean =>
            field.fieldKind !== "map" &&
            field.scalar === ScalarType.STRING &&
            (NAMES.has(field.name) || (reference !== undefined && hasOption(field, reference)));
        known = {
            names: message.fields.filter(isName),
            // Structures and values are the user's own.
            messages: message.fields.filter(
                (field) => field.message && !field.message.typeName.startsWith("google.protobuf."),
            ),
        };
        places.set(message, known);
    }
    return known;
}

/**
 * A request in which each name of a resource has its project's ID. Google takes a project's number wherever it takes its ID,
 * and some clients send it; both are one resource. Texts that are the user's own, such as variables, stay as they are.
 */
export function withProjectIds(message: DescMessage, request: Json, cloud: Cloud): Json {
    const { names, messages } = placesIn(message);
    const changed: Json = { ...request };
    for (const { jsonName } of names) {
        if (changed[jsonName] !== undefined) {
            changed[jsonName] = each(changed[jsonName], (value) => withProjectId(value, cloud));
        }
    }
    for (const { jsonName, fieldKind, message: inner } of messages) {
        const value = changed[jsonName];
        if (value === undefined || !inner) {
            continue;
        }
        const below = (one: unknown): unknown => (isObject(one) ? withProjectIds(inner, one, cloud) : one);
        changed[jsonName] =
            fieldKind === "map" && isObject(value)
                ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, below(one)]))
                : each(value, below);
    }
    return changed;
}

function each(value: unknown, change: (one: unknown) => unknown): unknown {
    return Array.isArray(value) ? value.map(change) : change(value);
}

/** `projects/demo/topics/t` for `projects/123456789012/topics/t`; anything else as it is. */
function withProjectId(value: unknown, { settings, store }: Cloud): unknown {
    if (typeof value !== "string") {
        return value;
    }
    const [, begin = "", number = "", rest = ""] = /^((?:\/\/[a-z.]+\/)?projects\/)(\d+)(\/.*)?$/s.exec(value) ?? [];
    return number === "" ? value : `${begin}${projectId(number, settings, store)}${rest}`;
}

/** The variables of a path with the project's ID: those that name the project, and those that begin with it. */
export function paramsWithProjectIds(params: Record<string, string>, cloud: Cloud): Record<string, string> {
    return Object.fromEntries(
        Object.entries(params).map(([name, value]) => [
            name,
            name === "project" ? projectId(value, cloud.settings, cloud.store) : String(withProjectId(value, cloud)),
        ]),
    );
}
