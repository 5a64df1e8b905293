import { connect, type Socket } from "node:net";

/** How a server did under load. */
export interface Load {
    requestsPerSecond: number;
    /** Milliseconds. */
    p50: number;
    p99: number;
}

export interface LoadOptions {
    /** A connection to the server, for each of the clients. */
    open: () => Promise<Socket>;
    /** The request, whole: sent again and again on each connection. */
    request: string;
    connections: number;
    milliseconds: number;
    /** Ends after so many requests, if that is earlier. */
    requests?: number;
}

/** The bytes of one answer with a `content-length`, and its status. */
const HEAD = /^HTTP\/1\.1 (\d+)[\s\S]*?\r\ncontent-length: (\d+)\r\n[\s\S]*?\r\n\r\n/i;

/**
 * Sends one request after the other on each connection and counts the answers. Written on sockets, because an HTTP
 * client on the second core would be slower than the servers that it measures.
 *
 * @throws Error at the first answer that is not 200
 */
export async function load({ open, request, connections, milliseconds, requests }: LoadOptions): Promise<Load> {
    const times: number[] = [];
    const begun = performance.now();
    const goesOn = (now: number): boolean => now < begun + milliseconds && times.length < (requests ?? Infinity);
    const sockets = await Promise.all(Array.from({ length: connections }, open));
    await Promise.all(sockets.map((socket) => client(socket, request, goesOn, times)));
    const seconds = (performance.now() - begun) / 1000;
    times.sort((a, b) => a - b);
    const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
    return { requestsPerSecond: times.length / seconds, p50: at(0.5), p99: at(0.99) };
}

function client(socket: Socket, request: string, goesOn: (now: number) => boolean, times: number[]): Promise<void> {
    return new Promise((resolve, reject) => {
        let received = "";
        let sent = 0;
        const send = (): void => {
            sent = performance.now();
            socket.write(request);
        };
        socket.setEncoding("latin1");
        socket.on("error", reject);
        socket.on("data", (chunk: string) => {
            received += chunk;
            const head = HEAD.exec(received);
            if (!head) {
                return;
            }
            const end = head[0].length + Number(head[2]);
            if (received.length < end) {
                return;
            }
            if (head[1] !== "200") {
                reject(new Error(`the server answered ${head[1]}: ${received.slice(head[0].length, end)}`));
                socket.destroy();
                return;
            }
            received = received.slice(end);
            const now = performance.now();
            times.push(now - sent);
            if (goesOn(now)) {
                send();
            } else {
                socket.destroy();
                resolve();
            }
        });
        send();
    });
}

/** A plain connection. */
export function plain(port: number): () => Promise<Socket> {
    return () =>
        new Promise((resolve, reject) => {
            const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => resolve(socket)).on(
                "error",
                reject,
            );
        });
}
