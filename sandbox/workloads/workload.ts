import type { IncomingMessage, ServerResponse } from "node:http";

/** What a workload's code gets in addition to the request. A container finds the same in its environment. */
export interface WorkloadContext {
    /** `process.env`: `K_SERVICE`, `K_REVISION`, the service's own variables, `GCE_METADATA_HOST` and others. */
    env: Record<string, string>;
    /** The global `fetch`. It calls as the workload, and reaches nothing but the sandbox. */
    fetch: typeof globalThis.fetch;
    /** Prints a line to the logs of the service, as `console.log` does in a container of its own. */
    log(text: string): void;
}

/**
 * What a handler module exports: as its default, as `handler`, or as the module itself. On Google Cloud the same function is
 * given to `http.createServer`, so only the sandbox passes a context.
 */
export type WorkloadHandler = (request: IncomingMessage, response: ServerResponse, context: WorkloadContext) => unknown;

/** Something that answers behind a front door. */
export interface Workload {
    answer(request: IncomingMessage, response: ServerResponse): void;
    /** Starts it before the first request. @default - the first request starts it */
    start?(): void;
    close(): Promise<void>;
}
