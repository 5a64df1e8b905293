import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { ApiError, type Json } from "../../../cloud";
import { isObject } from "../messages";
import { UNSERVED } from "./unserved";

/** What a message has to be looked through for: fields that are refused, and messages that may have such fields. */
interface Places {
    refused: DescField[];
    messages: DescField[];
}
const places = new WeakMap<DescMessage, Places>();

function placesIn(message: DescMessage): Places {
    let known = places.get(message);
    if (!known) {
        const names = UNSERVED[message.typeName] ?? [];
        known = {
            refused: message.fields.filter(({ name }) => names.includes(name)),
            messages: message.fields.filter(
                (field) => field.message?.typeName.startsWith("google.protobuf.") === false,
            ),
        };
        places.set(message, known);
    }
    return known;
}

/**
 * Refuses a request with a field that no handler reads. If the sandbox ignored such a field, a program would work here
 * that Google answers differently.
 * @throws ApiError UNIMPLEMENTED naming the field and the method
 */
export function checkServed(method: string, message: DescMessage, request: Json, path = ""): void {
    const { refused, messages } = placesIn(message);
    for (const { jsonName, name } of refused) {
        if (isSet(request[jsonName])) {
            throw new ApiError(
                "UNIMPLEMENTED",
                `field ${path}${name} of ${method} is not served by the sandbox; leave it out of the request`,
            );
        }
    }
    for (const { jsonName, name, message: inner } of messages) {
        for (const value of inner ? objectsIn(request[jsonName]) : []) {
            checkServed(method, inner ?? message, value, `${path}${name}.`);
        }
    }
}

/** The fields that {@link checkServed} refuses in a message, and in the messages in it, such as `google.pubsub.v1.Topic.schema_settings`. */
export function refusedFields(message: DescMessage, met = new Set<DescMessage>()): string[] {
    if (met.has(message)) {
        return [];
    }
    met.add(message);
    const { refused, messages } = placesIn(message);
    return [
        ...refused.map(({ name }) => `${message.typeName}.${name}`),
        ...messages.flatMap((field) => (field.message ? refusedFields(field.message, met) : [])),
    ];
}

/** Whether a field has another value than the one it has if it is absent. A message that is there counts. */
function isSet(value: unknown): boolean {
    return Array.isArray(value) ? value.length > 0 : Boolean(value) && value !== "0";
}

/** The messages in a field: itself, those of a list, or those of a map. */
function objectsIn(value: unknown): Json[] {
    if (Array.isArray(value)) {
        return value.filter(isObject);
    }
    return isObject(value) ? [value] : [];
}
