import { ApiError, type Cloud } from "../cloud";
import { projectNumberOf } from "../iam";
import {
    checkEtag,
    crc32c,
    crud,
    locationMethods,
    message,
    selected,
    etagOf,
    invalidArgument,
    page,
    policyMethods,
    Resources,
    shortName,
    type ApiDefinition,
    type Call,
    type Json,
    type Stored,
} from "./framework";
import { checkKeyUse } from "./kms";

type Secret = Stored<"google.cloud.secretmanager.v1.Secret">;
type Version = Stored<"google.cloud.secretmanager.v1.SecretVersion", "name" | "state">;

const HOST = "secretmanager.googleapis.com";
const SECRET = "secretmanager.googleapis.com/Secret";
const VERSION = "secretmanager.googleapis.com/SecretVersion";
const LARGEST = 64 * 1024;
const secrets = new Resources<Secret>("secretmanager.secrets", "google.cloud.secretmanager.v1.Secret");
const versions = new Resources<Version>("secretmanager.versions", "google.cloud.secretmanager.v1.SecretVersion");
/** The values of the secrets in base64, apart from their descriptions. Only its owner can read the state file. */
const payloads = new Resources<{ data: string }>("secretmanager.payloads");

const secretMethods = crud({
    resources: secrets,
    singular: "Secret",
    permissions: "secretmanager.secrets",
    resourceType: SECRET,
    idField: "secretId",
    answer: (secret, cloud) => numbered(cloud, secret),
    build({ cloud, time }, name, { ttl, ...wanted }, current) {
        if (!wanted.replication && !current) {
            throw invalidArgument("The replication policy is required.", "secret.replication");
        }
        const { automatic, userManaged } = wanted.replication ?? {};
        // https://cloud.google.com/secret-manager/docs/cmek
        for (const place of [{ ...automatic, location: "global" }, ...(userManaged?.replicas ?? [])]) {
            checkKeyUse(cloud, "secretmanager", name, place.customerManagedEncryption?.kmsKeyName, place.location);
        }
        const secret = {
            ...wanted,
            // A time to live is answered as the time at which it ends.
            ...(typeof ttl === "string" && { expireTime: expiryOf(time, ttl) }),
            name,
            createTime: current?.createTime ?? time,
        };
        return { ...secret, etag: etagOf(secret) };
    },
    deleted({ cloud }, name) {
        for (const version of versions.list(cloud, name)) {
            cloud.store.delete(payloads.collection, version.name);
            versions.delete(cloud, version.name);
        }
    },
});

/** https://cloud.google.com/secret-manager/docs/reference/rest */
export const secretmanager: ApiDefinition = {
    host: HOST,
    // https://cloud.google.com/secret-manager/docs/reference/rest#service-endpoint
    otherHosts: ["secretmanager.*.rep.googleapis.com"],
    unverified: ["names are answered with the project's number, as documentation shows them"],
    services: {
        "google.cloud.location.Locations": locationMethods("v1"),
        "google.cloud.secretmanager.v1.SecretManagerService": {
            ...secretMethods,
            ...policyMethods({
                host: HOST,
                permissions: "secretmanager.secrets",
                resourceType: SECRET,
                mustExist: (cloud, name) => secrets.get(cloud, name),
            }),
            AddSecretVersion: {
                permission: "secretmanager.versions.add",
                resourceType: SECRET,
                handle({ parent, payload: { data = "", dataCrc32c } }, { cloud, time }) {
                    secrets.get(cloud, parent);
                    const bytes = Buffer.from(data, "base64");
                    if (bytes.length === 0 || bytes.length > LARGEST) {
                        throw invalidArgument(
                            `The payload has ${bytes.length} bytes; 1 to ${LARGEST} are allowed.`,
                            "payload",
                        );
                    }
                    if (dataCrc32c !== undefined && dataCrc32c !== String(crc32c(bytes))) {
                        throw invalidArgument("The payload does not match its CRC32C checksum.", "payload.data_crc32c");
                    }
                    const number = Number(shortName(newestFirst(cloud, parent)[0]?.name ?? "/0")) + 1;
                    const name = `${parent}/versions/${number}`;
                    const version = {
                        name,
                        createTime: time,
                        state: "ENABLED",
                        replicationStatus: { automatic: {} },
                        clientSpecifiedPayloadChecksum: dataCrc32c !== undefined,
                    };
                    payloads.put(cloud, name, { data });
                    return numbered(cloud, versions.put(cloud, name, { ...version, etag: etagOf(version) }));
                },
            },
            GetSecretVersion: {
                permission: "secretmanager.versions.get",
                resourceType: VERSION,
                handle: ({ name }, { cloud }) => numbered(cloud, versionOf(cloud, name)),
            },
            ListSecretVersions: {
                permission: "secretmanager.versions.list",
                resourceType: SECRET,
                handle(request, { cloud }) {
                    secrets.get(cloud, request.parent);
                    const all = newestFirst(cloud, request.parent).map((version) => numbered(cloud, version));
                    return page("versions", selected(versionType(), all, request), request);
                },
            },
            AccessSecretVersion: {
                permission: "secretmanager.versions.access",
                resourceType: VERSION,
                handle({ name }, { cloud }) {
                    const version = versionOf(cloud, name);
                    if (version.state !== "ENABLED") {
                        throw new ApiError(
                            "FAILED_PRECONDITION",
                            `Secret Version [${name}] is in ${version.state} state.`,
                        );
                    }
                    const { data } = payloads.get(cloud, version.name);
                    const dataCrc32c = String(crc32c(Buffer.from(data, "base64")));
                    return { name: numbered(cloud, version).name, payload: { data, dataCrc32c } };
                },
            },
            EnableSecretVersion: {
                permission: "secretmanager.versions.enable",
                resourceType: VERSION,
                handle: setState("ENABLED"),
            },
            DisableSecretVersion: {
                permission: "secretmanager.versions.disable",
                resourceType: VERSION,
                handle: setState("DISABLED"),
            },
            DestroySecretVersion: {
                permission: "secretmanager.versions.destroy",
                resourceType: VERSION,
                handle: setState("DESTROYED"),
            },
        },
    },
};

/** @throws ApiError INVALID_ARGUMENT if a secret would expire before it is made, or after the year 9999 */
function expiryOf(time: string, ttl: string): string {
    const seconds = Number.parseFloat(ttl);
    const at = Date.parse(time) + seconds * 1000;
    if (seconds <= 0 || at > Date.UTC(9999, 11, 31)) {
        throw invalidArgument(`The ttl ${ttl} does not end between now and the year 9999.`, "secret.ttl");
    }
    return new Date(at).toISOString();
}

/** Google answers with the project's number in place of its ID [K]. */
function numbered<R extends Json & { name: string }>(cloud: Cloud, resource: R): R {
    const [, project = "", ...rest] = resource.name.split("/");
    const number = projectNumberOf(project, cloud.settings, cloud.store);
    return { ...resource, name: ["projects", number, ...rest].join("/") };
}

/** The version that a name stands for: `latest` is the newest that is enabled. */
function versionOf(cloud: Cloud, name: string): Version {
    if (shortName(name) !== "latest") {
        return versions.get(cloud, name);
    }
    const parent = name.replace(/\/versions\/latest$/, "");
    const newest = newestFirst(cloud, parent).find(({ state }) => state === "ENABLED");
    if (!newest) {
        throw new ApiError("NOT_FOUND", `Secret [${parent}] not found or has no versions.`);
    }
    return newest;
}

function newestFirst(cloud: Cloud, secret: string): Version[] {
    return versions.list(cloud, secret).sort((a, b) => Number(shortName(b.name)) - Number(shortName(a.name)));
}

const versionType = () => message("google.cloud.secretmanager.v1.SecretVersion");

function setState(state: string): (request: { name: string; etag?: string }, call: Call) => Json {
    return ({ name, etag }, { cloud, time }) => {
        const current = versionOf(cloud, name);
        checkEtag(current, etag);
        if (current.state === "DESTROYED" && state !== "DESTROYED") {
            throw new ApiError("FAILED_PRECONDITION", `SecretVersion [${name}] is in DESTROYED state.`);
        }
        if (state === "DESTROYED") {
            cloud.store.delete(payloads.collection, current.name);
        }
        const changed = { ...current, state, ...(state === "DESTROYED" && { destroyTime: time }) };
        const stored = versions.put(cloud, current.name, { ...changed, etag: etagOf(changed) });
        return numbered(cloud, stored);
    };
}
