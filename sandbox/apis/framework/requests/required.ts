import { ScalarType, type DescField, type DescMessage, type DescMethod } from "@bufbuild/protobuf";
import type { Json } from "../../../cloud";
import { behavior, httpBindings } from "../descriptors";
import { invalidArgument } from "../errors";

const known = new WeakMap<DescMethod, DescField[]>();

/** The fields that a method's request must have: those that Google marks as required, and those that its path names. */
export function requiredOf(method: DescMethod): DescField[] {
    let fields = known.get(method);
    if (!fields) {
        const [binding] = httpBindings(method);
        const inPath = [...(binding?.path ?? "").matchAll(/\{(\w+)(=[^}]*)?\}/g)].map(([, name]) => name);
        const required = requiredIn(method.input);
        fields = method.input.fields.filter((field) => required.includes(field) || inPath.includes(field.name));
        known.set(method, fields);
    }
    return fields;
}

/**
 * A request whose body over REST is one of its fields has this field: a client of gRPC that leaves it out sends what a
 * client of REST sends with an empty body.
 */
export function withBody(method: DescMethod, request: Json): Json {
    const [binding] = httpBindings(method);
    const body = method.input.fields.find(({ name, fieldKind }) => name === binding?.body && fieldKind === "message");
    return body && request[body.jsonName] === undefined ? { ...request, [body.jsonName]: {} } : request;
}

/** The fields of a message that Google marks as required. */
export function requiredIn(message: DescMessage): DescField[] {
    return message.fields.filter((field) => tellsAbsence(field) && behavior(field).required);
}

/** @throws ApiError INVALID_ARGUMENT if a request lacks one of the fields */
export function checkRequired(fields: readonly DescField[], request: Json): void {
    const missing = fields.find((field) => request[field.jsonName] === undefined);
    if (missing) {
        throw invalidArgument(`Required field '${missing.name}' is not set`, missing.name);
    }
}

/** On the wire, an absent number or flag cannot be distinguished from zero. */
function tellsAbsence({ fieldKind, scalar }: DescField): boolean {
    return fieldKind === "scalar" ? scalar === ScalarType.STRING || scalar === ScalarType.BYTES : fieldKind !== "enum";
}
