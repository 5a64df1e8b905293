import { Agent, request, type IncomingMessage } from "node:http";
import { InvokeError } from "../../errors";

/** A request of one of Google's senders, or a workload's. */
interface Outgoing {
    method: string;
    url: string;
    headers: Record<string, string>;
    body?: Uint8Array;
    timeoutMilliseconds: number;
    /** The address and port in a network to which the request goes, whatever the URL's host is. @default - the URL's host */
    address?: string;
}

interface Incoming {
    status: number;
    /** Names in canonical case (`Content-Type`); values of a repeated header joined by commas. */
    headers: Record<string, string>;
    body: Buffer;
}

/** No answer came, because the receiver cannot be reached or did not answer in time. */
export class SendError extends InvokeError {
    readonly code = "send";

    constructor(
        readonly kind: "timeout" | "connection",
        message: string,
    ) {
        super(message);
    }
}

/** Sends requests into the sandbox. */
export interface Sender {
    /** @throws SendError if no answer came; the signal's reason if it was aborted */
    send(outgoing: Outgoing, signal?: AbortSignal): Promise<Incoming>;
    close(): void;
}

/**
 * Knocks at the front doors like anyone, through the sandbox's proxy. What is within the process needs no TLS: the
 * proxy takes `https` addresses in plain form from whoever has its credentials.
 * @param proxy with its credentials, which settle where requests come from
 */
export function createSender(proxy: string): Sender {
    const { hostname, port, username, password } = new URL(proxy);
    const agent = new Agent({ keepAlive: true, maxSockets: 64 });
    const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString(
        "base64",
    );

    return {
        send({ method, url, headers, body, timeoutMilliseconds, address }, signal) {
            const target = new URL(url);
            return new Promise((resolve, reject) => {
                const timeout = AbortSignal.timeout(Math.min(timeoutMilliseconds, 2 ** 31 - 1));
                const outgoing = request(
                    {
                        host: hostname,
                        port,
                        agent,
                        method,
                        path: `${target.protocol}//${address ?? target.host}${target.pathname}${target.search}`,
                        headers: {
                            ...headers,
                            host: target.host,
                            "proxy-authorization": `Basic ${credentials}`,
                            ...(body ? { "content-length": body.length } : {}),
                        },
                        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
                    },
                    (incoming) => {
                        collect(incoming).then(resolve, fail);
                    },
                );
                function fail(error: Error): void {
                    if (signal?.aborted) {
                        reject(error);
                    } else if (timeout.aborted) {
                        reject(
                            new SendError("timeout", `${target.host} did not answer within ${timeoutMilliseconds} ms`),
                        );
                    } else {
                        reject(new SendError("connection", `${target.host}: ${error.message}`));
                    }
                }
                outgoing.on("error", fail);
                outgoing.end(body);
            });
        },
        close: () => agent.destroy(),
    };
}

async function collect(incoming: IncomingMessage): Promise<Incoming> {
    const parts: Buffer[] = [];
    for await (const part of incoming) {
        parts.push(part as Buffer);
    }
    const headers = Object.entries(incoming.headersDistinct).map(([name, values = []]): [string, string] => [
        name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()),
        values.join(","),
    ]);
    return { status: incoming.statusCode ?? 0, headers: Object.fromEntries(headers), body: Buffer.concat(parts) };
}
