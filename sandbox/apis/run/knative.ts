import { defined } from "../../../common";
import { invalidArgument, shortName, type Call, type Json } from "../framework";
import {
    fromKnativeContainer,
    fromKnativeVolumes,
    objectOf,
    objectsOf,
    only,
    toKnativeContainer,
    toKnativeVolume,
} from "./knative-containers";
import { metadataOf } from "./knative-metadata";
import type { RunService, RunTemplate } from "./resource";

/** Knative's values of ingress, and those of Cloud Run. */
const INGRESS: Record<string, string> = {
    all: "INGRESS_TRAFFIC_ALL",
    internal: "INGRESS_TRAFFIC_INTERNAL_ONLY",
    "internal-and-cloud-load-balancing": "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
};
/** An entry of `traffic`, whose values the message of the newer API checks. */
type Target = { revisionName?: string; percent?: number; tag?: string };

const RUN = "run.googleapis.com/";
const SCALE = "autoscaling.knative.dev/";
const LATEST = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST";
const REVISION = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION";
/** The annotations that are fields of a service in the newer API, or the server's own; others are kept as they are. */
const FIELDS =
    /^(run\.googleapis\.com\/(ingress(-status)?|urls|regions|custom-audiences|(invoker-iam|default-url)-disabled|iap-enabled)$|serving\.knative\.dev\/)/;
const TEMPLATE_FIELDS =
    /^(autoscaling\.knative\.dev\/(min|max)Scale|run\.googleapis\.com\/(cpu-throttling|startup-cpu-boost))$/;
/** The fields that a revision can have here. Other fields are refused, never ignored. */
const SPEC = "containerConcurrency timeoutSeconds serviceAccountName containers volumes".split(" ");

/**
 * A service as the older API (Knative's) shows it. gcloud and Terraform's `google_cloud_run_service` use that API.
 * https://cloud.google.com/run/docs/reference/rest/v1/namespaces.services
 */
export function toKnative(service: RunService, call: Call): Json {
    const metadata = metadataOf(service, call);
    const { template = {}, traffic = [], urls = [] } = service;
    const ingress = Object.keys(INGRESS).find((key) => INGRESS[key] === service.ingress) ?? "all";
    const status = { status: "True", lastTransitionTime: service.updateTime };
    const targets = traffic.map(({ type, revision, percent, tag }) => ({
        ...(type === REVISION ? { revisionName: revision } : { latestRevision: true }),
        ...defined({ percent, tag }),
    }));
    const latest = shortName(String(service.latestReadyRevision));
    return {
        apiVersion: "serving.knative.dev/v1",
        kind: "Service",
        metadata: {
            ...metadata,
            selfLink: `/apis/serving.knative.dev/v1/namespaces/${metadata.namespace}/services/${metadata.name}`,
            annotations: {
                ...metadata.annotations,
                "serving.knative.dev/creator": service.creator,
                "serving.knative.dev/lastModifier": service.lastModifier,
                [`${RUN}ingress`]: ingress,
                [`${RUN}ingress-status`]: ingress,
                [`${RUN}urls`]: JSON.stringify(urls),
                ...(service.invokerIamDisabled && { [`${RUN}invoker-iam-disabled`]: "true" }),
                ...(service.defaultUriDisabled && { [`${RUN}default-url-disabled`]: "true" }),
                ...(service.multiRegionSettings?.regions && {
                    [`${RUN}regions`]: service.multiRegionSettings.regions.join(","),
                }),
                ...(service.iapEnabled && { [`${RUN}iap-enabled`]: "true" }),
                ...(service.customAudiences && {
                    [`${RUN}custom-audiences`]: JSON.stringify(service.customAudiences),
                }),
            },
        },
        spec: { template: toKnativeTemplate(template), traffic: targets },
        status: {
            observedGeneration: metadata.generation,
            conditions: ["Ready", "ConfigurationsReady", "RoutesReady"].map((type) => ({ type, ...status })),
            latestReadyRevisionName: latest,
            latestCreatedRevisionName: latest,
            traffic: targets.map((target, at) => ({
                revisionName: latest,
                ...target,
                ...defined({ url: service.trafficStatuses?.[at]?.uri }),
            })),
            ...(service.uri !== undefined && { url: service.uri, address: { url: service.uri } }),
        },
    };
}

/** A revision of a service as the older API shows it. */
export function toKnativeRevision(revision: Json, namespace: string): Json {
    const { metadata, spec } = toKnativeTemplate(revision);
    const status = { status: "True", lastTransitionTime: revision.updateTime };
    return {
        apiVersion: "serving.knative.dev/v1",
        kind: "Revision",
        metadata: {
            ...(metadata as Json),
            name: shortName(String(revision.name)),
            namespace,
            uid: revision.uid,
            resourceVersion: revision.etag,
            generation: 1,
            creationTimestamp: revision.createTime,
            labels: { ...objectOf(revision.labels), "serving.knative.dev/service": revision.service },
        },
        spec,
        status: {
            observedGeneration: 1,
            conditions: ["Ready", "Active", "ContainerHealthy", "ResourcesAvailable"].map((type) => ({
                type,
                ...status,
            })),
        },
    };
}

function toKnativeTemplate(template: RunTemplate): Json {
    const { scaling, timeout, containers = [] } = template;
    const { minInstanceCount, maxInstanceCount } = (scaling ?? {}) as Record<string, number | undefined>;
    const resources = containers[0]?.resources;
    return {
        metadata: {
            ...defined({ name: template.revision }),
            labels: template.labels,
            annotations: {
                ...(template.annotations as Json | undefined),
                ...(maxInstanceCount !== undefined && { [`${SCALE}maxScale`]: String(maxInstanceCount) }),
                ...(minInstanceCount !== undefined && { [`${SCALE}minScale`]: String(minInstanceCount) }),
                ...(resources?.startupCpuBoost === true && { [`${RUN}startup-cpu-boost`]: "true" }),
                ...(resources?.cpuIdle !== true && { [`${RUN}cpu-throttling`]: "false" }),
            },
        },
        spec: {
            containerConcurrency: template.maxInstanceRequestConcurrency,
            timeoutSeconds: Number.parseInt(String(timeout), 10),
            serviceAccountName: template.serviceAccount,
            containers: containers.map(toKnativeContainer),
            ...(template.volumes && { volumes: template.volumes.map(toKnativeVolume) }),
        },
    };
}

/** A Knative service as a service of Cloud Run. @throws ApiError INVALID_ARGUMENT for a field that is not known here */
export function fromKnative(body: Json): Partial<RunService> {
    const metadata = objectOf(body.metadata);
    const spec = objectOf(body.spec);
    const annotations = objectOf(metadata.annotations) as Record<string, string>;
    const own = Object.entries(annotations).filter(([key]) => !FIELDS.test(key));
    const labels = Object.entries(objectOf(metadata.labels)).filter(
        ([key]) => !key.startsWith("cloud.googleapis.com/"),
    );
    const ingress = annotations[`${RUN}ingress`] ?? "all";
    if (!INGRESS[ingress]) {
        throw invalidArgument(
            `the ingress "${ingress}" is none of ${Object.keys(INGRESS).join(", ")}`,
            "metadata.annotations",
        );
    }
    const audiences = annotations[`${RUN}custom-audiences`];
    const regions = annotations[`${RUN}regions`];
    const flag = (name: string, field: string): Json =>
        annotations[`${RUN}${name}`] === "true" ? { [field]: true } : {};
    const traffic = objectsOf<Target>(spec.traffic, "spec.traffic");
    return {
        annotations: Object.fromEntries(own),
        labels: Object.fromEntries(labels) as Record<string, string>,
        ingress: INGRESS[ingress],
        ...flag("invoker-iam-disabled", "invokerIamDisabled"),
        ...flag("default-url-disabled", "defaultUriDisabled"),
        ...flag("iap-enabled", "iapEnabled"),
        ...(regions !== undefined && { multiRegionSettings: { regions: regions.split(",") } }),
        ...(audiences !== undefined && { customAudiences: audiencesIn(audiences) }),
        ...(traffic && {
            traffic: traffic.map(({ revisionName, percent, tag }) => ({
                type: revisionName === undefined ? LATEST : REVISION,
                ...defined({ revision: revisionName, percent, tag }),
            })),
        }),
        template: fromKnativeTemplate(objectOf(spec.template)),
    };
}

/** @throws ApiError INVALID_ARGUMENT if the annotation is not a list of texts in JSON */
function audiencesIn(annotation: unknown): string[] {
    try {
        const list: unknown = JSON.parse(String(annotation));
        if (Array.isArray(list) && list.every((one) => typeof one === "string")) {
            return list;
        }
    } catch {
        // It is refused below.
    }
    throw invalidArgument(
        `the annotation ${RUN}custom-audiences is ${JSON.stringify(annotation)}; it must be a list of texts in JSON`,
        "metadata.annotations",
    );
}

function fromKnativeTemplate(template: Json): RunTemplate {
    const metadata = objectOf(template.metadata);
    const spec = only(objectOf(template.spec), SPEC, "spec.template.spec");
    const annotations = objectOf(metadata.annotations) as Record<string, string>;
    const count = (name: string, field: string): Json =>
        annotations[`${SCALE}${name}`] === undefined ? {} : { [field]: Number(annotations[`${SCALE}${name}`]) };
    const scaling = { ...count("minScale", "minInstanceCount"), ...count("maxScale", "maxInstanceCount") };
    const containers = objectsOf(spec.containers, "spec.template.spec.containers") ?? [];
    const own = Object.entries(annotations).filter(([key]) => !TEMPLATE_FIELDS.test(key));
    return {
        ...(own.length > 0 && { annotations: Object.fromEntries(own) }),
        ...(metadata.name !== undefined && { revision: metadata.name as string }),
        ...defined({ labels: metadata.labels as Record<string, string> | undefined }),
        ...(spec.serviceAccountName !== undefined && { serviceAccount: spec.serviceAccountName as string }),
        ...defined({ maxInstanceRequestConcurrency: spec.containerConcurrency as number | undefined }),
        ...(spec.timeoutSeconds !== undefined && { timeout: `${Number(spec.timeoutSeconds)}s` }),
        ...(Object.keys(scaling).length > 0 && { scaling }),
        ...fromKnativeVolumes(spec.volumes, "spec.template.spec.volumes"),
        containers: containers.map((said, i) => {
            const container = fromKnativeContainer(said, `spec.template.spec.containers[${i}]`);
            return {
                ...container,
                // The defaults of the newer API are left out: they would become annotations that the client did not set.
                resources: {
                    ...container.resources,
                    cpuIdle: annotations[`${RUN}cpu-throttling`] !== "false",
                    startupCpuBoost: annotations[`${RUN}startup-cpu-boost`] === "true",
                },
            };
        }),
    };
}
