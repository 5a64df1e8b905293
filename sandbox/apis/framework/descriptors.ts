import { gunzipSync } from "node:zlib";
import {
    create,
    createFileRegistry,
    fromBinary,
    getOption,
    hasOption,
    type DescExtension,
    type DescField,
    type DescMessage,
    type DescMethod,
    type DescService,
    type FileRegistry,
} from "@bufbuild/protobuf";
import {
    FieldDescriptorProto_Label,
    FieldDescriptorProto_Type,
    FieldDescriptorProtoSchema,
    type FileDescriptorSet,
    FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { googleDescriptors } from "../descriptors/google";
import type { HttpBinding } from "./define";

let loaded: FileRegistry | undefined;

/** Google's definitions of every API that the sandbox knows. Loaded on first use: it takes 0.15 s. */
export function google(): FileRegistry {
    return (loaded ??= createFileRegistry(
        amended(fromBinary(FileDescriptorSetSchema, gunzipSync(Buffer.from(googleDescriptors, "base64")))),
    ));
}

const TASKS_TARGET = "google/cloud/tasks/v2beta3/target.proto";

/**
 * Cloud Tasks v2 takes a queue's `httpTarget`, which the provider sends, and its published proto does not have it yet: the
 * message is that of v2beta3 [K].
 */
function amended(set: FileDescriptorSet): FileDescriptorSet {
    const file = set.file.find(({ name }) => name === "google/cloud/tasks/v2/queue.proto");
    const queue = file?.messageType.find(({ name }) => name === "Queue");
    if (file === undefined || queue === undefined || queue.field.some(({ name }) => name === "http_target")) return set;
    // What is imported comes first.
    const imported = set.file.filter(({ name }) => name === TASKS_TARGET);
    set.file = [...set.file.filter((one) => one !== file && one.name !== TASKS_TARGET), ...imported, file];
    const users = set.file.filter(({ dependency }) => dependency.includes(file.name));
    set.file = [...set.file.filter((one) => !users.includes(one)), ...users];
    file.dependency.push(TASKS_TARGET);
    queue.field.push(
        create(FieldDescriptorProtoSchema, {
            name: "http_target",
            jsonName: "httpTarget",
            number: 13,
            label: FieldDescriptorProto_Label.OPTIONAL,
            type: FieldDescriptorProto_Type.MESSAGE,
            typeName: ".google.cloud.tasks.v2beta3.HttpTarget",
        }),
    );
    return set;
}

/** @throws Error where there is no such service: a slip in an API's definition */
export function service(name: string): DescService {
    const found = google().getService(name);
    if (!found) throw new Error(`no proto service is called ${name}; see scripts/descriptors.cjs`);
    return found;
}

/** @throws Error where there is no such message */
export function message(name: string): DescMessage {
    const found = google().getMessage(name);
    if (!found) throw new Error(`no proto message is called ${name}; see scripts/descriptors.cjs`);
    return found;
}

function extension(name: string): DescExtension {
    const found = google().getExtension(name);
    if (!found) throw new Error(`no proto option is called ${name}`);
    return found;
}

interface HttpRule {
    pattern: { case?: string; value?: unknown };
    body: string;
    additionalBindings: HttpRule[];
}

/** The method's HTTP bindings (`google.api.http`), the additional ones too. */
export function httpBindings(method: DescMethod): HttpBinding[] {
    const http = extension("google.api.http");
    return hasOption(method, http) ? flatten(getOption(method, http) as HttpRule) : [];
}

function flatten(rule: HttpRule): HttpBinding[] {
    const { pattern } = rule;
    const own =
        typeof pattern.value === "string"
            ? [{ verb: pattern.case?.toUpperCase() as HttpBinding["verb"], path: pattern.value, body: rule.body }]
            : [];
    return [...own, ...rule.additionalBindings.flatMap(flatten)];
}

/** The OAuth scopes that a service accepts. */
export function oauthScopes(descriptor: DescService): string[] {
    return (getOption(descriptor, extension("google.api.oauth_scopes")) as string)
        .split(",")
        .map((scope) => scope.trim());
}

/** `google.api.FieldBehavior`. */
const REQUIRED = 2;
const OUTPUT_ONLY = 3;
const behaviors = new WeakMap<DescField, { required: boolean; outputOnly: boolean }>();

export function behavior(field: DescField): { required: boolean; outputOnly: boolean } {
    let known = behaviors.get(field);
    if (!known) {
        const values = getOption(field, extension("google.api.field_behavior")) as number[];
        known = { required: values.includes(REQUIRED), outputOnly: values.includes(OUTPUT_ONLY) };
        behaviors.set(field, known);
    }
    return known;
}
