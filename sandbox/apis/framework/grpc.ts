import { fromJson, type DescMessage, type DescService, type JsonObject, type Message } from "@bufbuild/protobuf";
import {
    ConnectError,
    Code,
    createContextKey,
    createContextValues,
    type ConnectRouter,
    type HandlerContext,
    type ServiceImpl,
} from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import type { ServerResponse } from "node:http";
import type { ApiError, Cloud, HostHandler, Origin, Status, Json } from "../../cloud";
import { type Arrival, isKnown } from "./access";
import { google, message } from "./descriptors";
import { apiOf, regionOf } from "./enabled";
import { invoke, invokeStream, type Endpoint } from "./endpoint";
import { grpcCode, invalidArgument, toApiError, unimplemented } from "./errors";
import { print } from "./messages";
import { messageOf } from "../../../errors";

/** What the network knows of a call and gRPC does not transport. */
const arrivalKey = createContextKey<{ host: string; origin: Origin }>({ host: "", origin: { kind: "outside" } });

/** In bytes, and more than any API here accepts. A larger frame is refused before memory is allocated for it. */
const LARGEST_MESSAGE = 32 * 1024 * 1024;

/** A message without fields, in a frame of its own. */
const EMPTY_MESSAGE = Buffer.alloc(5);

/** The gRPC side of a host: the same endpoints as REST, over HTTP/2, with trailers and deadlines. */
export function createGrpcHandler(cloud: Cloud, endpoints: Endpoint[]): HostHandler {
    const origins = new WeakMap<object, Origin>();
    const services = new Set(endpoints.map((endpoint) => endpoint.descriptor.parent));
    const adapter = connectNodeAdapter({
        connect: false,
        grpcWeb: false,
        readMaxBytes: LARGEST_MESSAGE,
        contextValues: (request) => {
            const origin = origins.get(request) ?? { kind: "outside" };
            return createContextValues().set(arrivalKey, { host: request.headers.host ?? "", origin });
        },
        routes: (router) => services.forEach((service) => addService(router, cloud, service, endpoints)),
        fallback: ({ url = "", headers }, response) => {
            const method = url.slice(1).replace("/", ".");
            refuseGrpc(response, `${method} is not served by the sandbox at ${headers.host ?? ""}`);
        },
    });
    return (request, response, origin) => {
        origins.set(request, origin);
        if (!isKnown({ cloud, host: request.headers.host ?? "", headers: request.headers })) {
            // The library reads a message whole before anybody looks at the token. This one is refused whatever it says.
            Object.defineProperty(request, Symbol.asyncIterator, { value: emptyMessage });
        }
        adapter(request, withReadableMessage(response));
    };
}

async function* emptyMessage(): AsyncGenerator<Buffer> {
    yield await Promise.resolve(EMPTY_MESSAGE);
}

/**
 * The library percent-encodes more of an error's message than gRPC says, and Node's clients decode only what gRPC says:
 * they would show `%3A` for a colon. https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#responses
 */
function withReadableMessage(response: ServerResponse): ServerResponse {
    const correctHeaders = (headers: unknown): void => {
        const named = headers as Record<string, string | undefined> | undefined;
        const text = named?.["grpc-message"];
        if (named && text !== undefined) {
            named["grpc-message"] = decodeURIComponent(text).replace(/[^ -$&-~]/gu, (part) => encodeURIComponent(part));
        }
    };
    const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
    const addTrailers = response.addTrailers.bind(response);
    response.writeHead = (...args: unknown[]) => {
        correctHeaders(args[1]);
        return writeHead(...args);
    };
    response.addTrailers = (trailers) => {
        correctHeaders(trailers);
        addTrailers(trailers);
    };
    return response;
}

function addService(router: ConnectRouter, cloud: Cloud, service: DescService, endpoints: Endpoint[]): void {
    const implementation: Record<string, unknown> = {};
    for (const endpoint of endpoints.filter(({ descriptor }) => descriptor.parent === service)) {
        implementation[endpoint.descriptor.localName] = implementationOf(cloud, endpoint);
    }
    router.service(service, implementation as Partial<ServiceImpl<DescService>>);
}

function implementationOf(cloud: Cloud, endpoint: Endpoint): unknown {
    switch (endpoint.descriptor.methodKind) {
        case "unary":
            return (request: Message, context: HandlerContext) => unary(cloud, endpoint, request, context);
        case "bidi_streaming":
            return (requests: AsyncIterable<Message>, context: HandlerContext) =>
                stream(cloud, endpoint, requests, context);
        default:
            return () => {
                throw toConnectError(unimplemented(endpoint.name));
            };
    }
}

/** Ends a call that nothing serves, without reading it. */
function refuseGrpc(
    response: { writeHead(status: number, headers: Record<string, string>): { end(): void } },
    text: string,
): void {
    const headers = { "grpc-status": String(grpcCode("UNIMPLEMENTED")), "grpc-message": text };
    response.writeHead(200, { "content-type": "application/grpc", ...headers }).end();
}

/** @throws ApiError INVALID_ARGUMENT if JSON cannot express a value, such as a time after the year 9999 */
function printed(input: DescMessage, request: Message): Json {
    try {
        return print(input, request);
    } catch (error) {
        throw invalidArgument(messageOf(error));
    }
}

async function unary(cloud: Cloud, endpoint: Endpoint, request: Message, context: HandlerContext): Promise<Message> {
    const { input, output } = endpoint.descriptor;
    const { revision } = cloud.store;
    try {
        const answer = await invoke(endpoint, printed(input, request), arrivalOf(cloud, endpoint, context));
        cloud.store.commit(revision);
        return fromJson(output, answer as JsonObject, { registry: google() });
    } catch (error) {
        throw toConnectError(toApiError(error));
    }
}

async function* stream(
    cloud: Cloud,
    endpoint: Endpoint,
    requests: AsyncIterable<Message>,
    context: HandlerContext,
): AsyncIterable<Message> {
    const { input, output } = endpoint.descriptor;
    const { revision } = cloud.store;
    const allPrinted = (async function* () {
        for await (const request of requests) {
            yield printed(input, request);
        }
    })();
    try {
        const answers = invokeStream(endpoint, allPrinted, arrivalOf(cloud, endpoint, context), context.signal);
        for await (const answer of answers) {
            cloud.store.commit(revision);
            yield fromJson(output, answer as JsonObject, { registry: google() });
        }
    } catch (error) {
        throw toConnectError(toApiError(error));
    }
}

function arrivalOf(cloud: Cloud, { descriptor, name }: Endpoint, context: HandlerContext): Arrival {
    const { host, origin } = context.values.get(arrivalKey);
    const quotaProject = context.requestHeader.get("x-goog-user-project");
    return {
        cloud,
        host: apiOf(host.replace(/:\d+$/, "")),
        region: regionOf(host.replace(/:\d+$/, "")),
        origin,
        method: name,
        headers: {
            authorization: context.requestHeader.get("authorization") ?? undefined,
            ...(quotaProject !== null && { "x-goog-user-project": quotaProject }),
        },
        request: `POST https://${host}/${descriptor.parent.typeName}/${descriptor.name}`,
    };
}

function toConnectError(error: ApiError): ConnectError {
    const connect = new ConnectError(error.message, codeOf(error.status));
    connect.details = error.details.map((detail) => {
        const { "@type": type, ...value } = detail as Json & { "@type": string };
        const desc: DescMessage = message(type.slice(type.lastIndexOf("/") + 1));
        return { desc, value: fromJson(desc, value as JsonObject, { registry: google() }) };
    });
    return connect;
}

const codes = new Map<number, Code>(
    Object.values(Code).flatMap((code) => (typeof code === "number" ? [[code, code] as const] : [])),
);

/** The library's code of the same number. */
function codeOf(status: Status): Code {
    return codes.get(grpcCode(status)) ?? Code.Unknown;
}
