// Makes sandbox/apis/descriptors/messages.ts: the types of the requests that the sandbox implements, of the messages that its
// handlers name, and of all messages inside them, as canonical JSON (https://protobuf.dev/programming-guides/json/).
const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..", "..");
const load = (path) => {
    require("../register.cjs");
    return require(join(root, "sandbox", path));
};

const JSON_OF = {
    "google.protobuf.Any": "Json",
    "google.protobuf.Duration": "string",
    "google.protobuf.Empty": "Json",
    "google.protobuf.FieldMask": "string",
    "google.protobuf.ListValue": "unknown[]",
    "google.protobuf.Struct": "Json",
    "google.protobuf.Timestamp": "string",
    "google.protobuf.Value": "unknown",
};
/** The types of scalars, by their numbers in descriptor.proto. Integers of 64 bits, texts and bytes are strings. */
const SCALARS = {
    1: "number",
    2: "number",
    5: "number",
    7: "number",
    8: "boolean",
    13: "number",
    15: "number",
    17: "number",
};

const scalar = (type) => SCALARS[type] ?? "string";

function typeOf({ scalar: type, message, enum: values }) {
    if (message) {
        const wrapped = /^google\.protobuf\.(?!List)\w+Value$/.test(message.typeName) && message.fields[0];
        if (wrapped) {
            return typeOf(wrapped);
        }
        const isOther = message.typeName.startsWith("google.protobuf.");
        return JSON_OF[message.typeName] ?? (isOther ? "Json" : `Messages["${message.typeName}"]`);
    }
    return values ? "string" : scalar(type);
}

function fieldLine(field) {
    const one = typeOf(field);
    const type = field.fieldKind === "list" ? `${one}[]` : field.fieldKind === "map" ? `Record<string, ${one}>` : one;
    return `${field.jsonName}?: ${type}`;
}

/** The methods of Google's services that the sandbox knows. */
function knownMethods() {
    const cloud = load("create").createCloud({ project: "demo" });
    try {
        load("senders").registerSenders(cloud);
        return cloud.apis.list().filter(({ name }) => name.startsWith("google."));
    } finally {
        cloud.close();
    }
}

/** The messages whose names are in the sources, such as `Stored<"google.pubsub.v1.Topic">`. */
function namedMessages(find) {
    const folder = join(root, "sandbox", "apis");
    const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".ts"));
    const texts = files
        .filter((file) => !file.startsWith("descriptors"))
        .map((file) => readFileSync(join(folder, file), "utf8"));
    const names = texts.flatMap((text) => [...text.matchAll(/"(google\.[\w.]+)"/g)].map(([, name]) => name));
    return names.map(find).filter((message) => message !== undefined);
}

function make() {
    const { google, service } = load("apis/framework/descriptors");
    const { requiredOf } = load("apis/framework/requests/required");
    const messages = new Map();
    const visit = (message) => {
        if (!messages.has(message.typeName) && !message.typeName.startsWith("google.protobuf.")) {
            messages.set(message.typeName, message);
            message.fields.forEach((field) => field.message && visit(field.message));
        }
    };
    const services = new Map();
    for (const { name, implemented } of knownMethods()) {
        const dot = name.lastIndexOf(".");
        const of = services.get(name.slice(0, dot)) ?? new Map();
        services.set(name.slice(0, dot), of);
        if (implemented) {
            const method = service(name.slice(0, dot)).methods.find((each) => each.name === name.slice(dot + 1));
            const required = requiredOf(method).map(({ jsonName }) => `"${jsonName}"`);
            visit(method.input);
            of.set(
                method.name,
                required.length > 0
                    ? `With<"${method.input.typeName}", ${required.join(" | ")}>`
                    : `Messages["${method.input.typeName}"]`,
            );
        }
    }
    namedMessages((name) => google().getMessage(name)).forEach(visit);
    const byName = ([a], [b]) => (a < b ? -1 : 1);
    const messageLines = [...messages].sort(byName).map(([name, { fields }]) => {
        return `    "${name}": {${fields.length > 0 ? ` ${fields.map(fieldLine).join("; ")} ` : ""}};`;
    });
    const serviceLines = [...services].sort(byName).map(([name, methods]) => {
        const lines = [...methods].sort(byName).map(([method, request]) => `        ${method}: ${request};\n`);
        return `    "${name}": {\n${lines.join("")}    };`;
    });
    const text = `// Made by scripts/generate/messages.cjs from Google's protos (Apache-2.0, https://github.com/googleapis/googleapis).
type Json = Record<string, unknown>;

/** A message in which these fields are present. */
export type With<Name extends keyof Messages, Field extends keyof Messages[Name]> = Messages[Name] &
    Required<Pick<Messages[Name], Field>>;

/** Messages as canonical JSON. */
export interface Messages {
${messageLines.join("\n")}
}

/** The request of each method that the sandbox implements, by service. Required fields have been checked. */
export interface Services {
${serviceLines.join("\n")}
}
`;
    return { "sandbox/apis/descriptors/messages.ts": text };
}

module.exports = { make };
