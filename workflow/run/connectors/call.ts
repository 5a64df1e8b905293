import { failure, isMapValue, isNumeric, type RuntimeMap, type RuntimeValue, toJson, typeName } from "../values";
import type { Frame } from "../frame";
import type { HttpCall } from "../host";
import { CLOUD_PLATFORM, scopesOf, withQuery } from "../library";
import { connectorParams, mapArgument } from "./params";
import { pollUntilDone } from "./poll";
import { sendWithRetry } from "./request";
import type { Method } from "./table";

const REQUEST_TIMEOUT_SECONDS = 1800;
const USER_AGENT = "GoogleCloudWorkflows; (+https://cloud.google.com/workflows/docs)";

/** The arguments that choose a regional host: `location` for run.v1, `region` for Vertex AI. */
const HOST_PARAMS = ["location", "region"];

/**
 * Calls a method as the workflow's service account, and waits until what it started has ended.
 * https://cloud.google.com/workflows/docs/connectors
 */
export async function callMethod(method: Method, args: RuntimeMap, frame: Frame): Promise<RuntimeValue> {
    const { params, deadline, policy, skipPolling } = connectorParams(args, frame);
    const call = requestOf(method, args, params);
    const answer = await sendWithRetry(call, frame, deadline);
    const { poll } = method;
    return poll === undefined || skipPolling
        ? answer
        : pollUntilDone({ ...method, poll }, call, answer, policy, frame, deadline);
}

function requestOf(method: Method, args: RuntimeMap, params: RuntimeMap): HttpCall {
    const body = args.get("body");
    const uploads =
        method.upload !== undefined &&
        (args.get("uploadType") === "media" || typeof body === "string" || body instanceof Uint8Array);
    const query = queryOf(method, args);
    if (uploads) {
        query.set("uploadType", "media");
    }
    const root = rootOf(method, args);
    const base = uploads ? new URL(root).origin : root;
    const path = ((uploads ? method.upload : undefined) ?? method.path).replace(/\{\+?(\w+)\}/g, (_, name: string) =>
        pathText(method, name, args.get(name)),
    );
    const content = body === undefined || !method.hasBody ? undefined : contentOf(body);
    const scopes = params.get("scopes");
    return {
        method: method.verb,
        url: withQuery(base + path, query),
        headers: { "User-Agent": USER_AGENT, ...(content && { "Content-Type": content.type }) },
        timeoutSeconds: REQUEST_TIMEOUT_SECONDS,
        auth: { type: "OAuth2", scopes: scopes === undefined ? [method.scope ?? CLOUD_PLATFORM] : scopesOf(scopes) },
        connector: method.name,
        ...(content && { body: content.bytes }),
    };
}

/**
 * All arguments that go to the query: those of the discovery document, the map `query`, and those that only older documents
 * had. A map gives dotted names: `updateMask: {fieldPaths: …}`. An argument that is null counts as not given, because a loop
 * over pages passes null as its first `pageToken`.
 */
function queryOf(method: Method, args: RuntimeMap): RuntimeMap {
    const elsewhere = [...method.pathParams, "connector_params", "query", ...(method.hasBody ? ["body"] : [])];
    const query: RuntimeMap = new Map();
    const put = (name: string, value: RuntimeValue): void => {
        if (isMapValue(value)) {
            value.forEach((each, key) => put(`${name}.${key}`, each));
        } else if (value !== null) {
            query.set(name, value);
        }
    };
    for (const [name, value] of [...args, ...mapArgument(args, "query")]) {
        const choosesHost = HOST_PARAMS.includes(name) && !method.queryParams.includes(name);
        if (!elsewhere.includes(name) && !choosesHost) {
            put(name, value);
        }
    }
    return query;
}

function rootOf({ root, name, pathParams, queryParams }: Method, args: RuntimeMap): string {
    const key = HOST_PARAMS.find((each) => args.has(each) && !pathParams.includes(each) && !queryParams.includes(each));
    const location = key === undefined ? undefined : args.get(key);
    if (location === undefined) {
        return root;
    }
    if (typeof location !== "string" || !/^[a-z0-9-]+$/.test(location)) {
        throw failure("ValueError", `${name}: ${key ?? ""} must be the name of a location, such as europe-west1`);
    }
    return root.replace("https://", `https://${location}-`);
}

/** Percent-encoded text stays as it is: names of objects must be given so, as the page on troubleshooting says. */
function pathText({ name: method }: Method, name: string, value: RuntimeValue | undefined): string {
    if (typeof value !== "string" && !isNumeric(value ?? null)) {
        throw failure(
            "TypeError",
            `${method}: the argument "${name}" must be a string, got: ${typeName(value ?? null)}`,
        );
    }
    const text = typeof value === "string" ? value : toJson(value ?? null);
    return text.replace(/[^A-Za-z0-9\-._~!$&'()*+,;=:@%/]+/g, (each) => encodeURIComponent(each));
}

function contentOf(body: RuntimeValue): { type: string; bytes: Uint8Array } {
    if (body instanceof Uint8Array) {
        return { type: "application/octet-stream", bytes: body };
    }
    return typeof body === "string"
        ? { type: "text/plain; charset=utf-8", bytes: Buffer.from(body) }
        : { type: "application/json; charset=utf-8", bytes: Buffer.from(toJson(body)) };
}
