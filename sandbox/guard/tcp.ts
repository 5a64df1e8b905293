import { request } from "node:http";
import { createServer, isIP, type AddressInfo, type NetConnectOpts, Socket } from "node:net";
import { isAnyAddress, isLoopback } from "./loopback";
import type { WayOf } from "./way";

/** A destination as `Socket.connect` takes it, in its one form with a host. */
interface Destination {
    host: string;
    port: number;
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the socket that it is asked of
const { connect } = Socket.prototype;

/**
 * Leads TCP connections to other hosts through the sandbox's proxy. It sits below every client (`fetch`, `node:https`,
 * gRPC, database drivers), so it does not matter whether a client knows about proxies.
 */
export function guardTcp(wayOf: WayOf): void {
    const guarded = function (this: Socket, ...args: unknown[]): Socket {
        const way = wayOf();
        const [options, onConnect] = readArguments(args);
        const destination = destinationOf(options);
        if (!way || (!destination && !leadsElsewhere(options))) {
            return Reflect.apply(connect, this, args) as Socket;
        }
        if (onConnect) {
            this.once("connect", onConnect);
        }
        if (!destination) {
            const here = { ...options, host: "localhost", lookup: undefined };
            return Reflect.apply(connect, this, [here as NetConnectOpts]) as Socket;
        }
        // Clients look at it to see whether they have to wait.
        Object.assign(this, { connecting: true });
        void connectThrough(this, way.proxy, destination, options);
        return this;
    };
    Object.assign(Socket.prototype, { connect: guarded });
}

/** `(options, listener)`, `(port, host, listener)` and `(path, listener)`; Node itself passes the first as one array. */
function readArguments(args: unknown[]): [options: Record<string, unknown>, onConnect: (() => void) | undefined] {
    const given: unknown[] = Array.isArray(args[0]) ? args[0] : args;
    const last = given.findLast((argument) => typeof argument === "function") as (() => void) | undefined;
    const [first, second] = given;
    if (typeof first === "object" && first !== null) {
        return [first as Record<string, unknown>, last];
    }
    const isPath = typeof first === "string" && !/^\d+$/.test(first);
    return [isPath ? { path: first } : { port: first, ...(typeof second === "string" && { host: second }) }, last];
}

/** Undefined for what stays on this machine. */
function destinationOf({ path, port, host }: Record<string, unknown>): Destination | undefined {
    const name = typeof host === "string" ? host : "";
    if (typeof path === "string" || port === undefined || isAnyAddress(name) || isLoopback(name)) {
        return undefined;
    }
    return { host: name, port: Number(port) };
}

/** Whether a name of this machine may be found elsewhere: by a lookup of the client's own, or by a name server. */
function leadsElsewhere({ path, port, host, lookup }: Record<string, unknown>): boolean {
    const name = typeof host === "string" ? host : "localhost";
    const isName = path === undefined && port !== undefined && isIP(name) === 0;
    return isName && (lookup !== undefined || name !== "localhost");
}

async function connectThrough(
    socket: Socket,
    proxy: string,
    destination: Destination,
    options: Record<string, unknown>,
): Promise<void> {
    try {
        const port = await relayTo(await openTunnel(proxy, destination));
        const near = { ...options, host: "127.0.0.1", port, family: 4, localAddress: undefined, lookup: undefined };
        if (!socket.destroyed) {
            Reflect.apply(connect, socket, [near as NetConnectOpts]);
        }
    } catch (error) {
        socket.destroy(error as Error);
    }
}

/** https://datatracker.ietf.org/doc/html/rfc9110#section-9.3.6 */
function openTunnel(proxy: string, { host, port }: Destination): Promise<Socket> {
    const { hostname, port: proxyPort, username, password } = new URL(proxy);
    const path = `${host.includes(":") ? `[${host}]` : host}:${port}`;
    const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
    return new Promise((resolve, reject) => {
        request({
            host: hostname,
            port: proxyPort,
            method: "CONNECT",
            path,
            agent: false,
            headers: {
                host: path,
                ...(username !== "" && { "proxy-authorization": `Basic ${credentials.toString("base64")}` }),
            },
        })
            .on("connect", ({ statusCode }, tunnel: Socket, head: Buffer) => {
                if (statusCode === 200) {
                    tunnel.unshift(head);
                    resolve(tunnel);
                    return;
                }
                tunnel.destroy();
                const message = `connect to ${path}: the sandbox does not serve ${host}, and lets nothing out; declare the host in sandbox.yaml under hosts, with what answers for it`;
                reject(Object.assign(new Error(message), { code: "ECONNREFUSED", address: host, port }));
            })
            .on("error", reject)
            .end();
    });
}

/**
 * A port on loopback whose first connection is the tunnel: the socket of a client can be connected to nothing else, as
 * its system handle was made before, with TLS on it if there is TLS.
 */
function relayTo(tunnel: Socket): Promise<number> {
    return new Promise((resolve, reject) => {
        const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
            server.close();
            near.pipe(tunnel).pipe(near);
            near.on("error", () => tunnel.destroy()).on("close", () => tunnel.destroy());
            tunnel.on("error", () => near.destroy()).on("close", () => near.destroy());
            // The client's own socket says whether the process has to stay.
            near.unref();
            tunnel.unref();
        });
        server.on("error", reject);
        server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
    });
}
