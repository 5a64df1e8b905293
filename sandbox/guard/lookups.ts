import dns from "node:dns";
import { isIP } from "node:net";
import { isLoopback } from "./loopback";
import type { WayOf } from "./way";

/** Lets no DNS query out: it would show other machines what a workload asks for. Hosts are reached by name, by the proxy. */
export function guardLookups(wayOf: WayOf): void {
    for (const resolver of [dns, dns.Resolver.prototype]) {
        guardQueries(wayOf, resolver, (name) => (...args) => {
            const callback = args.at(-1);
            if (typeof callback === "function") {
                process.nextTick(callback, notFound(name));
            }
            return {};
        });
    }
    for (const resolver of [dns.promises, dns.promises.Resolver.prototype]) {
        guardQueries(wayOf, resolver, (name) => () => Promise.reject(notFound(name)));
    }
}

type Query = (...args: unknown[]) => unknown;

function guardQueries(wayOf: WayOf, resolver: object, refuse: (name: unknown) => Query): void {
    for (const method of Object.getOwnPropertyNames(resolver)) {
        const real: unknown = Reflect.get(resolver, method);
        if (/^(lookup|resolve|reverse)/.test(method) && typeof real === "function") {
            Reflect.set(resolver, method, function (this: unknown, ...args: unknown[]): unknown {
                const [name] = args;
                return wayOf() === undefined || isAnsweredHere(method, name)
                    ? (Reflect.apply(real, this, args) as unknown)
                    : refuse(name)(...args);
            });
        }
    }
}

/** Whether the system answers without asking anybody. `resolve` and `reverse` always ask a server. */
function isAnsweredHere(method: string, name: unknown): boolean {
    if (!method.startsWith("lookup")) {
        return false;
    }
    return typeof name !== "string" || isLoopback(name) || (method === "lookup" && isIP(name) !== 0);
}

function notFound(name: unknown): Error {
    const message = `${String(name)} is not looked up: workloads of the sandbox reach hosts by their names, through its proxy`;
    return Object.assign(new Error(message), { code: "ENOTFOUND", hostname: name, syscall: "getaddrinfo" });
}
