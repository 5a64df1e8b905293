import { brotliDecompressSync } from "node:zlib";
import {
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
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { googleDescriptors } from "../descriptors";
import { amend } from "./amendments";
import type { HttpBinding } from "../../cloud";
import { InternalError } from "../../../errors";

let loaded: FileRegistry | undefined;

/** Google's definitions of every API that the sandbox knows. Loaded on first use: it takes 0.15 s. */
export function google(): FileRegistry {
    return (loaded ??= createFileRegistry(
        amend(fromBinary(FileDescriptorSetSchema, brotliDecompressSync(Buffer.from(googleDescriptors, "base64")))),
    ));
}

/** @throws Error if there is no such service: a slip in an API's definition */
export function service(name: string): DescService {
    const found = google().getService(name);
    if (!found) {
        throw new InternalError(`no proto service is called ${name}`, { fix: "see scripts/generate/descriptors.cjs" });
    }
    return found;
}

/** @throws Error if there is no such message */
export function message(name: string): DescMessage {
    const found = google().getMessage(name);
    if (!found) {
        throw new InternalError(`no proto message is called ${name}`, { fix: "see scripts/generate/descriptors.cjs" });
    }
    return found;
}

function extension(name: string): DescExtension {
    const found = google().getExtension(name);
    if (!found) {
        throw new InternalError(`no proto option is called ${name}`);
    }
    return found;
}

interface HttpRule {
    pattern: { case?: string; value?: unknown };
    body: string;
    additionalBindings: HttpRule[];
}

const bindings = new WeakMap<DescMethod, readonly HttpBinding[]>();

/** The method's HTTP bindings (`google.api.http`), the additional ones too. */
export function httpBindings(method: DescMethod): readonly HttpBinding[] {
    let known = bindings.get(method);
    if (!known) {
        const http = extension("google.api.http");
        known = hasOption(method, http) ? flatten(getOption(method, http) as HttpRule) : [];
        bindings.set(method, known);
    }
    return known;
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
