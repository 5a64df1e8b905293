import { binary, defined } from "../../../common";
import { nameParts, shortName, type Stored } from "../framework";

/** A function of the second generation: a Cloud Run service beneath, which carries the invoker's grants. */
export type CloudFunction = Stored<"google.cloud.functions.v2.Function">;

/** With these all requests of a function leave by its network: one is for direct egress, one for a connector. */
const all = new Set(["VPC_EGRESS_ALL_TRAFFIC", "ALL_TRAFFIC"]);

const INGRESS: Record<string, string> = {
    ALLOW_ALL: "INGRESS_TRAFFIC_ALL",
    ALLOW_INTERNAL_ONLY: "INGRESS_TRAFFIC_INTERNAL_ONLY",
    ALLOW_INTERNAL_AND_GCLB: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
};

/** The Cloud Run service beneath a function: names there have no capitals and underscores. */
export function serviceBeneath(name: string): string {
    return name.replace("/functions/", "/services/").toLowerCase().replaceAll("_", "-");
}

/** `https://REGION-PROJECT.cloudfunctions.net/NAME`: both generations have one. */
export function functionUrl(name: string): string {
    const { projects: project = "", locations: region = "" } = nameParts(name);
    return `https://${region}-${project}.cloudfunctions.net/${shortName(name)}`;
}

/** The Cloud Run service that is deployed for a function. */
export function runServiceOf(
    name: string,
    account: string,
    { labels, buildConfig = {}, serviceConfig = {} }: Partial<CloudFunction>,
    settings: {
        timeoutSeconds: number;
        maxInstanceRequestConcurrency: number;
        availableCpu: string;
        availableMemory: string;
    },
) {
    const { projects: project = "", locations: region = "" } = nameParts(name);
    const { ingressSettings = "ALLOW_ALL", environmentVariables = {} } = serviceConfig;
    const env = { ...environmentVariables, FUNCTION_TARGET: buildConfig.entryPoint ?? "" };
    const secrets = (serviceConfig.secretEnvironmentVariables ?? []).map(
        ({ key = "", projectId, secret = "", version }) => ({
            name: key,
            valueSource: {
                secretKeyRef: defined({ secret: `projects/${projectId ?? project}/secrets/${secret}`, version }),
            },
        }),
    );
    const secretVolumes = serviceConfig.secretVolumes ?? [];
    const mounts = secretVolumes.map(({ mountPath = "" }) => ({ name: mountPath, mountPath }));
    const egress = serviceConfig.directVpcEgress ?? serviceConfig.vpcConnectorEgressSettings;
    return {
        labels: { ...labels, "goog-managed-by": "cloudfunctions" },
        annotations: { "cloudfunctions.googleapis.com/function-id": shortName(name) },
        ingress: INGRESS[ingressSettings] ?? "INGRESS_TRAFFIC_ALL",
        // The function's own address is accepted as an audience too.
        customAudiences: [functionUrl(name)],
        template: {
            serviceAccount: account,
            timeout: `${settings.timeoutSeconds}s`,
            maxInstanceRequestConcurrency: settings.maxInstanceRequestConcurrency,
            containers: [
                {
                    image: `${region}-docker.pkg.dev/${project}/gcf-artifacts/${shortName(name)}`,
                    env: [...Object.entries(env).map(([key, value]) => ({ name: key, value })), ...secrets],
                    resources: {
                        limits: { cpu: settings.availableCpu, memory: binary(settings.availableMemory) },
                        cpuIdle: true,
                        startupCpuBoost: true,
                    },
                    ...(mounts.length > 0 && { volumeMounts: mounts }),
                },
            ],
            ...(secretVolumes.length > 0 && {
                volumes: secretVolumes.map(({ mountPath = "", projectId, secret = "", versions = [] }) => ({
                    name: mountPath,
                    secret: { secret: `projects/${projectId ?? project}/secrets/${secret}`, items: versions },
                })),
            }),
            ...(all.has(egress ?? "") && { vpcAccess: { egress: "ALL_TRAFFIC" } }),
        },
    };
}
