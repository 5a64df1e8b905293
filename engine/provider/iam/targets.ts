import { asText, type Properties } from "../../values";

/** How the IAM policy of one kind of resource is read and written. */
export interface IamTarget {
    /** The resource type that grants one role to one member. Those for all members of a role, and for all roles, end otherwise. */
    token: string;
    base: string;
    /** The path of the resource. Each pair of braces is replaced by the input that it names. */
    path: string;
    /** The input that names the resource. As an output, it is the whole path. */
    parent?: string;
    /** The method that reads the policy, and where the requested version goes: `?` into the URL, `{}` into the body. */
    get: "GET" | "GET?" | "POST" | "POST?" | "POST{}";
    set?: "PUT";
    updateMask?: string;
    /** What follows the path. @default - {@link COLON} */
    methods?: { get: string; set: string };
    /** The beginning of the id. @default - the path */
    idPrefix?: string;
    /** The path of the resource, in place of {@link path}. */
    pathOf?: (inputs: Properties) => string;
}

/** Whether the conditions of a policy of this kind are read. */
export function readsConditions({ get, methods }: IamTarget): boolean {
    return get.endsWith("?") || get === "POST{}" || methods !== undefined;
}

/** What follows the path in every API except Cloud Storage. */
export const COLON = { get: ":getIamPolicy", set: ":setIamPolicy" };
const run = "https://run.googleapis.com/v2/";
const functions1 = "https://cloudfunctions.googleapis.com/v1/";
const functions2 = "https://cloudfunctions.googleapis.com/v2beta/";
const iap = "https://iap.googleapis.com/v1/";
const kms = "https://cloudkms.googleapis.com/v1/";
const pubsub = "https://pubsub.googleapis.com/v1/";

/** The kinds of resources whose policies the sandbox enforces. */
export const iamTargets: IamTarget[] = [
    {
        token: "gcp:projects/iAMMember:IAMMember",
        base: "https://cloudresourcemanager.googleapis.com/v1/",
        path: "projects/{project}",
        get: "POST{}",
        updateMask: "bindings,etag,auditConfigs",
        idPrefix: "{project}",
    },
    {
        token: "gcp:serviceaccount/iAMMember:IAMMember",
        base: "https://iam.googleapis.com/v1/",
        path: "{serviceAccountId}",
        parent: "serviceAccountId",
        get: "POST?",
    },
    {
        token: "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
        base: run,
        path: "projects/{project}/locations/{location}/services/{name}",
        parent: "name",
        get: "GET",
    },
    {
        token: "gcp:cloudfunctions/functionIamMember:FunctionIamMember",
        base: functions1,
        path: "projects/{project}/locations/{region}/functions/{cloudFunction}",
        parent: "cloudFunction",
        get: "GET",
    },
    {
        token: "gcp:cloudfunctionsv2/functionIamMember:FunctionIamMember",
        base: functions2,
        path: "projects/{project}/locations/{location}/functions/{cloudFunction}",
        parent: "cloudFunction",
        get: "GET",
    },
    {
        token: "gcp:cloudtasks/queueIamMember:QueueIamMember",
        base: "https://cloudtasks.googleapis.com/v2/",
        path: "projects/{project}/locations/{location}/queues/{name}",
        parent: "name",
        get: "POST",
    },
    {
        token: "gcp:pubsub/topicIAMMember:TopicIAMMember",
        base: pubsub,
        path: "projects/{project}/topics/{topic}",
        parent: "topic",
        get: "GET",
    },
    {
        token: "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember",
        base: pubsub,
        path: "projects/{project}/subscriptions/{subscription}",
        parent: "subscription",
        get: "GET",
    },
    {
        token: "gcp:kms/keyRingIAMMember:KeyRingIAMMember",
        base: kms,
        path: "",
        parent: "keyRingId",
        get: "GET?",
        pathOf: (filled) => keyPath(filled, "keyRingId", ["keyRings"]),
    },
    {
        token: "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
        base: kms,
        path: "",
        parent: "cryptoKeyId",
        get: "GET?",
        pathOf: (filled) => keyPath(filled, "cryptoKeyId", ["keyRings", "cryptoKeys"]),
    },
    ...["namespace", "service"].map((kind): IamTarget => {
        const name = kind.replace(/^./, (letter) => letter.toUpperCase());
        return {
            token: `gcp:servicedirectory/${kind}IamMember:${name}IamMember`,
            base: "https://servicedirectory.googleapis.com/v1/",
            path: "{name}",
            parent: "name",
            get: "POST{}",
        };
    }),
    {
        token: "gcp:secretmanager/secretIamMember:SecretIamMember",
        base: "https://secretmanager.googleapis.com/v1/",
        path: "projects/{project}/secrets/{secretId}",
        parent: "secretId",
        get: "GET?",
    },
    {
        token: "gcp:storage/bucketIAMMember:BucketIAMMember",
        base: "https://storage.googleapis.com/storage/v1/",
        path: "b/{bucket}",
        parent: "bucket",
        get: "GET",
        set: "PUT",
        methods: { get: "/iam?optionsRequestedPolicyVersion=3", set: "/iam" },
    },
    {
        token: "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
        base: "https://artifactregistry.googleapis.com/v1/",
        path: "projects/{project}/locations/{location}/repositories/{repository}",
        parent: "repository",
        get: "GET",
    },
    {
        token: "gcp:iap/webBackendServiceIamMember:WebBackendServiceIamMember",
        base: iap,
        path: "projects/{project}/iap_web/compute/services/{webBackendService}",
        parent: "webBackendService",
        get: "POST{}",
    },
    {
        token: "gcp:iap/webCloudRunServiceIamMember:WebCloudRunServiceIamMember",
        base: iap,
        path: "projects/{project}/iap_web/cloud_run-{location}/services/{cloudRunServiceName}",
        parent: "cloudRunServiceName",
        get: "POST{}",
    },
    {
        token: "gcp:iap/webRegionBackendServiceIamMember:WebRegionBackendServiceIamMember",
        base: iap,
        path: "projects/{project}/iap_web/compute-{region}/services/{webRegionBackendService}",
        parent: "webRegionBackendService",
        get: "POST{}",
    },
    {
        token: "gcp:iap/webTypeComputeIamMember:WebTypeComputeIamMember",
        base: iap,
        path: "projects/{project}/iap_web/compute",
        get: "POST{}",
    },
    { token: "gcp:iap/webIamMember:WebIamMember", base: iap, path: "projects/{project}/iap_web", get: "POST{}" },
    {
        token: "gcp:cloudrun/iamMember:IamMember",
        base: "https://run.googleapis.com/v1/",
        path: "projects/{project}/locations/{location}/services/{service}",
        parent: "service",
        get: "GET",
    },
    {
        token: "gcp:cloudrunv2/workerPoolIamMember:WorkerPoolIamMember",
        base: run,
        path: "projects/{project}/locations/{location}/workerPools/{name}",
        parent: "name",
        get: "GET",
    },
    {
        token: "gcp:cloudrunv2/jobIamMember:JobIamMember",
        base: run,
        path: "projects/{project}/locations/{location}/jobs/{name}",
        parent: "name",
        get: "GET",
    },
    {
        token: "gcp:folder/iAMMember:IAMMember",
        base: "https://cloudresourcemanager.googleapis.com/v3/",
        path: "{folder}",
        parent: "folder",
        get: "POST{}",
    },
    {
        token: "gcp:organizations/iAMMember:IAMMember",
        base: "https://cloudresourcemanager.googleapis.com/v3/",
        path: "organizations/{orgId}",
        get: "POST{}",
    },
];

/** The path of a key or a ring of keys, which grants may also name as `PROJECT/LOCATION/RING/KEY` or `LOCATION/RING/KEY`. */
function keyPath(filled: Properties, input: string, collections: readonly string[]): string {
    const id = asText(filled[input] ?? "");
    const parts = id.split("/");
    const missing = 2 + collections.length - parts.length;
    if (parts.includes("keyRings") || missing < 0 || missing > 1) {
        return id;
    }
    const names = missing === 1 ? [asText(filled["gcp:project"] ?? ""), ...parts] : parts;
    return ["projects", "locations", ...collections]
        .map((collection, i) => `${collection}/${names[i] ?? ""}`)
        .join("/");
}

const MEMBER = /Member$/;

/** The types of all grants on a kind of resource: for one member, for a role, and for the whole policy. */
export function grantTokens({ token }: IamTarget): Record<GrantKind, string> {
    const [pkg = "", path = "", name = ""] = token.split(":");
    const of = (kind: string): string => [pkg, path.replace(MEMBER, kind), name.replace(MEMBER, kind)].join(":");
    return { Member: token, Binding: of("Binding"), Policy: of("Policy") };
}

export type GrantKind = "Member" | "Binding" | "Policy";
