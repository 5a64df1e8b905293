import type { HttpBinding, Json } from "../../../../sandbox/cloud";
import type { Endpoint } from "../../../../sandbox/apis/framework/endpoint";
import { httpBindings } from "../../../../sandbox/apis/framework/descriptors";
import { compilePath } from "../../../../sandbox/apis/framework/paths";
import { camelCase } from "../../../../sandbox/apis/framework/messages";
import { setPath } from "../../../../sandbox/apis/framework/query";
import { kinds } from "../kinds";
import { requiredOf } from "./field-cases";

/**
 * A request that a method takes: on the resources that {@link kinds} make, with what {@link EXTRAS} say.
 * @param ids by the collection that they stand in
 */
export function requestFor(
    { host, name, descriptor, method }: Endpoint & { host: string },
    ids: Record<string, string>,
): Json {
    const request = requiredOf(descriptor.input);
    const bindings = method?.http ?? httpBindings(descriptor);
    const binding = bindings.find(({ path }) => path.includes("projects/")) ?? bindings[0];
    for (const [, variable = "", pattern = "*"] of (binding?.path ?? "").matchAll(VARIABLE)) {
        setPath(
            request,
            variable.split(".").map(camelCase),
            nameIn(pattern, {
                ...ids,
                ...IDS,
                ...IDS_OF[host],
                ...(name.includes("functions.v1.") && { functions: "first" }),
            }),
        );
    }
    for (const { create, at } of kinds) {
        for (const each of bindings) {
            const [verb, url, body] = create;
            const made = renamed(bound(host, each, verb, url, body));
            const isUpdate = each.verb === "PATCH" || each.verb === "PUT";
            Object.assign(request, made ?? (isUpdate ? bound(host, each, each.verb, at, body) : undefined));
        }
    }
    const short = name.replace(/^.*\.(\w+\.\w+)$/, "$1");
    const [, verb = ""] = short.split(".");
    return { ...request, ...EXTRAS[verb], ...EXTRAS[short], ...WITH_IDS[short]?.(ids) };
}

const VARIABLE = /\{([^}=]+)(?:=([^}]*))?\}/g;
const ROLE = { role: "roles/owner", members: ["user:owner@example.com"] };

const DENIALS = "policies/cloudresourcemanager.googleapis.com%2Fprojects%2Fdemo/denypolicies";
const FULL_NAME = { fullResourceName: "//cloudresourcemanager.googleapis.com/projects/demo" };

const CONFIG = { name: "projects/demo/locations/europe-west1/apis/base/configs/one" };

/** An instance of Cloud Run with a volume, which mounts need. */
const INSTANCE = { containers: [{ image: "a" }], volumes: [{ name: "one", emptyDir: { medium: "MEMORY" } }] };

/** What a method needs beside names, by its name with and without its service. */
const EXTRAS: Record<string, Json> = {
    "KeyManagementService.UpdateCryptoKey": { updateMask: "labels" },
    "KeyManagementService.UpdateCryptoKeyPrimaryVersion": { cryptoKeyVersionId: "1" },
    "KeyManagementService.UpdateCryptoKeyVersion": {
        cryptoKeyVersion: {
            name: "projects/demo/locations/europe-west1/keyRings/one/cryptoKeys/one/cryptoKeyVersions/1",
            state: "DISABLED",
        },
        updateMask: "state",
    },
    "Services.CreateService": { service: { template: INSTANCE } },
    "Jobs.CreateJob": { job: { template: { template: INSTANCE } } },
    "WorkerPools.CreateWorkerPool": { workerPool: { template: INSTANCE } },
    SetIamPolicy: { policy: { version: 3, bindings: [ROLE] } },
    "AlertPolicyService.CreateAlertPolicy": {
        name: "projects/demo",
        alertPolicy: { combiner: "OR", conditions: [{ conditionThreshold: { filter: "a" } }] },
    },
    "FunctionService.CreateFunction": {
        functionId: "two",
        function: {
            buildConfig: { runtime: "nodejs22", source: { storageSource: { bucket: "b", object: "o" } } },
            serviceConfig: { serviceAccountEmail: "runtime@demo.iam.gserviceaccount.com" },
        },
    },
    "ApiGatewayService.GetApiConfig": CONFIG,
    "ApiGatewayService.DeleteApiConfig": CONFIG,
    "CloudTasks.CreateTask": { task: { httpRequest: { url: "https://run.googleapis.com/" } } },
    "SecretManagerService.AddSecretVersion": { payload: { data: "eA==" } },
    "IAM.UndeleteRole": { name: "projects/demo/roles/gone" },
    "IAM.UpdateRole": { name: "projects/demo/roles/one", role: { title: "x" } },
    "IAM.PatchServiceAccount": { updateMask: "displayName" },
    "IAMCredentials.GenerateAccessToken": { scope: ["https://www.googleapis.com/auth/cloud-platform"] },
    "IAMCredentials.SignJwt": { payload: "{}" },
    "Subscriber.StreamingPull": { subscription: "projects/demo/subscriptions/one" },
    "Subscriber.UpdateSubscription": { updateMask: "ackDeadlineSeconds" },
    "OrgPolicy.CreatePolicy": {
        parent: "projects/demo",
        policy: { name: "projects/demo/policies/two", spec: { rules: [{ enforce: true }] } },
    },
    "OrgPolicy.UpdatePolicy": { policy: { name: "projects/demo/policies/one", spec: {} } },
    "Policies.GetPolicy": { name: `${DENIALS}/one` },
    "Policies.DeletePolicy": { name: `${DENIALS}/one` },
    "Policies.ListPolicies": { parent: DENIALS },
    "NotificationChannelService.CreateNotificationChannel": {
        notificationChannel: { type: "email", labels: { email_address: "ann@example.com" } },
    },
    "IAM.CreateServiceAccount": { accountId: "two-account" },
    "IAM.QueryTestablePermissions": FULL_NAME,
    "IAM.QueryGrantableRoles": FULL_NAME,
    "RegistrationService.CreateService": { serviceId: "two" },
    "RegistrationService.CreateEndpoint": { endpointId: "two" },
    "Publisher.Publish": { messages: [{ data: "eA==" }] },
    "LoggingServiceV2.WriteLogEntries": {
        logName: "projects/demo/logs/one",
        entries: [{ textPayload: "a", logName: "projects/demo/logs/one" }],
    },
};

/** The same, of methods on resources whose IDs Google chose. */
const WITH_IDS: Record<string, (ids: Record<string, string>) => Json> = {
    "KeyManagementService.Decrypt": ({ ciphertext = "" }) => ({ ciphertext }),
    "IAM.UndeleteServiceAccount": ({ deletedAccount }) => ({
        name: `projects/demo/serviceAccounts/${String(deletedAccount)}`,
    }),
    "NotificationChannelService.UpdateNotificationChannel": ({ notificationChannels }) => ({
        notificationChannel: {
            name: `projects/demo/notificationChannels/${String(notificationChannels)}`,
            type: "email",
            labels: { email_address: "ann@example.com" },
        },
    }),
};

/** IDs by the collection that they stand in. Of others `one`. */
const IDS: Record<string, string> = {
    projects: "demo",
    locations: "europe-west1",
    serviceAccounts: "one-account@demo.iam.gserviceaccount.com",
    notificationChannelDescriptors: "email",
};

const IDS_OF: Record<string, Record<string, string>> = {
    "iap.googleapis.com": { "": "projects/demo/iap_web/cloud_run-europe-west1/services/one" },
    "iamcredentials.googleapis.com": { projects: "-" },
    "serviceusage.googleapis.com": { services: "run.googleapis.com" },
};

function nameIn(pattern: string, ids: Record<string, string>): string {
    const segments = pattern.split("/");
    return segments
        .map((segment, i) => {
            const collection = segments[i - 1] ?? "";
            const id = ids[`${segments[i - 3] ?? ""}/${collection}`] ?? ids[collection] ?? "one";
            return segment.startsWith("*") ? id : segment;
        })
        .join("/");
}

/** A request over REST as a message; undefined if the binding is not its own. */
function bound(
    host: string,
    { verb, path, body }: HttpBinding,
    asked: string,
    address: string,
    sent: Json,
): Json | undefined {
    const url = new URL(address);
    const match = verb === asked && url.hostname === host ? compilePath(path).match(url.pathname) : undefined;
    if (!match) {
        return undefined;
    }
    const request: Json =
        body === "*" ? structuredClone(sent) : body ? { [camelCase(body)]: structuredClone(sent) } : {};
    for (const [variable, value] of [...Object.entries(match), ...url.searchParams]) {
        setPath(request, variable.split(".").map(camelCase), value);
    }
    return request;
}

/** A copy whose texts that end in `one` end in `two`. */
function renamed(request: Json | undefined): Json | undefined {
    return request && (JSON.parse(JSON.stringify(request).replace(/\b(one|first)"(?!:)/g, 'two"')) as Json);
}
