import type { RunService } from "../../apis";

/** What Cloud Run fills in itself, which nobody asked for. */
const DEFAULT_PORT = 8080;

/**
 * What a service asks for and does not get in the sandbox, in words. It runs one instance of one container on this machine.
 * @param runsImage Whether the service's own image is run, with its command.
 */
export function leftOut(service: RunService, runsImage: boolean): string[] {
    const { template = {} } = service;
    const { containers: [container = {}, ...sidecars] = [], volumes = [] } = template;
    const { ports: [port] = [], command = [], args = [], livenessProbe } = container;
    const mounted = container.volumeMounts ?? [];
    const all: [what: string, isAsked: boolean][] = [
        ...sidecars.map((sidecar): [string, boolean] => [`the sidecar ${sidecar.name ?? sidecar.image ?? ""}`, true]),
        ...volumes
            .filter(({ secret }) => secret === undefined)
            .map(({ name = "" }): [string, boolean] => [
                `the volume ${mounted.find((mount) => mount.name === name)?.mountPath ?? name}`,
                true,
            ]),
        ["its command and arguments", !runsImage && command.length + args.length > 0],
        [`the port ${port?.containerPort ?? 0}`, (port?.containerPort ?? DEFAULT_PORT) !== DEFAULT_PORT],
        ["its liveness probe", livenessProbe !== undefined],
        [`the GPU ${template.nodeSelector?.accelerator ?? ""}`, template.nodeSelector !== undefined],
    ];
    return all.filter(([, isAsked]) => isAsked).map(([what]) => what);
}
