import type { IncomingMessage, ServerResponse } from "node:http";

/** Where a request came from, as the network sees it: decides ingress. */
export type Origin =
    /** `account`: the service account that a client acts as, by its unique ID; only the metadata server asks for it. */
    | { kind: "outside"; account?: string }
    | { kind: "google"; service: string; project: string }
    /** `account`: whom it runs as. */
    | { kind: "workload"; project: string; resource: string; vpc: boolean; account?: string };

/** Answers for a host name. `origin` was settled when the connection was made. */
export type HostHandler = (request: IncomingMessage, response: ServerResponse, origin: Origin) => void;

/** Host names and who answers for them. An unknown host is refused, named, and listed. */
export interface Hosts {
    /** `*.run.app` or a whole name. The longest match wins. */
    serve(pattern: string, handler: HostHandler): void;
    find(host: string): HostHandler | undefined;
    refused(): { host: string; count: number }[];
    recordRefused(host: string): void;
}
