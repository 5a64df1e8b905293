import { readFileSync, writeFileSync } from "node:fs";
import { handwrittenTypes, restTypes } from "../../engine/provider/enforced";
import { grantTokens, iamTargets } from "../../engine/provider/iam/targets";
import type { Properties, Value } from "../../engine/values/values";

/** The place of a resource, which completes its short names. */
export interface RefreshedPlace {
    project: string;
    /** The project's number. */
    number: string;
    location: string;
}

/** A value as the real provider writes it after a refresh, from the value that a program gives. */
type Writes = (value: Value, place: RefreshedPlace) => Value;

const whenShort =
    (full: (name: string, place: RefreshedPlace) => string): Writes =>
    (value, place) =>
        typeof value === "string" && value !== "" && !/[/:]/.test(value) ? full(value, place) : value;
const global = (collection: string): Writes =>
    whenShort((name, { project }) => `projects/${project}/${collection}/${name}`);
const regional = (collection: string): Writes =>
    whenShort((name, { project, location }) => `projects/${project}/locations/${location}/${collection}/${name}`);
const numbered = (collection: string): Writes => {
    const short = whenShort((name, { number }) => `projects/${number}/${collection}/${name}`);
    return (value, place) => byNumber(short(value, place), place);
};
const byNumber: Writes = (value, { project, number }) =>
    typeof value === "string" ? value.replace(`projects/${project}/`, `projects/${number}/`) : value;
const address = (path: (place: RefreshedPlace) => string): Writes =>
    whenShort(
        (name, place) => `https://www.googleapis.com/compute/v1/projects/${place.project}/${path(place)}/${name}`,
    );
const upper: Writes = (value) => (typeof value === "string" ? value.toUpperCase() : value);
const reversed: Writes = (value) => (Array.isArray(value) ? [...value].reverse() : value);
const json: Writes = (value) => {
    try {
        return typeof value === "string" ? JSON.stringify(JSON.parse(value)) : value;
    } catch {
        return value;
    }
};

const UNIT = { s: 1, m: 60, h: 3600, d: 86_400 };
const seconds: Writes = (value) => {
    const [, count, unit] = /^([\d.]+)([smhd])$/.exec(typeof value === "string" ? value : "") ?? [];
    return count === undefined ? value : `${Number(count) * UNIT[unit as keyof typeof UNIT]}s`;
};
const milliseconds: Writes = (value, place) => {
    const counted = seconds(value, place);
    return typeof counted === "string" ? counted.replace(/^(\d+)s$/, "$1.000s") : counted;
};

const account = global("serviceAccounts");
const network = address(() => "global/networks");
const subnetwork = address(({ location }) => `regions/${location}/subnetworks`);
const topic = global("topics");
/** Compute Engine writes whole addresses. */
const selfLink: Writes = (value) =>
    typeof value === "string" && value.startsWith("projects/")
        ? `https://www.googleapis.com/compute/v1/${value}`
        : value;
const connector = regional("connectors");
const bucketName: Writes = whenShort((name) => `projects/_/buckets/${name}`);

const backendService = { "backends[].group": selfLink, securityPolicy: selfLink };
const urlMap = {
    defaultService: selfLink,
    "pathMatchers[].defaultService": selfLink,
    "pathMatchers[].pathRules[].service": selfLink,
};

const container = (template: string): Record<string, Writes> => ({
    [`${template}.timeout`]: seconds,
    ...instance(template),
});

const instance = (template: string): Record<string, Writes> => ({
    [`${template}.vpcAccess.connector`]: connector,
    [`${template}.vpcAccess.networkInterfaces[].network`]: network,
    [`${template}.vpcAccess.networkInterfaces[].subnetwork`]: subnetwork,
    [`${template}.volumes[].secret.secret`]: numbered("secrets"),
    [`${template}.containers[].envs`]: reversed,
    [`${template}.containers[].envs[].valueSource.secretKeyRef.secret`]: numbered("secrets"),
});

/**
 * What the real provider writes into a state when it refreshes it, where that differs from what programs say: for each
 * resource type that is enforced, the paths of its properties (`[]` stands for each member of a list).
 * https://github.com/hashicorp/terraform-provider-google (its functions that read and flatten a resource)
 */
export const refreshedValues: Record<string, Record<string, Writes>> = {
    "gcp:compute/address:Address": { network, subnetwork },
    "gcp:compute/globalAddress:GlobalAddress": { network },
    "gcp:compute/backendService:BackendService": backendService,
    "gcp:compute/regionBackendService:RegionBackendService": backendService,
    "gcp:compute/forwardingRule:ForwardingRule": { target: selfLink, backendService: selfLink, network, subnetwork },
    "gcp:compute/globalForwardingRule:GlobalForwardingRule": { target: selfLink, network },
    "gcp:compute/securityPolicy:SecurityPolicy": { rules: reversed },
    "gcp:compute/regionSecurityPolicy:RegionSecurityPolicy": {},
    "gcp:compute/managedSslCertificate:ManagedSslCertificate": {},
    "gcp:compute/sSLCertificate:SSLCertificate": {},
    "gcp:compute/regionSslCertificate:RegionSslCertificate": {},
    "gcp:compute/network:Network": {},
    "gcp:compute/subnetwork:Subnetwork": { network },
    "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup": { network, subnetwork },
    "gcp:compute/targetHttpProxy:TargetHttpProxy": { urlMap: selfLink },
    "gcp:compute/targetHttpsProxy:TargetHttpsProxy": { urlMap: selfLink, "sslCertificates[]": selfLink },
    "gcp:compute/regionTargetHttpProxy:RegionTargetHttpProxy": { urlMap: selfLink },
    "gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy": { urlMap: selfLink, "sslCertificates[]": selfLink },
    "gcp:compute/uRLMap:URLMap": urlMap,
    "gcp:compute/regionUrlMap:RegionUrlMap": urlMap,
    "gcp:vpcaccess/connector:Connector": { network },
    "gcp:servicedirectory/namespace:Namespace": {},
    "gcp:servicedirectory/service:Service": {},
    "gcp:servicedirectory/endpoint:Endpoint": {},
    "gcp:kms/keyRing:KeyRing": {},
    "gcp:kms/cryptoKey:CryptoKey": { rotationPeriod: seconds, destroyScheduledDuration: seconds },
    "gcp:kms/cryptoKeyVersion:CryptoKeyVersion": {},
    "gcp:serviceaccount/account:Account": {},
    "gcp:cloudrunv2/service:Service": {
        "buildConfig.serviceAccount": account,
        "buildConfig.workerPool": regional("workerPools"),
        ...container("template"),
        "template.volumes[].cloudSqlInstance.instances": reversed,
    },
    "gcp:cloudrunv2/job:Job": container("template.template"),
    "gcp:cloudrunv2/workerPool:WorkerPool": instance("template"),
    "gcp:workflows/workflow:Workflow": { serviceAccount: account },
    "gcp:cloudscheduler/job:Job": {
        attemptDeadline: seconds,
        "pubsubTarget.topicName": topic,
        "retryConfig.maxBackoffDuration": seconds,
        "retryConfig.maxRetryDuration": seconds,
        "retryConfig.minBackoffDuration": seconds,
    },
    "gcp:cloudtasks/queue:Queue": {
        "retryConfig.maxBackoff": milliseconds,
        "retryConfig.maxRetryDuration": milliseconds,
        "retryConfig.minBackoff": milliseconds,
    },
    "gcp:pubsub/topic:Topic": {
        messageRetentionDuration: seconds,
        "messageStoragePolicy.allowedPersistenceRegions": reversed,
        "schemaSettings.schema": global("schemas"),
    },
    "gcp:pubsub/subscription:Subscription": {
        topic,
        messageRetentionDuration: seconds,
        "cloudStorageConfig.maxDuration": seconds,
        "deadLetterPolicy.deadLetterTopic": topic,
        "expirationPolicy.ttl": seconds,
        "retryPolicy.maximumBackoff": seconds,
        "retryPolicy.minimumBackoff": seconds,
    },
    "gcp:cloudbuild/trigger:Trigger": { serviceAccount: account },
    "gcp:cloudrun/domainMapping:DomainMapping": {},
    "gcp:cloudfunctions/function:Function": {
        buildServiceAccount: account,
        dockerRepository: regional("repositories"),
        "eventTrigger.resource": bucketName,
        vpcConnector: connector,
    },
    "gcp:cloudfunctionsv2/function:Function": {
        "buildConfig.dockerRepository": regional("repositories"),
        "buildConfig.serviceAccount": account,
        "buildConfig.workerPool": regional("workerPools"),
        "eventTrigger.pubsubTopic": topic,
        "serviceConfig.directVpcNetworkInterfaces[].network": network,
        "serviceConfig.directVpcNetworkInterfaces[].subnetwork": subnetwork,
        "serviceConfig.vpcConnector": connector,
    },
    "gcp:secretmanager/secret:Secret": {
        "rotation.rotationPeriod": seconds,
        "topics[].name": topic,
        ttl: seconds,
        versionDestroyTtl: seconds,
    },
    "gcp:apigateway/api:Api": {},
    "gcp:apigateway/apiConfig:ApiConfig": {},
    "gcp:apigateway/gateway:Gateway": {},
    "gcp:artifactregistry/repository:Repository": {
        format: upper,
        cleanupPolicies: reversed,
        "cleanupPolicies[].condition.olderThan": seconds,
        "virtualRepositoryConfig.upstreamPolicies": reversed,
        "virtualRepositoryConfig.upstreamPolicies[].repository": regional("repositories"),
    },
    "gcp:projects/iAMCustomRole:IAMCustomRole": { permissions: reversed },
    "gcp:storage/bucket:Bucket": {
        location: upper,
        storageClass: upper,
        "customPlacementConfig.dataLocations": reversed,
        "ipFilter.vpcNetworkSources[].network": network,
    },
    "gcp:endpoints/service:Service": {},
    "gcp:eventarc/trigger:Trigger": {
        channel: regional("channels"),
        "destination.networkConfig.networkAttachment": regional("networkAttachments"),
        "destination.workflow": regional("workflows"),
        matchingCriterias: reversed,
        "transport.pubsub.topic": topic,
    },
    "gcp:logging/metric:Metric": { "metricDescriptor.labels": reversed },
    "gcp:monitoring/alertPolicy:AlertPolicy": {
        "alertStrategy.notificationRateLimit.period": seconds,
        "conditions[].conditionThreshold.duration": seconds,
    },
    "gcp:monitoring/notificationChannel:NotificationChannel": {},
    "gcp:iam/denyPolicy:DenyPolicy": {},
    "gcp:orgpolicy/policy:Policy": { name: byNumber, parent: byNumber, "spec.rules[].parameters": json },
    "gcp:iam/workloadIdentityPool:WorkloadIdentityPool": { "inlineTrustConfig.additionalTrustBundles": reversed },
    "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider": { "oidc.jwksJson": json },
    "gcp:cloudrun/service:Service": { "template.spec.containers[].envs": reversed },
    "gcp:serviceaccount/key:Key": { serviceAccountId: account },
    "gcp:secretmanager/secretVersion:SecretVersion": { secret: numbered("secrets") },
    "gcp:projects/service:Service": {},
    "gcp:projects/serviceIdentity:ServiceIdentity": {},
    "gcp:iap/settings:Settings": { name: byNumber, "accessSettings.reauthSettings.maxAge": seconds },
    "gcp:storage/bucketObject:BucketObject": {},
};

/** The property of each grant's type that names its resource, whose output is the full name. */
const grantParents = new Map(
    iamTargets.flatMap((target) => Object.values(grantTokens(target)).map((token) => [token, target.parent] as const)),
);

/** The types that are made by APIs of the sandbox and are no grants. */
export const madeTypes = [...restTypes, ...handwrittenTypes].map(({ token }) => token);

interface Kept {
    urn: string;
    type: string;
    inputs?: Properties;
    outputs?: Properties;
}

/** The inputs of a resource as the real provider leaves them after a refresh. */
export function refreshedInputs({ type, inputs = {}, outputs = {} }: Kept, place: RefreshedPlace): Properties {
    const given = inputs["location"] ?? inputs["region"] ?? outputs["location"] ?? outputs["region"];
    const own = { ...place, ...(typeof given === "string" && { location: given }) };
    let written = inputs;
    for (const [path, writes] of Object.entries(refreshedValues[type] ?? {})) {
        written = changed(written, path.split("."), (value) => writes(value, own)) as Properties;
    }
    const parent = grantParents.get(type);
    if (parent !== undefined && outputs[parent] !== undefined) {
        written = { ...written, [parent]: outputs[parent] };
    }
    const { members } = written;
    return Array.isArray(members) ? { ...written, members: [...members].reverse() } : written;
}

/** A value with the value at a path changed, if there is one. */
export function changed(value: Value, [part, ...rest]: string[], change: (value: Value) => Value): Value {
    if (part === undefined) {
        return change(value);
    }
    const key = part.replace("[]", "");
    const inner = value !== null && typeof value === "object" && !Array.isArray(value) ? value[key] : undefined;
    if (inner === undefined) {
        return value;
    }
    const after =
        part.endsWith("[]") && Array.isArray(inner)
            ? inner.map((member) => changed(member, rest, change))
            : changed(inner, rest, change);
    return { ...(value as Properties), [key]: after };
}

/**
 * Rewrites the file of a stack's state to what the real provider leaves after a refresh.
 *
 * @returns the names of the resources that were written in another way, in their order
 */
export function writeAsRefreshed(file: string, place: RefreshedPlace): string[] {
    const state = JSON.parse(readFileSync(file, "utf8")) as { deployment: { resources: Kept[] } };
    const names: string[] = [];
    for (const resource of state.deployment.resources) {
        if (resource.inputs === undefined) {
            continue;
        }
        const before = JSON.stringify(resource.inputs);
        resource.inputs = refreshedInputs(resource, place);
        if (JSON.stringify(resource.inputs) !== before) {
            names.push(resource.urn.split("::").at(-1) ?? "");
        }
    }
    writeFileSync(file, JSON.stringify(state));
    return names.sort();
}
