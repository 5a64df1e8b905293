const RUN = "https://run.googleapis.com/v2/projects/{project}/locations/{location}";
const FUNCTIONS = "https://cloudfunctions.googleapis.com";
const IAP = "https://iap.googleapis.com/v1/projects/{project}/iap_web";
const MANAGER = "https://cloudresourcemanager.googleapis.com";

/** For each type of Pulumi resource that changes a policy: the REST URL of what has the policy. Braces name inputs. */
const carriers: Record<string, string> = {
    "gcp:cloudrunv2/serviceIam": `${RUN}/services/{name}`,
    "gcp:cloudrunv2/jobIam": `${RUN}/jobs/{name}`,
    "gcp:cloudrunv2/workerPoolIam": `${RUN}/workerPools/{name}`,
    "gcp:cloudrun/iam": `${RUN}/services/{service}`,
    "gcp:cloudfunctions/functionIam": `${FUNCTIONS}/v1/projects/{project}/locations/{region}/functions/{cloudFunction}`,
    "gcp:cloudfunctionsv2/functionIam": `${FUNCTIONS}/v2/projects/{project}/locations/{location}/functions/{cloudFunction}`,
    "gcp:iap/webIam": IAP,
    "gcp:iap/webTypeComputeIam": `${IAP}/compute`,
    "gcp:iap/webBackendServiceIam": `${IAP}/compute/services/{webBackendService}`,
    "gcp:iap/webRegionBackendServiceIam": `${IAP}/compute-{region}/services/{webRegionBackendService}`,
    "gcp:iap/webCloudRunServiceIam": `${IAP}/cloud_run-{location}/services/{cloudRunServiceName}`,
    "gcp:serviceaccount/iam": "https://iam.googleapis.com/v1/projects/-/serviceAccounts/{serviceAccountId}",
    "gcp:pubsub/topicIam": "https://pubsub.googleapis.com/v1/projects/{project}/topics/{topic}",
    "gcp:cloudtasks/queueIam":
        "https://cloudtasks.googleapis.com/v2/projects/{project}/locations/{location}/queues/{name}",
    "gcp:secretmanager/secretIam": "https://secretmanager.googleapis.com/v1/projects/{project}/secrets/{secretId}",
    "gcp:projects/iam": `${MANAGER}/v1/projects/{project}`,
    "gcp:folder/iam": `${MANAGER}/v3/folders/{folder}`,
    "gcp:organizations/iam": `${MANAGER}/v3/organizations/{orgId}`,
};

/** For each type of Pulumi resource that can be invoked: its REST URL. */
const invokables: Record<string, string> = {
    "gcp:cloudrunv2/service:Service": `${RUN}/services/{name}`,
    "gcp:cloudrun/service:Service": `${RUN}/services/{name}`,
    "gcp:cloudrunv2/job:Job": `${RUN}/jobs/{name}`,
    "gcp:cloudfunctions/function:Function": `${FUNCTIONS}/v1/projects/{project}/locations/{region}/functions/{name}`,
    "gcp:cloudfunctionsv2/function:Function": `${FUNCTIONS}/v2/projects/{project}/locations/{location}/functions/{name}`,
    "gcp:workflows/workflow:Workflow":
        "https://workflows.googleapis.com/v1/projects/{project}/locations/{region}/workflows/{name}",
};

/** What a type grants by, such as `Member` of `gcp:cloudrunv2/serviceIamMember:ServiceIamMember`; undefined for other types. */
export function grantKind(type: string): string | undefined {
    return /I[aA][mM](Member|Binding|Policy)$/.exec(type)?.[1];
}

/** The REST URL of what has the policy that a type changes, with the inputs that name it in braces; undefined if it is not known. */
export function policyCarrier(type: string): string | undefined {
    const [, token = ""] = /^(.*)(Member|Binding|Policy):/.exec(type) ?? [];
    return carriers[token.replace(/iAM$/, "iam").replace(/IAM$/, "Iam")];
}

/** The REST URL of what can be invoked, with the inputs that name it in braces; undefined for other types. */
export const invokableUrl = (type: string): string | undefined => invokables[type];

/**
 * The REST URLs of what a resource makes that can be invoked: a multi-region service of Cloud Run has a policy in each of its regions.
 * @param settings its `multiRegionSettings`, as far as they are known
 */
export function urlsInRegions(url: string, settings: unknown): string[] {
    const { regions } = (settings ?? {}) as { regions?: unknown };
    const known = Array.isArray(regions) ? regions.filter((region) => typeof region === "string") : [];
    return known.length === 0
        ? [url]
        : known.map((region) => url.replace("/locations/global/", () => `/locations/${region}/`));
}

/** A URL with a value for each of its braces. Undefined if one of them has none. */
export function filled(template: string, value: (name: string) => string | undefined): string | undefined {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
    const values = names.map((name) => [name, value(name)] as const);
    return values.every(([, text]) => text !== undefined && text !== "")
        ? values.reduce((url, [name, text = ""]) => url.replace(`{${name}}`, text), template)
        : undefined;
}

/** Whether a component of this package made a resource, by itself or inside a component of the user's. */
export const isOfThisPackage = (urn: string): boolean => /(::|\$)pulumi-gcp-invoke:index:/.test(urn);
