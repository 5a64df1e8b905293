import { randomBytes } from "node:crypto";
import type { Origin } from "../cloud";

/**
 * Tells where a connection comes from. Google's own senders and the workloads of the sandbox get a proxy address with a
 * secret in it; a connection without one comes from outside. So no client can pose as an internal sender by a header.
 */
export interface ProxyCredentials {
    /** The user and password of an origin. The same origin always gets the same ones. */
    issue(origin: Origin): string;
    /** The origin of a `Proxy-Authorization` header. Undefined if this sandbox has not given out its credentials. */
    resolve(header: string | undefined): Origin | undefined;
}

const OUTSIDE: Origin = { kind: "outside" };

export function createProxyCredentials(): ProxyCredentials {
    const byOrigin = new Map<string, string>();
    const byHeader = new Map<string, Origin>();
    return {
        issue(origin) {
            const key = JSON.stringify(origin);
            let credentials = byOrigin.get(key);
            if (credentials === undefined) {
                credentials = `${origin.kind}:${randomBytes(24).toString("hex")}`;
                byOrigin.set(key, credentials);
                byHeader.set(`Basic ${Buffer.from(credentials).toString("base64")}`, origin);
            }
            return credentials;
        },
        resolve: (header) => (header === undefined ? OUTSIDE : byHeader.get(header)),
    };
}
