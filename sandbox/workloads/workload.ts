import type { IncomingMessage, ServerResponse } from "node:http";

/** What a workload's code is given beside the request, as its container would find it in its environment. */
export interface WorkloadContext {
    /** `process.env`: `K_SERVICE`, `K_REVISION`, the service's own variables, `GCE_METADATA_HOST` and others. */
    env: Record<string, string>;
    /** The global `fetch`, which reaches the sandbox as the workload, and nothing else. */
    fetch: typeof globalThis.fetch;
    /** Prints a line to the logs of the service, as `console.log` does in a container of its own. */
    log(text: string): void;
}

/**
 * What a handler module exports, as its default, as `handler`, or as the module itself. On Google Cloud the same function
 * is given to `http.createServer`, so the context is there in the sandbox only.
 */
export type WorkloadHandler = (request: IncomingMessage, response: ServerResponse, context: WorkloadContext) => unknown;

/** Something that answers behind a front door. */
export interface Workload {
    answer(request: IncomingMessage, response: ServerResponse): void;
    close(): Promise<void>;
}
