import type { CloudOptions } from "./create";

export interface SandboxOptions extends Omit<CloudOptions, "stateFile"> {
    /** Where state and the root certificate are kept; a folder that goes with the sandbox by default. */
    stateDir?: string;
    /** The proxy's port on 127.0.0.1; a free one by default. */
    port?: number;
    /**
     * An address of this machine on which the proxy listens beside loopback, such as `0.0.0.0`: for containers and other
     * machines, and for everybody else who reaches it. The control API stays on loopback. @default - loopback alone
     */
    listenBeyondLoopback?: string;
    /** What answers for services and external hosts: a `sandbox.yaml`. @default - a page that says who called */
    mapping?: string;
}

export interface AdminRequest {
    /** JSON, or the bytes of an upload. */
    body?: unknown;
    headers?: Record<string, string>;
    /** Who asks, as a member of IAM: `user:…`, `serviceAccount:…`. @default the owner */
    principal?: string;
}
