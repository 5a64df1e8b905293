import type { IncomingMessage, ServerResponse } from "node:http";
import { isIPv4 } from "node:net";

/**
 * Where a request came from, as the network sees it. Ingress is decided by it. `certificate` is what the client has shown by mutual
 * TLS, in DER: it has its key, and nobody has checked who issued it.
 */
export type Origin = {
    certificate?: Buffer;
    /** Whether a sender of Google's asked by `https`. Within the process it needs no TLS. */
    isHttps?: boolean;
} &
    /**
     * `account`: the service account that a client acts as, by its unique ID; `place`: where it acts as if it ran. Only the metadata
     * server asks for them.
     */
    (
        | { kind: "outside"; account?: string; place?: string }
        /**
         * `network`: the network that it reaches through Private Service Connect, as `projects/P/global/networks/N`; `address`: the
         * address there to which it sends a request, which may be for another host.
         */
        | { kind: "google"; service: string; project: string; network?: string; address?: string }
        /** `account`: whom it runs as. */
        | {
              kind: "workload";
              project: string;
              resource: string;
              /** Whether it sends all its traffic through a network. */
              vpc: boolean;
              /** The subnet of its network interface, or the connector, as it names them. */
              subnetwork?: string;
              connector?: string;
              account?: string;
          }
    );

/** Whether a host is the address of a machine in a network: https://datatracker.ietf.org/doc/html/rfc1918#section-3 */
export const isPrivateAddress = (host: string): boolean =>
    isIPv4(host) && /^(10|172\.(1[6-9]|2\d|3[01])|192\.168)\./.test(host);

/** Answers for a host name. `origin` is that of the connection. */
export type HostHandler = (request: IncomingMessage, response: ServerResponse, origin: Origin) => void;

/** Host names and their handlers. A request to an unknown host is refused with its name, and listed. */
export interface Hosts {
    /** `*.run.app` or a whole name. The longest match wins. */
    serve(pattern: string, handler: HostHandler): void;
    /** Serves the hosts for which `find` has a handler, unless another handler is there for them. */
    serveFound(find: (host: string) => HostHandler | undefined): void;
    find(host: string): HostHandler | undefined;
    /** The hosts that were refused, and how often. Hosts that came after the first 1,000 are counted together. */
    refused(): { host: string; count: number }[];
    /** @param host as the client named it */
    recordRefused(host: string): void;
    /** Calls the listener with the name of each host that is refused, as it is. */
    onRefused(listener: (host: string) => void): void;
}
