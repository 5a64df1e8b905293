import { messageOf } from "../../../errors";
import {
    failure,
    fromJson,
    isMapValue,
    isNumeric,
    type RuntimeMap,
    type RuntimeValue,
    toJson,
    typeName,
} from "../values";
import { percentEncode } from "./text";

/** Encodes a body as its Content-Type says: https://cloud.google.com/workflows/docs/http-requests */
export function encodeBody(
    headers: Map<string, string>,
    body: RuntimeValue | undefined,
): { headers: Map<string, string>; content: Uint8Array | undefined } {
    if (body === undefined) {
        return { headers, content: undefined };
    }
    const type = headers.get(headerName(headers, "content-type") ?? "");
    if (type === undefined) {
        const bytes = body instanceof Uint8Array;
        return {
            headers: new Map([
                ...headers,
                ["Content-Type", bytes ? "application/octet-stream" : "application/json; charset=utf-8"],
            ]),
            content: bytes ? body : Buffer.from(toJson(body)),
        };
    }
    const media = type.split(";")[0]?.trim().toLowerCase() ?? "";
    const plain = media.startsWith("text/") || media === "application/x-www-form-urlencoded";
    if (body instanceof Uint8Array) {
        return { headers, content: body };
    }
    if (plain && typeof body === "string") {
        return { headers, content: Buffer.from(body) };
    }
    if (isJson(media) || (media === "application/x-www-form-urlencoded" && isMapValue(body))) {
        return {
            headers,
            content: Buffer.from(isJson(media) || !isMapValue(body) ? toJson(body) : withQuery("", body).slice(1)),
        };
    }
    throw failure(
        "TypeError",
        plain
            ? `with the Content-Type "${type}" the body must be a string, got: ${typeName(body)}`
            : `the Content-Type "${type}" is not supported for a body of type ${typeName(body)}; supported are application/json, application/*+json, application/x-www-form-urlencoded and text/*`,
    );
}

const isJson = (media: string): boolean => media === "application/json" || /^application\/.*\+json$/.test(media);

/** Decodes a body: JSON becomes a value, text stays text, and anything else becomes bytes [K: all but JSON]. */
export function decodeBody(type: string, body: Uint8Array): RuntimeValue {
    const media = type.split(";")[0]?.trim().toLowerCase() ?? "";
    if (/^(image|audio|video|font)\/|^application\/(octet-stream|pdf|zip|gzip)$/.test(media)) {
        return body;
    }
    const text = Buffer.from(body).toString("utf8");
    if (!isJson(media)) {
        return text;
    }
    try {
        return text.trim() === "" ? null : fromJson(text);
    } catch (error) {
        throw failure("ResponseTypeError", `the response has the Content-Type "${media}", but ${messageOf(error)}`);
    }
}

/** The name of a header as the map spells it. Upper and lower case are the same. */
export const headerName = (headers: Map<string, string>, wanted: string): string | undefined =>
    [...headers.keys()].find((name) => name.toLowerCase() === wanted);

/** Adds query parameters to those that the URL has. A list repeats its parameter. */
export function withQuery(url: string, query: RuntimeMap | undefined): string {
    const pairs = Array.from(query ?? []).flatMap(([key, value]) =>
        (Array.isArray(value) ? value : [value]).map(
            (each) => `${percentEncode(key)}=${percentEncode(scalarText(key, each))}`,
        ),
    );
    if (pairs.length === 0) {
        return url;
    }
    const [head = "", fragment] = url.split(/(?=#)/, 2);
    return `${head}${head.includes("?") ? "&" : "?"}${pairs.join("&")}${fragment ?? ""}`;
}

function scalarText(key: string, value: RuntimeValue): string {
    if (typeof value === "string") {
        return value;
    }
    if (isNumeric(value) || typeof value === "boolean") {
        return toJson(value);
    }
    throw failure(
        "TypeError",
        `the query parameter "${key}" must be a string, number or boolean, got: ${typeName(value)}`,
    );
}
