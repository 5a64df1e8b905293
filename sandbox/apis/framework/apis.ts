import { refusedFields } from "./requests";
import { defined } from "../../../common";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { finished } from "node:stream";
import {
    ApiError,
    type ApiMethod,
    type Apis,
    type Cloud,
    type HostHandler,
    type Origin,
    type ApiDefinition,
    type Json,
} from "../../cloud";
import { endpoints } from "./endpoint";
import { errorBody } from "./errors";
import type * as Grpc from "./grpc";
import type { RestAnswer } from "./bodies";
import { createRest, type Rest } from "./rest";

/** Loads gRPC when the first gRPC call arrives, because it takes longer to load than the rest of the sandbox. */
const loadGrpc = (): typeof Grpc => createRequire(__filename)("./grpc") as typeof Grpc;

/**
 * @param cloud a function, because the cloud has the APIs as a part and is not complete yet
 */
export function createApis(cloud: () => Cloud): Apis {
    const servers = new Map<string, ApiServer>();
    return {
        serve(definition) {
            for (const host of [definition.host, ...(definition.otherHosts ?? [])]) {
                let server = servers.get(host);
                if (!server) {
                    server = new ApiServer(cloud, host);
                    servers.set(host, server);
                    cloud().hosts.serve(host, server.handler);
                }
                server.definitions.push(definition);
            }
        },
        request(method, address, { body, principal, headers = {} }) {
            const url = new URL(address);
            const handler = cloud().hosts.find(url.hostname);
            const server = [...servers.values()].find((candidate) => candidate.handler === handler);
            return server
                ?.rest()
                .answer({
                    method,
                    url,
                    headers: { host: url.host, ...headers },
                    readBody: () => Promise.resolve(bytesOf(body)),
                    origin: { kind: "outside" },
                    principal,
                })
                .then((answer) => ({ status: answer.status, headers: answer.headers, body: decode(answer) }));
        },
        list: () =>
            [...servers.values()].flatMap(({ host, own }) =>
                own.flatMap((definition) => [
                    ...endpoints(definition).map(({ name, method }) => entry(host, name, method)),
                    // A route for some of the requests only lets them in by another proof, and does the same.
                    ...(definition.routes ?? [])
                        .filter((route) => !("applies" in route))
                        .map((route) => entry(host, `${route.verb} ${route.path}`, route)),
                ]),
            ),
        refused: () =>
            [...servers.values()].flatMap(({ host, own }) => {
                const inputs = own
                    .flatMap(endpoints)
                    .flatMap(({ method, descriptor }) => (method ? [descriptor.input] : []));
                const fields = new Set(inputs.flatMap((input) => refusedFields(input)));
                return [...fields].sort().map((field) => ({ host, field }));
            }),
        unverified: () =>
            [...servers.values()].flatMap(({ host, own }) =>
                own.flatMap(({ unverified = [] }) => unverified.map((note) => ({ host, note }))),
            ),
    };
}

/** The bytes of a body: bytes and texts stay as they are, everything else becomes JSON. */
function bytesOf(body: unknown): Buffer {
    if (body instanceof Uint8Array) {
        return Buffer.from(body);
    }
    return Buffer.from(body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body));
}

function entry(host: string, name: string, method: { permission: string | undefined } | undefined): ApiMethod {
    const { permission } = method ?? {};
    return { host, name, implemented: method !== undefined, ...defined({ permission }) };
}

/** One host. Its definitions are compiled at the first request, because Google's protos take a while to load. */
class ApiServer {
    readonly definitions: ApiDefinition[] = [];
    private compiled: { rest: Rest; size: number } | undefined;
    private grpc: HostHandler | undefined;

    constructor(
        private readonly cloud: () => Cloud,
        readonly host: string,
    ) {}

    /** The definitions of this host, without those of an API whose host of a region this is. */
    get own(): ApiDefinition[] {
        return this.definitions.filter(({ host }) => host === this.host);
    }

    rest(): Rest {
        if (this.compiled?.size !== this.definitions.length) {
            const rest = createRest(this.cloud());
            this.definitions.forEach((definition) => rest.add(definition));
            this.compiled = { rest, size: this.definitions.length };
        }
        return this.compiled.rest;
    }

    readonly handler: HostHandler = (request, response, origin) => {
        if (request.headers["content-type"]?.startsWith("application/grpc")) {
            this.answerGrpc(request, response, origin);
            return;
        }
        this.answerRest(request, response, origin).catch((error: unknown) =>
            response.destroy(error instanceof Error ? error : undefined),
        );
    };

    private answerGrpc(request: IncomingMessage, response: ServerResponse, origin: Origin): void {
        this.grpc ??= loadGrpc().createGrpcHandler(
            this.cloud(),
            this.definitions.flatMap((definition) => endpoints(definition)),
        );
        this.grpc(request, response, origin);
    }

    private async answerRest(request: IncomingMessage, response: ServerResponse, origin: Origin): Promise<void> {
        const url = `https://${request.headers.host ?? this.host}${request.url ?? "/"}`;
        const answer = URL.canParse(url)
            ? await this.rest().answer({
                  method: request.method ?? "GET",
                  url: new URL(url),
                  headers: request.headers,
                  readBody: (limit) => readBody(request, limit),
                  origin,
              })
            : badRequest(`${url} is no URL`);
        response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
        response.end(request.method === "HEAD" ? undefined : answer.body);
    }
}

function badRequest(message: string): RestAnswer {
    const body = JSON.stringify(errorBody(new ApiError("INVALID_ARGUMENT", message)));
    return { status: 400, headers: { "content-type": "application/json; charset=UTF-8" }, body };
}

/** @throws ApiError if the body is larger than `limit`; what follows is not kept */
function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
        const tooLarge = (): void => {
            // The client is to read the answer, so its connection stays.
            request.off("data", take).pause();
            const message = `the request is larger than ${limit} bytes, and no more are taken here`;
            reject(new ApiError("INVALID_ARGUMENT", message));
        };
        const chunks: Buffer[] = [];
        let size = 0;
        const take = (chunk: Buffer): void => {
            chunks.push(chunk);
            size += chunk.length;
            if (size > limit) {
                tooLarge();
            }
        };
        if (Number(request.headers["content-length"] ?? 0) > limit) {
            tooLarge();
            return;
        }
        // An iterator would be shorter, and take as long as all else that HTTP costs.
        finished(request, { writable: false }, (error) => (error ? reject(error) : resolve(Buffer.concat(chunks))));
        request.on("data", take);
    });
}

function decode({ headers, body }: RestAnswer): unknown {
    const text = body.toString();
    return headers["content-type"]?.startsWith("application/json") ? (JSON.parse(text) as Json) : text;
}
