import { ApiError, type Cloud, type Json } from "../../cloud";
import {
    applyMask,
    crud,
    invalidArgument,
    locationMethods,
    message,
    page,
    policyMethodsByKind,
    selected,
    type ApiDefinition,
} from "../framework";
import {
    addVersion,
    cryptoKeys,
    keep,
    keyOf,
    keyRings,
    usable,
    versionOf,
    versionsOf,
    withPrimary,
    type CryptoKey,
    type Version,
} from "./keys";
import { cryptography } from "./cryptography";

const HOST = "cloudkms.googleapis.com";
const RING = `${HOST}/KeyRing`;
const KEY = `${HOST}/CryptoKey`;
const VERSION = `${HOST}/CryptoKeyVersion`;
const SYMMETRIC = "GOOGLE_SYMMETRIC_ENCRYPTION";
const DAY = 86_400;
const VERSIONS = "cloudkms.cryptoKeyVersions";

const rings = crud({
    resources: keyRings,
    singular: "KeyRing",
    permissions: "cloudkms.keyRings",
    resourceType: RING,
    idField: "keyRingId",
    build: ({ time }, name) => ({ name, createTime: time }),
});

const keys = crud({
    resources: cryptoKeys,
    singular: "CryptoKey",
    permissions: "cloudkms.cryptoKeys",
    resourceType: KEY,
    idField: "cryptoKeyId",
    answer: withPrimary,
    immutable: ["purpose", "importOnly", "cryptoKeyBackend", "destroyScheduledDuration"],
    build({ cloud, time }, name, wanted, current): CryptoKey {
        keyRings.get(cloud, name.replace(/\/cryptoKeys\/[^/]*$/, ""));
        const { purpose, rotationPeriod, nextRotationTime, versionTemplate = {} } = wanted;
        if (!purpose || purpose === "CRYPTO_KEY_PURPOSE_UNSPECIFIED") {
            throw invalidArgument("purpose is required for a CryptoKey.", "crypto_key.purpose");
        }
        const isSymmetric = purpose === "ENCRYPT_DECRYPT";
        const { algorithm = isSymmetric ? SYMMETRIC : "", protectionLevel = "SOFTWARE" } = versionTemplate;
        if ((algorithm === SYMMETRIC) !== isSymmetric || algorithm === "") {
            throw invalidArgument(
                `A key for ${purpose} needs an algorithm for that in version_template, and not "${algorithm}".`,
                "crypto_key.version_template.algorithm",
            );
        }
        const seconds = Number.parseFloat(rotationPeriod ?? "");
        if (rotationPeriod !== undefined && (!isSymmetric || seconds < DAY || seconds > 36_500 * DAY)) {
            throw invalidArgument(
                "rotation_period must be 24 hours to 876,000 hours, and only a key for ENCRYPT_DECRYPT has one.",
                "crypto_key.rotation_period",
            );
        }
        const next = new Date(Date.parse(time) + seconds * 1000);
        const { primary: _, ...given } = wanted;
        return {
            destroyScheduledDuration: `${30 * DAY}s`,
            ...given,
            // No client chooses a version by its name, which could be that of another key.
            ...(current?.primary && { primary: current.primary }),
            name,
            createTime: current?.createTime ?? time,
            versionTemplate: { algorithm, protectionLevel },
            // Google wants the time with the period; the provider sends both.
            ...(rotationPeriod !== undefined && { nextRotationTime: nextRotationTime ?? next.toISOString() }),
        };
    },
});
const { GetKeyRing, ListKeyRings, CreateKeyRing } = rings;
const { GetCryptoKey, ListCryptoKeys, UpdateCryptoKey } = keys;

const policies = (collection: string, resourceType: string, mustExist: (cloud: Cloud, name: string) => void) => ({
    host: HOST,
    permissions: `cloudkms.${collection}`,
    resourceType,
    mustExist,
});
const ringPolicies = policies("keyRings", RING, (cloud, name) => keyRings.get(cloud, name));
const keyPolicies = policies("cryptoKeys", KEY, (cloud, name) => cryptoKeys.get(cloud, name));
const LOCATION = "/v1/{resource=projects/*/locations/*/keyRings/*";

/** https://cloud.google.com/kms/docs/reference/rest */
export const kms: ApiDefinition = {
    host: HOST,
    unverified: [
        "keys of all purposes can be made; only those for ENCRYPT_DECRYPT are also used, with AES-256-GCM",
        "a key that is rotated gets its next version by UpdateCryptoKeyPrimaryVersion alone, and not as time passes",
    ],
    services: {
        "google.cloud.location.Locations": locationMethods("v1"),
        "google.cloud.kms.v1.KeyManagementService": {
            GetKeyRing,
            ListKeyRings,
            CreateKeyRing,
            GetCryptoKey,
            ListCryptoKeys,
            UpdateCryptoKey,
            CreateCryptoKey: {
                ...keys.CreateCryptoKey,
                async handle(request, call) {
                    const { skipInitialVersionCreation, ...rest } = request;
                    const made = (await keys.CreateCryptoKey.handle(rest, call)) as CryptoKey;
                    if (skipInitialVersionCreation === true) {
                        return made;
                    }
                    const version = addVersion(call.cloud, made, call.time);
                    return made.purpose === "ENCRYPT_DECRYPT" ? withNewPrimary(call.cloud, made, version) : made;
                },
            },
            UpdateCryptoKeyPrimaryVersion: {
                permission: "cloudkms.cryptoKeys.update",
                resourceType: KEY,
                handle: ({ name, cryptoKeyVersionId }, { cloud }) =>
                    withNewPrimary(
                        cloud,
                        cryptoKeys.get(cloud, name),
                        usable(cloud, `${name}/cryptoKeyVersions/${cryptoKeyVersionId}`),
                    ),
            },
            GetCryptoKeyVersion: {
                permission: `${VERSIONS}.get`,
                resourceType: VERSION,
                handle: ({ name }, { cloud }) => versionOf(cloud, name),
            },
            ListCryptoKeyVersions: {
                permission: `${VERSIONS}.list`,
                resourceType: KEY,
                handle(request, { cloud }) {
                    cryptoKeys.get(cloud, request.parent);
                    const all = versionsOf(cloud, request.parent);
                    const found = selected(message("google.cloud.kms.v1.CryptoKeyVersion"), all, request);
                    return { ...page("cryptoKeyVersions", found, request), totalSize: found.length };
                },
            },
            CreateCryptoKeyVersion: {
                permission: `${VERSIONS}.create`,
                resourceType: KEY,
                handle({ parent, cryptoKeyVersion }, { cloud, time }) {
                    const made = addVersion(cloud, cryptoKeys.get(cloud, parent), time);
                    const { state = made.state } = cryptoKeyVersion;
                    return keep(cloud, { ...made, state: enabledOrNot(state) });
                },
            },
            UpdateCryptoKeyVersion: {
                permission: `${VERSIONS}.update`,
                resource: ({ cryptoKeyVersion }) => cryptoKeyVersion.name ?? "",
                resourceType: VERSION,
                handle({ cryptoKeyVersion, updateMask }, { cloud }) {
                    const current = versionOf(cloud, cryptoKeyVersion.name ?? "");
                    const changed = applyMask(current, cryptoKeyVersion, updateMask, ["state"]);
                    inState(current, "ENABLED", "DISABLED");
                    return keep(cloud, { ...changed, state: enabledOrNot(changed.state) });
                },
            },
            DestroyCryptoKeyVersion: {
                permission: `${VERSIONS}.destroy`,
                resourceType: VERSION,
                handle({ name }, { cloud, time }) {
                    const current = inState(versionOf(cloud, name), "ENABLED", "DISABLED");
                    const { destroyScheduledDuration = "0s" } = cryptoKeys.get(cloud, keyOf(name));
                    const at = Date.parse(time) + Number.parseFloat(destroyScheduledDuration) * 1000;
                    const destroyTime = new Date(at).toISOString();
                    return keep(cloud, { ...current, state: "DESTROY_SCHEDULED", destroyTime });
                },
            },
            RestoreCryptoKeyVersion: {
                permission: `${VERSIONS}.restore`,
                resourceType: VERSION,
                handle({ name }, { cloud }) {
                    const { destroyTime: _, ...rest } = inState(versionOf(cloud, name), "DESTROY_SCHEDULED");
                    return keep(cloud, { ...rest, state: "DISABLED" });
                },
            },
            ...cryptography,
        },
        "google.iam.v1.IAMPolicy": policyMethodsByKind(
            (name) => (name.includes("/cryptoKeys/") ? keyPolicies : ringPolicies),
            [`${LOCATION}}`, `${LOCATION}/cryptoKeys/*}`],
        ),
    },
};

function withNewPrimary(cloud: Cloud, key: CryptoKey, primary: Version): Json {
    return withPrimary(cryptoKeys.put(cloud, key.name, { ...key, primary }), cloud);
}

/** @throws ApiError FAILED_PRECONDITION if a version is in another state */
function inState(version: Version, ...states: string[]): Version {
    if (!states.includes(version.state)) {
        const said = `${version.name} has the state ${version.state}; it must be ${states.join(" or ")} for this.`;
        throw new ApiError("FAILED_PRECONDITION", said);
    }
    return version;
}

/** @throws ApiError INVALID_ARGUMENT */
function enabledOrNot(state: string): string {
    if (state !== "ENABLED" && state !== "DISABLED") {
        throw invalidArgument(
            `The state can be set to ENABLED or DISABLED, and not to ${state}.`,
            "crypto_key_version.state",
        );
    }
    return state;
}
