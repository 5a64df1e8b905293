import { gunzipSync } from "node:zlib";
import { fromJson, toJson, type DescField, type DescMessage, type JsonValue, type Message } from "@bufbuild/protobuf";
import type { ApiError, Json } from "../../cloud";
import { behavior, google } from "./descriptors";
import { invalidArgument } from "./errors";
import { messageOf } from "../../../errors";

/** JSON from the wire as a message, refused as Google refuses it. */
export function parse(descriptor: DescMessage, json: Json): Message {
    const checked = check(descriptor, json, "");
    try {
        return fromJson(descriptor, checked as JsonValue, { registry: google() });
    } catch (error) {
        throw invalidArgument(`Invalid JSON payload received. ${messageOf(error)}`);
    }
}

/** A message as canonical JSON. */
export function print(descriptor: DescMessage, value: Message): Json {
    return toJson(descriptor, value, { registry: google() }) as Json;
}

/**
 * The message that a handler answered as JSON.
 * @throws Error naming the field, if the handler's answer is not what its proto says
 */
export function answered(descriptor: DescMessage, json: Json): Message {
    return fromJson(descriptor, json as JsonValue, { registry: google() });
}

/** What a handler answered as canonical JSON. @throws Error, as {@link answered} does */
export function canonical(descriptor: DescMessage, json: Json): Json {
    return print(descriptor, answered(descriptor, json));
}

/**
 * Fields that Google's clients send and its published protos lack, by message; they are read and change nothing here.
 * google-auth-library for Node sends this one: https://github.com/googleapis/google-auth-library-nodejs
 */
const UNPUBLISHED: Record<string, string[]> = { "google.iam.credentials.v1.GenerateIdTokenRequest": ["useEmailAzp"] };

/**
 * Refuses unknown names with Google's text and drops what only the server sets. Masks come in snake case from some
 * clients; JSON wants camel case.
 */
function check(descriptor: DescMessage, json: unknown, path: string): unknown {
    if (descriptor.typeName === "google.protobuf.FieldMask" && typeof json === "string") {
        return camelCase(json);
    }
    if (descriptor.typeName.startsWith("google.protobuf.") || !isObject(json)) {
        return json;
    }
    const checked: Json = {};
    for (const [name, value] of Object.entries(json)) {
        const field = descriptor.fields.find((candidate) => candidate.jsonName === name || candidate.name === name);
        if (UNPUBLISHED[descriptor.typeName]?.includes(name)) {
            continue;
        }
        if (!field) {
            throw unknownName(name, path);
        }
        // A null means that the field is absent. A field that only the server sets is ignored.
        if (value === null || (path !== "" && behavior(field).outputOnly)) {
            continue;
        }
        checked[field.jsonName] = checkValue(field, value, path === "" ? field.name : `${path}.${field.name}`);
    }
    return checked;
}

function checkValue(field: DescField, value: unknown, path: string): unknown {
    const type =
        field.fieldKind === "map" ? field.mapKind : field.fieldKind === "list" ? field.listKind : field.fieldKind;
    const one = (item: unknown, itemPath: string): unknown => {
        if (type === "message" && field.message) {
            return check(field.message, item, itemPath);
        }
        if (
            type === "enum" &&
            field.enum &&
            typeof item === "string" &&
            !field.enum.values.some((v) => v.name === item)
        ) {
            throw badValue(itemPath, `type.googleapis.com/${field.enum.typeName}`, item);
        }
        return item;
    };
    if (field.fieldKind === "list" && Array.isArray(value)) {
        return value.map((item, i) => one(item, `${path}[${i}]`));
    }
    if (field.fieldKind === "map" && isObject(value)) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, one(item, `${path}[${key}]`)]));
    }
    return one(value, path);
}

function unknownName(name: string, path: string): ApiError {
    const at = path === "" ? "" : ` at '${path}'`;
    return invalidArgument(`Invalid JSON payload received. Unknown name "${name}"${at}: Cannot find field.`, path);
}

function badValue(path: string, type: string, value: unknown): ApiError {
    return invalidArgument(`Invalid value at '${path}' (${type}), ${JSON.stringify(value)}`, path);
}

export function camelCase(name: string): string {
    return name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

export function isObject(value: unknown): value is Json {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A body without the encoding of its transport. Google's libraries for Go and Java and gcloud send bodies in gzip.
 * @param limit in bytes, of what comes out: a small body can become a very large one
 * @throws ApiError INVALID_ARGUMENT for another encoding, for what is not gzip, and for what is too large
 */
export function decoded(body: Buffer, encoding: string | undefined, limit: number): Buffer {
    if (encoding === undefined || encoding === "" || encoding === "identity") {
        return body;
    }
    if (encoding !== "gzip" && encoding !== "x-gzip") {
        throw invalidArgument(`the body has the content-encoding ${encoding}; gzip and identity are taken`);
    }
    try {
        return gunzipSync(body, { maxOutputLength: limit });
    } catch (error) {
        throw invalidArgument(`the body cannot be read as gzip, or is larger than ${limit} bytes: ${messageOf(error)}`);
    }
}
