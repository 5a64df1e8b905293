import { defined } from "../../common";
import type { RunService } from "../apis";
import type { Origin } from "../cloud";

/** What Cloud Run gives a container by default: https://cloud.google.com/run/docs/configuring/services/memory-limits */
const DEFAULT_MEGABYTES = 512;
const MOST_STUCK_SECONDS = 10;

/** What a service and an execution of a job have in common: code that runs with an identity of its own. */
export interface Deployed {
    /** `projects/P/locations/L/services/S`, or the same of a job's execution. */
    name: string;
    template?: Pick<NonNullable<RunService["template"]>, "containers" | "serviceAccount" | "volumes" | "vpcAccess">;
}

export function projectOf({ name }: Deployed): string {
    return name.split("/")[1] ?? "";
}

/** The identity with which a service calls others, and the network from which it does. */
export function originOf(service: Deployed): Origin {
    const vpc = service.template?.vpcAccess;
    return {
        kind: "workload",
        project: projectOf(service),
        resource: service.name,
        vpc: vpc?.egress === "ALL_TRAFFIC",
        ...defined({ subnetwork: vpc?.networkInterfaces?.[0]?.subnetwork, connector: vpc?.connector }),
        ...(service.template?.serviceAccount !== undefined && { account: service.template.serviceAccount }),
    };
}

/**
 * How long the service's startup probe lets it take to start. Undefined if it has no such probe.
 * https://cloud.google.com/run/docs/configuring/healthchecks#startup-probes
 */
export function startSeconds(service: RunService): number | undefined {
    const probe = service.template?.containers?.[0]?.startupProbe;
    if (!probe) {
        return undefined;
    }
    const { initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 } = probe;
    return initialDelaySeconds + periodSeconds * failureThreshold;
}

/**
 * Whether requests reach the container in HTTP/2: the name of its port says so.
 * https://cloud.google.com/run/docs/configuring/http2
 */
export function speaksHttp2({ template }: RunService): boolean {
    return (template?.containers ?? []).some(({ ports = [] }) => ports.some(({ name }) => name === "h2c"));
}

/** How long a handler may block its thread, in seconds: never longer than its service lets a request take. */
export function stuckSeconds({ template }: RunService): number {
    return Math.min(Number.parseFloat(String(template?.timeout)) || MOST_STUCK_SECONDS, MOST_STUCK_SECONDS);
}

/** The memory that a service may use, in MiB. Quantities have the form of Kubernetes: `512Mi`, `1Gi`, `500M`, `1e9`. */
export function memoryMegabytes(service: RunService): number {
    const limit = service.template?.containers?.[0]?.resources?.limits?.memory ?? "";
    const [, amount = "", unit = ""] = /^([\d.]+(?:e\d+)?)([KMGT]?i?|k)$/.exec(limit) ?? [];
    const power = " KMGT".indexOf(unit.charAt(0).toUpperCase() || " ");
    const bytes = Number(amount) * (unit.endsWith("i") ? 1024 : 1000) ** power;
    return bytes > 0 ? Math.max(1, Math.round(bytes / 2 ** 20)) : DEFAULT_MEGABYTES;
}

/** The service with the container first that answers its requests: the one with a port, if there are several. */
export function servingFirst(service: RunService): RunService {
    const containers = service.template?.containers ?? [];
    const serving = containers.find(({ ports = [] }) => ports.length > 0);
    if (serving === undefined || serving === containers[0]) {
        return service;
    }
    const ordered = [serving, ...containers.filter((one) => one !== serving)];
    return { ...service, template: { ...service.template, containers: ordered } };
}
