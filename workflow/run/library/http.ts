import { defined } from "../../../common";
import {
    failure,
    isNumeric,
    mapOf,
    type RuntimeMap,
    type RuntimeValue,
    toNumber,
    typeName,
    WorkflowError,
} from "../values";
import type { Callee, Frame } from "../frame";
import { canonicalHeader, type Auth, type HttpCall } from "../host";
import { readAuth } from "./auth";
import { decodeBody, encodeBody, headerName, withQuery } from "./body";
import { define } from "./define";
import { host } from "./host";

const USER_AGENT = "GoogleCloudWorkflows; (+https://cloud.google.com/workflows/docs)";
/** The timeouts, as documented. */
const MAX_TIMEOUT_SECONDS = 1800;
const DEFAULT_TIMEOUT_SECONDS = 300;

const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

const PRIVATE_SERVICE = /^projects\/[^/]+\/locations\/[^/]+\/namespaces\/[^/]+\/services\/[^/]+$/;

/** The arguments in the order of the documentation, for calls that give them by position. */
const PARAMS = {
    url: "string",
    timeout: "number?",
    body: "any?",
    headers: "map?",
    query: "map?",
    auth: "map?",
    private_service_name: "string?",
    ca_certificate: "any?",
} as const;
/** The page of http.get names no body, but programs send one [K]: it comes last, so that the others keep their places. */
const { body, ...WITHOUT_BODY } = PARAMS;

/** https://cloud.google.com/workflows/docs/reference/stdlib/http */
export const HTTP: Callee[] = [
    define("http.get", { ...WITHOUT_BODY, body }, (args, frame) => send("GET", args, frame), { blocking: true }),
    ...["post", "put", "patch", "delete"].map((method) =>
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

/** The arguments of a request. */
export interface RequestArguments {
    url: string;
    headers?: RuntimeMap | undefined;
    body?: RuntimeValue | undefined;
    query?: RuntimeMap | undefined;
    auth?: RuntimeMap | undefined;
    timeout?: RuntimeValue | undefined;
    private_service_name?: string | undefined;
    ca_certificate?: RuntimeValue | undefined;
}

function send(method: string, args: RequestArguments, frame: Frame): Promise<RuntimeValue> {
    const request = requestOf(method, args);
    if (args.auth === undefined) {
        return sendRequest(request, frame);
    }
    // The token replaces an Authorization header that the call has, in upper or lower case [K].
    const headers = Object.entries(request.headers).filter(([name]) => name.toLowerCase() !== "authorization");
    const auth = readAuth(args.auth, args.url);
    return sendRequest({ ...request, headers: Object.fromEntries(headers), auth }, frame);
}

/** Makes a request of its arguments, without its credential. @throws WorkflowError `TypeError`, `ValueError` */
export function requestOf(method: string, args: RequestArguments): HttpCall {
    if (!METHODS.includes(method)) {
        throw failure("ValueError", `the method "${method}" is unknown; known are ${METHODS.join(", ")}`);
    }
    const url = withQuery(checkedUrl(args.url), args.query);
    const service = args.private_service_name;
    if (service !== undefined) {
        checkPrivateService(service, url);
    }
    const { headers, content } = encodeBody(textHeaders(args.headers), args.body);
    return {
        method,
        url,
        headers: withUserAgent(headers),
        timeoutSeconds: timeoutSeconds(args.timeout),
        ...defined({
            body: content,
            privateServiceName: service,
            caCertificate: args.ca_certificate === undefined ? undefined : pem(args.ca_certificate),
        }),
    };
}

/** Sends a request and returns `{body, code, headers}`. @throws WorkflowError `HttpError` for a status of 400 and above */
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

function checkPrivateService(name: string, url: string): void {
    if (!PRIVATE_SERVICE.test(name)) {
        throw failure(
            "ValueError",
            `private_service_name must be projects/…/locations/…/namespaces/…/services/…, got: "${name}"`,
        );
    }
    if (/^https?:\/\/[^/?#]*:\d+/i.test(url)) {
        throw failure(
            "ValueError",
            `with private_service_name the url may have no port, because Service Directory has it, got: ${url}`,
        );
    }
}

/** A certificate as PEM. Workflows give it as DER, and a cluster of GKE has it as PEM already. */
function pem(certificate: RuntimeValue): string {
    if (!(certificate instanceof Uint8Array)) {
        throw failure(
            "ValueError",
            `ca_certificate must be the bytes of a certificate in the format DER, got: ${typeName(certificate)}; decode base64 text with base64.decode`,
        );
    }
    const bytes = Buffer.from(certificate);
    return bytes.subarray(0, 10).toString() === "-----BEGIN"
        ? bytes.toString()
        : `-----BEGIN CERTIFICATE-----\n${bytes.toString("base64")}\n-----END CERTIFICATE-----\n`;
}

/** https://cloud.google.com/workflows/docs/reference/stdlib/http/post: "must be a map of strings" */
function textHeaders(headers: RuntimeMap | undefined): Map<string, string> {
    return new Map(
        Array.from(headers ?? [], ([name, value]): [string, string] => {
            if (typeof value !== "string") {
                throw failure(
                    "TypeError",
                    `the header "${name}" must be a string, got: ${typeName(value)}; put it in quotes, or use string(…)`,
                );
            }
            return [name, value];
        }),
    );
}

function withUserAgent(headers: Map<string, string>): Record<string, string> {
    const name = headerName(headers, "user-agent");
    const own = name === undefined ? "" : `${headers.get(name) ?? ""} `;
    return { ...Object.fromEntries(headers), [name ?? "User-Agent"]: own + USER_AGENT };
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
