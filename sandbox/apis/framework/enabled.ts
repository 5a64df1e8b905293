import { ApiError, type Cloud } from "../../cloud";
import { projectCollection, projectNumberOf } from "../../iam";
import { errorInfo, invalidArgument } from "./errors";
import { Resources } from "./resources";

/** The APIs that were switched. At the start every API that the sandbox serves is on, and every other API is off. */
const switched = new Resources<{ enabled: boolean }>("serviceusage.switched");

/** The APIs that are on in every project, because callers sign in and enable other APIs with them. */
const ALWAYS = new Set(
    ["serviceusage", "oauth2", "openidconnect", "sts", "www"].map((name) => `${name}.googleapis.com`),
);

/** `europe-west1-run.googleapis.com`, `secretmanager.europe-west1.rep.googleapis.com`. */
const REGIONAL = /^(?:([a-z]+-[a-z]+\d+)-([^.]+)|([^.]+)\.([a-z]+-[a-z]+\d+)\.rep)\.googleapis\.com$/;

/** `sts.mtls.googleapis.com`, for clients with a certificate: https://google.aip.dev/auth/4114 */
const MUTUAL = /^([^.]+)\.mtls\.googleapis\.com$/;

/** The API of a host: `run.googleapis.com` for `europe-west1-run.googleapis.com`. */
export function apiOf(host: string): string {
    const [, , before, after] = REGIONAL.exec(host) ?? [];
    const api = before ?? after ?? MUTUAL.exec(host)?.[1];
    return api === undefined ? host : `${api}.googleapis.com`;
}

/** The region of a host; undefined if it is the API's own. */
export function regionOf(host: string): string | undefined {
    const [, before, , , after] = REGIONAL.exec(host) ?? [];
    return before ?? after;
}

/** The service whose hosts of regions have only what has a location: a secret there is another than that of its name elsewhere. */
const LOCATED = /\.SecretManagerService\./;

/**
 * The host of a region has the resources of that region, and those without a location. The words are not Google's [K].
 * https://cloud.google.com/secret-manager/docs/regional-secrets-overview
 * @throws ApiError INVALID_ARGUMENT
 */
export function checkRegion(region: string | undefined, resource = "", method = ""): void {
    const location = /\/locations\/([^/]+)/.exec(resource)?.[1];
    if (region !== undefined && location === undefined && LOCATED.test(method)) {
        const [projects, project = "", secrets, secret] = resource.split("/");
        throw secrets === undefined
            ? invalidArgument(`the host of ${region} has the secrets of projects/${project}/locations/${region} alone`)
            : new ApiError("NOT_FOUND", `Secret [${[projects, project, secrets, secret].join("/")}] not found.`);
    }
    if (region !== undefined && location !== undefined && location !== region && location !== "-") {
        throw invalidArgument(
            `the host of ${region} has no resources of the location ${location}; use its own host, or the API's`,
        );
    }
}

/** The APIs that the sandbox serves and that can be switched off. */
function servedApis(cloud: Cloud): string[] {
    const hosts = cloud.apis.list().map(({ host }) => host);
    return [...new Set(hosts)].filter((h) => h.endsWith(".googleapis.com") && !h.includes("*") && !ALWAYS.has(h));
}

export function isEnabled(cloud: Cloud, project: string, api: string): boolean {
    const known = switched.find(cloud, `projects/${project}/services/${api}`);
    return known?.enabled ?? servedApis(cloud).includes(api);
}

export function setEnabled(cloud: Cloud, project: string, api: string, enabled: boolean): void {
    switched.put(cloud, `projects/${project}/services/${api}`, { enabled });
}

/** Every API that is on or off in a project, by name. */
export function knownApis(cloud: Cloud, project: string): string[] {
    const more = cloud.store
        .list(switched.collection, `projects/${project}/services/`)
        .map(([name]) => name.slice(name.lastIndexOf("/") + 1));
    return [...new Set([...servedApis(cloud), ...more])].sort();
}

/** @throws ApiError PERMISSION_DENIED in Google's words, if the API was disabled in the project */
export function checkEnabled(cloud: Cloud, project: string, host: string): void {
    const api = apiOf(host);
    // This looks only at the APIs that were switched, because it runs on every call.
    if (switched.find(cloud, `projects/${project}/services/${api}`)?.enabled !== false) {
        return;
    }
    const number = projectNumberOf(project, cloud.settings, cloud.store);
    const activationUrl = `https://console.developers.google.com/apis/api/${api}/overview?project=${number}`;
    throw new ApiError(
        "PERMISSION_DENIED",
        `${api} has not been used in project ${number} before or it is disabled. Enable it by visiting ${activationUrl} then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.`,
        [
            errorInfo("SERVICE_DISABLED", "googleapis.com", {
                service: api,
                serviceTitle: api,
                consumer: `projects/${number}`,
                containerInfo: number,
                activationUrl,
            }),
            {
                "@type": "type.googleapis.com/google.rpc.Help",
                links: [{ description: "Google developers console API activation", url: activationUrl }],
            },
        ],
    );
}

/**
 * Google does not tell whether a project does not exist or is only closed to the caller. A project has an ID that begins with a
 * letter, so that a number which no project has is none. https://cloud.google.com/resource-manager/docs/creating-managing-projects
 * @throws ApiError PERMISSION_DENIED
 */
export function checkExists({ settings, store }: Cloud, project: string): void {
    const { projects } = settings;
    const exists =
        project === settings.project ||
        (/^\D/.test(project) && (projects === undefined || projects.includes(project))) ||
        store.get(projectCollection, `projects/${project}`) !== undefined;
    if (!exists) {
        throw new ApiError("PERMISSION_DENIED", `Permission denied on resource project ${project}.`, [
            errorInfo("CONSUMER_INVALID", "googleapis.com", {
                consumer: `projects/${project}`,
                containerInfo: project,
            }),
            {
                "@type": "type.googleapis.com/google.rpc.DebugInfo",
                detail: `this sandbox has no project ${project}; its projects are ${[settings.project, ...(projects ?? [])].join(", ")}`,
            },
        ]);
    }
}
