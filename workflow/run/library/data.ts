import { createHash, createHmac } from "node:crypto";
import { Double, failure, fromJson, isMapValue, type RuntimeValue, toJson, typeName } from "../values";
import { define } from "./define";
import { utf8 } from "./text";

const ALGORITHMS = ["MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512"];

/** base64, hash, json and uuid: https://cloud.google.com/workflows/docs/reference/stdlib/overview */
export const DATA = [
    define("base64.encode", { data: "bytes", padding: "boolean?" }, ({ data, padding = true }) => {
        const text = Buffer.from(data).toString("base64");
        return padding ? text : text.replace(/=+$/, "");
    }),
    // https://cloud.google.com/workflows/docs/reference/stdlib/base64/decode
    define("base64.decode", { data: "string", padding: "boolean?" }, ({ data, padding = true }) => {
        const text = data.replace(/[\r\n]/g, "");
        const complete = padding ? text : text.padEnd(Math.ceil(text.length / 4) * 4, "=");
        if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(complete)) {
            throw failure("ValueError", "base64.decode: the text is not base64");
        }
        return new Uint8Array(Buffer.from(complete, "base64"));
    }),
    define("hash.compute_checksum", { data: "bytes", algorithm: "string" }, ({ data, algorithm }) =>
        digest("hash.compute_checksum", algorithm, (name) => createHash(name), data),
    ),
    define("hash.compute_hmac", { key: "bytes", data: "bytes", algorithm: "string" }, ({ key, data, algorithm }) =>
        digest("hash.compute_hmac", algorithm, (name) => createHmac(name, key), data),
    ),
    define("json.decode", { data: "any" }, ({ data }) => {
        if (typeof data !== "string" && !(data instanceof Uint8Array)) {
            throw failure("TypeError", `json.decode takes bytes or a string, got: ${typeName(data)}`);
        }
        try {
            return fromJson(typeof data === "string" ? data : utf8(data, "json.decode"));
        } catch (error) {
            if (error instanceof SyntaxError) {
                throw failure("ValueError", `json.decode: ${error.message}`);
            }
            throw error;
        }
    }),
    define(
        "json.encode",
        { data: "any", indent: "any?" },
        ({ data, indent }) => new Uint8Array(Buffer.from(encode(data, indent))),
        {
            borrows: true,
        },
    ),
    define("json.encode_to_string", { data: "any", indent: "any?" }, ({ data, indent }) => encode(data, indent), {
        borrows: true,
    }),
    define("uuid.generate", {}, (_, frame) => frame.execution.host.uuid()),
];

function digest(
    name: string,
    algorithm: string,
    make: (name: string) => ReturnType<typeof createHash | typeof createHmac>,
    data: Uint8Array,
): Uint8Array {
    if (!ALGORITHMS.includes(algorithm)) {
        throw failure(
            "ValueError",
            `${name}: the algorithm "${algorithm}" is not supported; supported are ${ALGORITHMS.join(", ")}`,
        );
    }
    return new Uint8Array(make(algorithm.toLowerCase()).update(data).digest());
}

const INDENT = "    ";

/**
 * `indent` is a boolean, or a map with `prefix` and `indent`; `true` means an empty map.
 * https://cloud.google.com/workflows/docs/reference/stdlib/json/encode_to_string
 */
function encode(data: RuntimeValue, indent: RuntimeValue | undefined): string {
    if (indent === undefined || typeof indent === "boolean") {
        return toJson(data, indent === true ? INDENT : "");
    }
    const text = isMapValue(indent) ? (indent.get("indent") ?? INDENT) : undefined;
    const prefix = isMapValue(indent) ? (indent.get("prefix") ?? "") : undefined;
    if (typeof text !== "string" || typeof prefix !== "string") {
        const found = indent instanceof Double ? "double" : typeName(indent);
        throw failure(
            "TypeError",
            `indent must be a boolean or a map with the strings prefix and indent, got: ${found}`,
        );
    }
    return toJson(data, text).replaceAll("\n", `\n${prefix}`);
}
