import { ApiError, type Cloud, type Json } from "../../cloud";
import { digits, projectId } from "../../iam";
import { invalidArgument } from "../framework";

/** The kinds of resources that the sandbox serves, by their collections. Others can be named, and nothing is behind them. */
const SERVED: ReadonlySet<string> = new Set([
    "addresses",
    "backendServices",
    "forwardingRules",
    "networkEndpointGroups",
    "networks",
    "securityPolicies",
    "sslCertificates",
    "subnetworks",
    "targetHttpProxies",
    "targetHttpsProxies",
    "urlMaps",
]);

/** The beginning of the address by which Compute Engine names its resources, whatever version and host was asked. */
const LINKS = "https://www.googleapis.com/compute/v1/";

/** `projects/P/global/urlMaps/M` as the link that Google answers. */
export const linkOf = (key: string): string => `${LINKS}${key}`;

/**
 * The key of a resource by any of its names: a link of any version, `projects/P/…`, or what follows the project.
 * @param project of the resource that names it
 * @returns undefined if the text has none of these forms
 */
export function keyOf(name: unknown, project: string, { settings, store }: Cloud): string | undefined {
    if (typeof name !== "string" || name === "") {
        return undefined;
    }
    const path = name.replace(/^https:\/\/(?:www|compute)\.googleapis\.com\/compute\/\w+\//, "").replace(/^\/+/, "");
    const whole = path.startsWith("projects/") ? path : `projects/${project}/${path}`;
    const [, owner = "", rest = ""] =
        /^projects\/([^/]+)\/((?:global|(?:regions|zones)\/[^/]+)\/[a-zA-Z]+\/[^/]+)$/.exec(whole) ?? [];
    return rest === "" ? undefined : `projects/${projectId(owner, settings, store)}/${rest}`;
}

/** The parts of a key: `projects/P/regions/R/urlMaps/M`. */
export function partsOf(key: string): { project: string; region?: string; segment: string; name: string } {
    const parts = key.split("/");
    const region = parts[2] === "regions" ? parts[3] : undefined;
    return {
        project: parts[1] ?? "",
        segment: parts.at(-2) ?? "",
        name: parts.at(-1) ?? "",
        ...(region !== undefined && { region }),
    };
}

/** The collection of the store that has the resources of a kind, of every project and region. */
export const collectionOf = (segment: string): string => `compute.${segment}`;

/** The resource of that key, with its fields as Google defines them. */
export function findByKey<Resource extends object>(cloud: Cloud, key: string | undefined): Resource | undefined {
    return key === undefined ? undefined : (cloud.store.get(collectionOf(partsOf(key).segment), key) as Resource);
}

/** https://cloud.google.com/compute/docs/reference/rest/v1 */
export function missing(key: string): ApiError {
    return new ApiError("NOT_FOUND", `The resource '${key}' was not found`);
}

/** An error of Compute Engine about one field. */
export function invalidField(field: string, value: unknown, why: string): ApiError {
    return invalidArgument(`Invalid value for field 'resource.${field}': '${String(value)}'. ${why}`, field);
}

/**
 * A name of another resource as the link that is kept. Resources of kinds that the sandbox serves must exist.
 * @throws ApiError
 */
export function checkedLink(cloud: Cloud, project: string, field: string, name: unknown): string {
    const key = keyOf(name, project, cloud);
    if (key === undefined) {
        throw invalidField(field, name, "The URL is malformed.");
    }
    if (SERVED.has(partsOf(key).segment) && findByKey(cloud, key) === undefined) {
        throw missing(key);
    }
    return linkOf(key);
}

/** A field that is a text, as its message says. */
export const textIn = (resource: Json, field: string): string | undefined => resource[field] as string | undefined;

/** The numeric ID of a resource, made from its name. */
export const idOf = (key: string): string => digits(key).slice(0, 19);

/** The ID of a backend service, whether it exists or is only named. It is part of the audience of IAP's assertions. */
export function backendServiceId(project: string, region: string | undefined, name: string): string {
    const place = region === undefined ? "compute" : `compute-${region}`;
    return idOf(`projects/${project}/iap_web/${place}/services/${name}`);
}
