import { ProviderError } from "../errors";
import { asText, isObject, type Properties, type Value } from "../values";
import type { Http } from "./http";
import type { ProviderResource } from "./resource";
import { decode } from "./transcode";
import type { Subject } from "./types";

/** The functions that read a resource, whose arguments name it as its inputs do, and its type. */
const RESOURCES: Record<string, string> = {
    "gcp:artifactregistry/getRepository:getRepository": "gcp:artifactregistry/repository:Repository",
    "gcp:cloudfunctions/getFunction:getFunction": "gcp:cloudfunctions/function:Function",
    "gcp:cloudfunctionsv2/getFunction:getFunction": "gcp:cloudfunctionsv2/function:Function",
    "gcp:cloudrun/getService:getService": "gcp:cloudrun/service:Service",
    "gcp:cloudrunv2/getJob:getJob": "gcp:cloudrunv2/job:Job",
    "gcp:cloudrunv2/getService:getService": "gcp:cloudrunv2/service:Service",
    "gcp:cloudrunv2/getWorkerPool:getWorkerPool": "gcp:cloudrunv2/workerPool:WorkerPool",
    "gcp:compute/getAddress:getAddress": "gcp:compute/address:Address",
    "gcp:compute/getBackendService:getBackendService": "gcp:compute/backendService:BackendService",
    "gcp:compute/getForwardingRule:getForwardingRule": "gcp:compute/forwardingRule:ForwardingRule",
    "gcp:compute/getGlobalAddress:getGlobalAddress": "gcp:compute/globalAddress:GlobalAddress",
    "gcp:compute/getGlobalForwardingRule:getGlobalForwardingRule":
        "gcp:compute/globalForwardingRule:GlobalForwardingRule",
    "gcp:compute/getNetwork:getNetwork": "gcp:compute/network:Network",
    "gcp:compute/getRegionBackendService:getRegionBackendService":
        "gcp:compute/regionBackendService:RegionBackendService",
    "gcp:compute/getRegionNetworkEndpointGroup:getRegionNetworkEndpointGroup":
        "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup",
    "gcp:compute/getRegionSslCertificate:getRegionSslCertificate":
        "gcp:compute/regionSslCertificate:RegionSslCertificate",
    "gcp:compute/getSubnetwork:getSubnetwork": "gcp:compute/subnetwork:Subnetwork",
    "gcp:iam/getWorkloadIdentityPool:getWorkloadIdentityPool": "gcp:iam/workloadIdentityPool:WorkloadIdentityPool",
    "gcp:iam/getWorkloadIdentityPoolProvider:getWorkloadIdentityPoolProvider":
        "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
    "gcp:kms/getKMSCryptoKey:getKMSCryptoKey": "gcp:kms/cryptoKey:CryptoKey",
    "gcp:kms/getKMSKeyRing:getKMSKeyRing": "gcp:kms/keyRing:KeyRing",
    "gcp:pubsub/getSubscription:getSubscription": "gcp:pubsub/subscription:Subscription",
    "gcp:pubsub/getTopic:getTopic": "gcp:pubsub/topic:Topic",
    "gcp:secretmanager/getSecret:getSecret": "gcp:secretmanager/secret:Secret",
    "gcp:storage/getBucket:getBucket": "gcp:storage/bucket:Bucket",
    "gcp:storage/getBucketObject:getBucketObject": "gcp:storage/bucketObject:BucketObject",
    "gcp:vpcaccess/getConnector:getConnector": "gcp:vpcaccess/connector:Connector",
};

/** The tokens of all of them. */
export const dataSources = Object.keys(RESOURCES);

/** Whether a token names a function that reads a resource. */
export function isDataSource(token: string): boolean {
    return token in RESOURCES;
}

/**
 * Reads a resource as the provider's function does. All of its properties are computed there, so that the one object of a
 * resource (`template`) is a list of one (`templates`).
 */
export async function readDataSource(
    token: string,
    args: Properties,
    config: Properties,
    resourceOf: (type: string) => ProviderResource,
    http: Http,
): Promise<Properties> {
    const type = RESOURCES[token] ?? "";
    const resource = resourceOf(type);
    const subject: Subject = { type, name: "", urn: "", config };
    const id = resource.identify(subject, args);
    const found = id === undefined ? undefined : await resource.read(subject, id, args);
    if (id === undefined || found === undefined) {
        throw new ProviderError(`${token}: ${id ?? JSON.stringify(args)} does not exist`, {
            fix: "correct its name, or create it first",
        });
    }
    // What a type written by hand does not read has the value of what nobody has set.
    const whole = { ...decode({}, resource.schema, {}, {}), ...found };
    return { ...listed(whole, resource), ...(await more(http, token, found)), ...args, id };
}

/** Outputs that the function has and the resource lacks, each with the name that the API has for it. */
const MORE: Record<string, Record<string, string>> = {
    "gcp:compute/getAddress:getAddress": { status: "status" },
    "gcp:compute/getBackendService:getBackendService": { consistentHash: "consistentHash" },
    "gcp:compute/getGlobalAddress:getGlobalAddress": {
        networkTier: "networkTier",
        status: "status",
        subnetwork: "subnetwork",
        users: "users",
    },
    "gcp:compute/getNetwork:getNetwork": { subnetworksSelfLinks: "subnetworks" },
};

const LISTS = /^(consistentHash|subnetworks|users)$/;

async function more(http: Http, token: string, found: Properties): Promise<Properties> {
    const names = Object.entries(MORE[token] ?? {});
    if (names.length === 0) {
        return {};
    }
    const link = asText(found["selfLink"]).replace("https://www.", "https://compute.");
    const remote = await http.call("GET", link);
    const valueOf = (key: string): Value => {
        const value = remote[key] ?? null;
        return isObject(value) ? [value] : (value ?? (LISTS.test(key) ? [] : ""));
    };
    return Object.fromEntries(names.map(([name, key]) => [name, valueOf(key)]));
}

/** Outputs in which each object is a list of one, under the plural of its name. Maps of the user's own keys stay maps. */
function listed(outputs: Properties, { schema }: ProviderResource): Properties {
    const kinds = { ...schema.inputs, ...schema.outputs };
    return Object.fromEntries(
        Object.entries(outputs).map(([key, value]) =>
            kinds[key]?.type.kind === "object"
                ? [plural(key), value === null ? [] : [nested(value)]]
                : [key, kinds[key]?.type.kind === "map" ? value : nested(value)],
        ),
    );
}

function nested(value: Value): Value {
    if (Array.isArray(value)) {
        return value.map(nested);
    }
    if (!isObject(value)) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value).map(([key, member]) =>
            isObject(member) && !MAPS.test(key) ? [plural(key), [nested(member)]] : [key, nested(member)],
        ),
    );
}

/** Objects of the user's own keys. */
const MAPS = /^(.*[lL]abels|.*[aA]nnotations|limits|nodeSelector|environmentVariables)$/;

function plural(name: string): string {
    // A name that is a plural already stays as it is.
    if (/[^s]s$/.test(name)) {
        return name;
    }
    return name.endsWith("y") && !/[aeiou]y$/.test(name)
        ? `${name.slice(0, -1)}ies`
        : /(ss|x|ch|sh)$/.test(name)
          ? `${name}es`
          : `${name}s`;
}
