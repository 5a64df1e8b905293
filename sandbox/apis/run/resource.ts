import { createHash } from "node:crypto";
import { totalCpus } from "../../../common";
import { checkLimits } from "./limits";
import { invalidArgument, nameParts, Resources, type Message, type Stored } from "../framework";

/** A service of Cloud Run. */
export type RunService = Stored<"google.cloud.run.v2.Service", "name" | "generation">;
export type RunTemplate = Message<"google.cloud.run.v2.RevisionTemplate">;

export const services = new Resources<RunService>("run.services", "google.cloud.run.v2.Service");

/** Region codes of the hashed URLs, as observed [K]. The codes of other regions are made from their names. */
const REGION_CODES: Record<string, string> = {
    "asia-east1": "de",
    "asia-northeast1": "an",
    "asia-south1": "el",
    "asia-southeast1": "as",
    "australia-southeast1": "ts",
    "europe-north1": "lz",
    "europe-west1": "ew",
    "europe-west2": "nw",
    "europe-west3": "ey",
    "europe-west4": "ez",
    "europe-west6": "oa",
    "europe-west9": "od",
    "northamerica-northeast1": "nn",
    "southamerica-east1": "rj",
    "us-central1": "uc",
    "us-east1": "ue",
    "us-east4": "uk",
    "us-west1": "uw",
};

/** The two letters by which addresses name a region. */
export function regionCode(region: string): string {
    return REGION_CODES[region] ?? (region.match(/\b[a-z]/g) ?? ["x", "x"]).join("").slice(0, 2);
}

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

/**
 * Both `run.app` addresses of a service: the one with a hash, which is `uri`, and the deterministic one.
 * https://cloud.google.com/run/docs/triggering/https-request#urls
 */
export function serviceUrls(name: string, projectNumber: string): { hashed: string; deterministic: string } {
    const { locations: region = "", services: service = "" } = nameParts(name);
    const digest = createHash("sha256").update(projectNumber).digest().subarray(0, 10);
    const hash = Array.from(digest, (byte) => BASE32[byte % 32]).join("");
    return {
        hashed: `https://${service}-${hash}-${regionCode(region)}.a.run.app`,
        deterministic: `https://${service}-${projectNumber}.${region}.run.app`,
    };
}

const LIMITS = { cpu: "1000m", memory: "512Mi" };
const PORT = { name: "http1", containerPort: 8080 };

/** The defaults that Google fills in and reads back (from its documentation, not observed [K]). */
export function withDefaults(template: RunTemplate, account: string): RunTemplate {
    const several = (template.containers ?? []).length > 1;
    const sizes = (template.containers ?? []).map(({ resources }) => resources?.limits ?? {});
    return {
        maxInstanceRequestConcurrency: totalCpus(sizes) < 1 ? 1 : 80,
        timeout: "300s",
        scaling: { maxInstanceCount: 100 },
        ...template,
        serviceAccount: template.serviceAccount ?? account,
        containers: (template.containers ?? []).map((container, i) => ({
            ...container,
            // Only absent fields get defaults. Given fields are echoed, because clients would take another value for a change.
            resources: container.resources
                ? { ...container.resources, limits: container.resources.limits ?? LIMITS }
                : { limits: LIMITS, cpuIdle: true, startupCpuBoost: true },
            // A sidecar has no port.
            ...(container.ports
                ? { ports: container.ports.map((port) => ({ ...PORT, ...port })) }
                : i === 0 && !several && { ports: [PORT] }),
        })),
    };
}

/** @throws ApiError INVALID_ARGUMENT if a template cannot become a revision */
export function checkTemplate(template: RunTemplate | undefined): RunTemplate {
    const containers = template?.containers ?? [];
    if (!template || containers.length === 0) {
        throw invalidArgument(
            "template.containers: Revision template must have at least one container",
            "template.containers",
        );
    }
    containers.forEach((container, i) => {
        if (!container.image) {
            const field = `template.containers[${i}].image`;
            throw invalidArgument(`${field}: Image is required`, field);
        }
    });
    checkLimits(template);
    return template;
}
