import { Server } from "node:net";
import { isAnyAddress, isLoopback } from "./loopback";
import type { WayOf } from "./way";

const LOOPBACK = "127.0.0.1";

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the server that it is asked of
const { listen } = Server.prototype;

/** Lets servers listen on loopback alone: on 127.0.0.1 if they ask for every address, as containers do. */
export function guardListening(wayOf: WayOf): void {
    const guarded = function (this: Server, ...args: unknown[]): Server {
        return Reflect.apply(listen, this, (wayOf() ? onLoopback(args) : args) as Parameters<typeof listen>);
    };
    Object.assign(Server.prototype, { listen: guarded });
}

/** `listen(port, host, …)`, `listen(options, …)`, `listen(path, …)`, `listen(handle, …)`, `listen(listener)`. */
function onLoopback(args: unknown[]): unknown[] {
    const [first, second, ...rest] = args;
    if (typeof first === "object" && first !== null) {
        const { port, host } = first as { port?: unknown; host?: unknown };
        return port === undefined ? args : [{ ...first, host: checked(host) }, second, ...rest];
    }
    if (typeof first === "function") {
        return [0, LOOPBACK, ...args];
    }
    if (typeof first === "string" && !/^\d+$/.test(first)) {
        return args;
    }
    return typeof second === "string" ? [first, checked(second), ...rest] : [first ?? 0, LOOPBACK, ...args.slice(1)];
}

function checked(host: unknown): string {
    const name = typeof host === "string" ? host : "";
    if (isAnyAddress(name)) {
        return LOOPBACK;
    }
    if (isLoopback(name)) {
        return name;
    }
    const message = `listen on ${name}: workloads of the sandbox listen on loopback; listen on 127.0.0.1 or 0.0.0.0`;
    throw Object.assign(new Error(message), { code: "EADDRNOTAVAIL", address: name });
}
