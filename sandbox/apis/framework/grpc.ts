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
import type { ApiError, Cloud, HostHandler, Origin, Status } from "../../cloud";
import type { Json } from "./define";
import { google, message } from "./descriptors";
import { invoke, type Endpoint } from "./endpoint";
import { grpcCode, toApiError, unimplemented } from "./errors";
import { print } from "./messages";

/** What the network knows of a call and the protocol does not carry. */
const arrivalKey = createContextKey<{ host: string; origin: Origin }>({ host: "", origin: { kind: "outside" } });

/** The gRPC side of a host: the same endpoints as REST, over HTTP/2, with trailers and deadlines. */
export function createGrpcHandler(cloud: Cloud, endpoints: Endpoint[]): HostHandler {
    const origins = new WeakMap<object, Origin>();
    const services = new Set(endpoints.map((endpoint) => endpoint.descriptor.parent));
    const adapter = connectNodeAdapter({
        connect: false,
        grpcWeb: false,
        contextValues: (request) => {
            const origin = origins.get(request) ?? { kind: "outside" };
            return createContextValues().set(arrivalKey, { host: request.headers.host ?? "", origin });
        },
        routes: (router) => services.forEach((service) => addService(router, cloud, service, endpoints)),
    });
    return (request, response, origin) => {
        origins.set(request, origin);
        adapter(request, response);
    };
}

function addService(router: ConnectRouter, cloud: Cloud, service: DescService, endpoints: Endpoint[]): void {
    const implementation: Record<string, unknown> = {};
    for (const endpoint of endpoints.filter(({ descriptor }) => descriptor.parent === service)) {
        implementation[endpoint.descriptor.localName] =
            endpoint.descriptor.methodKind === "unary"
                ? (request: Message, context: HandlerContext) => unary(cloud, endpoint, request, context)
                : () => {
                      throw toConnectError(unimplemented(endpoint.name));
                  };
    }
    router.service(service, implementation as Partial<ServiceImpl<DescService>>);
}

async function unary(cloud: Cloud, endpoint: Endpoint, request: Message, context: HandlerContext): Promise<Message> {
    const { input, output, parent, name } = endpoint.descriptor;
    const { host, origin } = context.values.get(arrivalKey);
    try {
        const answer = await invoke(endpoint, print(input, request), {
            cloud,
            host,
            origin,
            method: endpoint.name,
            headers: { authorization: context.requestHeader.get("authorization") ?? undefined },
            request: `POST https://${host}/${parent.typeName}/${name}`,
        });
        return fromJson(output, answer as JsonObject, { registry: google() });
    } catch (error) {
        throw toConnectError(toApiError(error));
    }
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
