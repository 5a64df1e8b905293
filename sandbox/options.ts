import { defined } from "../common";
import { type CloudSettings, isPrivateAddress, SandboxError } from "./cloud";
import type { CloudOptions } from "./create";
import type { Mapping } from "./workloads";
import { duration, type Field, listOf, optional, readFields, text, whole } from "./fields";

/** How a sandbox is started. */
export interface SandboxOptions extends Omit<CloudOptions, "stateFile"> {
    /** The folder of the state and the root certificate; by default a folder that is deleted with the sandbox. */
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
    /**
     * Real hosts to which requests are passed on, without headers and query parameters that could be credentials: such as
     * the proxy of a language's modules. Everything else stays on this machine. @default - none
     */
    allowedHosts?: string[];
}

const PATH = text("a path");
/** The name of one host, without a port. */
const HOST = text("the name of a host, such as proxy.example.com", /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i, 253);
const NAME = text("a name without spaces or slashes", /^[^\s/]+$/, 253);

const PROJECT = text(
    "a project ID of lower-case letters, digits and hyphens",
    /^([a-z\d.-]+:)?[a-z]([a-z\d-]*[a-z\d])?$/,
    60,
);

const OPTIONS: Record<keyof SandboxOptions, Field<unknown>> = {
    stateDir: optional(PATH),
    port: optional(whole(0, 65_535)),
    listenBeyondLoopback: optional(text("an IP address of this machine", /^[\da-fA-F.:]+$/)),
    mapping: optional(PATH),
    allowedHosts: optional(listOf(HOST)),
    project: optional(PROJECT),
    projects: optional(listOf(PROJECT)),
    projectNumber: optional(text("the digits of a project number", /^[1-9]\d*$/, 20)),
    owner: optional(text("user:EMAIL", /^user:[^@\s:/]+@[^@\s:/]+$/, 253)),
    declaredHosts: optional(listOf(NAME)),
    regions: optional(listOf(NAME)),
    runtimes: optional(listOf(NAME)),
    backendServices: optional(listOf(NAME)),
    propagationMilliseconds: optional(duration()),
};

/** @throws SandboxError naming an option that is unknown or wrong, and what is allowed */
export function checkOptions(options: SandboxOptions): void {
    readFields({ ...options }, OPTIONS, SandboxError);
}

/** The options of a cloud, with what a mapping says of its projects, its hosts, and the backend services behind them. */
export function withMapping(
    options: Omit<CloudOptions, "stateFile">,
    mapping: Pick<Mapping, "domains" | "hosts" | "projects" | "resources">,
): Omit<CloudOptions, "stateFile"> {
    const backendServices = mapping.hosts.flatMap(({ iap = [] }) => iap);
    const projects = options.projects ?? mapping.projects;
    return {
        ...options,
        ...defined({
            projects,
            regions: options.regions ?? mapping.resources.regions,
            runtimes: options.runtimes ?? mapping.resources.runtimes,
        }),
        ...(backendServices.length > 0 && { backendServices }),
        declaredHosts: [
            ...(options.declaredHosts ?? []),
            ...mapping.domains,
            ...mapping.hosts.map(({ pattern }) => pattern).filter((host) => !isPrivateAddress(host)),
        ],
    };
}

/** Takes the regions and runtimes that another mapping names as new. */
export function takeNewValues(settings: CloudSettings, { resources }: Pick<Mapping, "resources">): void {
    settings.regions = resources.regions ?? [];
    settings.runtimes = resources.runtimes ?? [];
}

/** A request to an API that is made in this process. */
export interface AdminRequest {
    /** JSON, or the bytes of an upload. */
    body?: unknown;
    headers?: Record<string, string>;
    /** The principal that makes the request, as a member of IAM: `user:…`, `serviceAccount:…`. @default the owner */
    principal?: string;
}
