import { failure, WorkflowError } from "../errors";
import type { Frame } from "../frame";
import { canonicalHeader, type Auth, type HttpCall } from "../host";
import { fromJson, toJson } from "../json";
import { isNumeric, toNumber } from "../operators";
import type { Callee } from "../signature";
import { isMapValue, mapOf, typeName, type RuntimeMap, type RuntimeValue } from "../value";
import { readAuth } from "./auth";
import { define } from "./define";
import { host } from "./host";
import { percentEncode } from "./text";

const USER_AGENT = "GoogleCloudWorkflows; (+https://cloud.google.com/workflows/docs)";
/** Documented as the most; what applies without `timeout` is not [INF]. */
const MAX_TIMEOUT_SECONDS = 1800;
const DEFAULT_TIMEOUT_SECONDS = 300;

const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

const PARAMS = {
    url: "string",
    headers: "map?",
    body: "any?",
    query: "map?",
    auth: "map?",
    timeout: "number?",
    private_service_name: "string?",
    ca_certificate: "string?",
} as const;

/** https://cloud.google.com/workflows/docs/reference/stdlib/http */
export const HTTP: Callee[] = [
    ...["get", "post", "put", "patch", "delete"].map((method) =>
        define(`http.${method}`, PARAMS, (args, frame) => send(method.toUpperCase(), args, frame), { blocking: true }),
    ),
    define(
        "http.request",
        { method: "string", ...PARAMS },
        (args, frame) => send(args.method.toUpperCase(), args, frame),
        {
            blocking: true,
        },
    ),
];

/** What a request is made of. */
export interface RequestArguments {
    url: string;
    headers?: RuntimeMap | undefined;
    body?: RuntimeValue | undefined;
    query?: RuntimeMap | undefined;
    auth?: RuntimeMap | undefined;
    timeout?: RuntimeValue | undefined;
    private_service_name?: string | undefined;
    ca_certificate?: string | undefined;
}

function send(method: string, args: RequestArguments, frame: Frame): Promise<RuntimeValue> {
    const request = requestOf(method, args);
    if (args.auth === undefined) {
        return sendRequest(request, frame);
    }
    // Both are the one header Authorization, of whatever case: the token takes the place of what the call has there [INF].
    const headers = Object.entries(request.headers).filter(([name]) => name.toLowerCase() !== "authorization");
    const auth = readAuth(args.auth, args.url);
    return sendRequest({ ...request, headers: Object.fromEntries(headers), auth }, frame);
}

/** The request that some arguments stand for, without its credential. @throws WorkflowError `TypeError`, `ValueError` */
export function requestOf(method: string, args: RequestArguments): HttpCall {
    if (!METHODS.includes(method)) {
        throw failure("ValueError", `the method "${method}" is unknown; known are ${METHODS.join(", ")}`);
    }
    const url = withQuery(checkedUrl(args.url), args.query);
    const { headers, content } = encodeBody(textHeaders(args.headers), args.body);
    return {
        method,
        url,
        headers: withUserAgent(headers),
        timeoutSeconds: timeoutSeconds(args.timeout),
        ...(content && { body: content }),
        ...(args.private_service_name !== undefined && { privateServiceName: args.private_service_name }),
        ...(args.ca_certificate !== undefined && { caCertificate: args.ca_certificate }),
    };
}

/** Sends a request and gives `{body, code, headers}`. @throws WorkflowError `HttpError` for a status of 400 and more */
export async function sendRequest(call: HttpCall & { auth?: Auth }, frame: Frame): Promise<RuntimeMap> {
    const answer = await host(frame.execution.host.http(call, frame.signal));
    if (answer.body.length > frame.execution.limits.response) {
        throw failure(
            "ResourceLimitError",
            `the response has ${answer.body.length} bytes, more than the ${frame.execution.limits.response} that are allowed`,
        );
    }
    const headers = new Map(Object.entries(answer.headers).map(([name, value]) => [canonicalHeader(name), value]));
    const response = mapOf({
        body: decodeBody(headers.get("Content-Type") ?? "", answer.body),
        code: answer.status,
        headers,
    });
    if (answer.status < 400) {
        return response;
    }
    const message = `HTTP server responded with error code ${answer.status}`;
    throw new WorkflowError(
        new Map<string, RuntimeValue>([...response, ["message", message], ["tags", ["HttpError"]]]),
        message,
    );
}

function checkedUrl(url: string): string {
    if (!/^https?:\/\/[^/?#]/i.test(url) || !URL.canParse(url)) {
        throw failure("ValueError", `the url "${url}" must be an absolute http or https URL`);
    }
    return url;
}

/** Query parameters are added to those that the URL has; a list repeats its parameter. */
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

function textHeaders(headers: RuntimeMap | undefined): Map<string, string> {
    return new Map(
        Array.from(headers ?? [], ([name, value]): [string, string] => {
            if (typeof value === "string") {
                return [name, value];
            }
            if (isNumeric(value) || typeof value === "boolean") {
                return [name, toJson(value)];
            }
            throw failure("TypeError", `the header "${name}" must be a string, got: ${typeName(value)}`);
        }),
    );
}

function withUserAgent(headers: Map<string, string>): Record<string, string> {
    const name = nameOf(headers, "user-agent");
    const own = name === undefined ? "" : `${headers.get(name) ?? ""} `;
    return { ...Object.fromEntries(headers), [name ?? "User-Agent"]: own + USER_AGENT };
}

const nameOf = (headers: Map<string, string>, wanted: string): string | undefined =>
    [...headers.keys()].find((name) => name.toLowerCase() === wanted);

/** Which bodies go with which Content-Type: https://cloud.google.com/workflows/docs/http-requests */
function encodeBody(
    headers: Map<string, string>,
    body: RuntimeValue | undefined,
): { headers: Map<string, string>; content: Uint8Array | undefined } {
    if (body === undefined) {
        return { headers, content: undefined };
    }
    const type = headers.get(nameOf(headers, "content-type") ?? "");
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

/** JSON is decoded; text stays text; what is no text is bytes [INF: all but JSON]. */
function decodeBody(type: string, body: Uint8Array): RuntimeValue {
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
        throw failure(
            "ResponseTypeError",
            `the response has the Content-Type "${media}", but ${error instanceof Error ? error.message : ""}`,
        );
    }
}

function timeoutSeconds(timeout: RuntimeValue | undefined): number {
    if (timeout === undefined || !isNumeric(timeout)) {
        return DEFAULT_TIMEOUT_SECONDS;
    }
    const seconds = toNumber(timeout);
    if (!(seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS)) {
        throw failure(
            "ValueError",
            `timeout must be above 0 and at most ${MAX_TIMEOUT_SECONDS} seconds, got: ${seconds}`,
        );
    }
    return seconds;
}
