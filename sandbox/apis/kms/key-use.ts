import { ApiError, type Cloud } from "../../cloud";
import { serviceAgent } from "../../iam";
import { fullName, invalidArgument, nameParts } from "../framework";
import { cryptoKeys } from "./keys";

const PERMISSIONS = ["cloudkms.cryptoKeyVersions.useToEncrypt", "cloudkms.cryptoKeyVersions.useToDecrypt"];
const KEY = /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/;

/** Who encrypts with a user's key. */
interface KeyUser {
    /** Such as `gs-project-accounts`. */
    agent: string;
    /**
     * How a refusal is told.
     * @param key its name @param account the email of the service's agent
     * @default {@link refusal}
     */
    refused?: (key: string, account: string) => string;
}

const refusal = (key: string, account: string): string =>
    `Permission '${PERMISSIONS[0] ?? ""}' denied on resource '${key}' (or it may not exist). ` +
    `To use it, grant roles/cloudkms.cryptoKeyEncrypterDecrypter on the key to ${account}.`;

/**
 * The services that encrypt what they keep with a user's key. Cloud Storage's words are those of
 * https://github.com/googleapis/nodejs-storage/issues/1254, the first sentence of most others that of
 * https://github.com/hashicorp/terraform-provider-google/issues/15415; the rest is [K].
 */
const USERS = {
    artifactregistry: { agent: "gcp-sa-artifactregistry" },
    cloudfunctions: { agent: "gcf-admin-robot" },
    pubsub: {
        agent: "gcp-sa-pubsub",
        refused: (key, who) =>
            `Cloud Pub/Sub did not have the necessary permissions configured to support this operation. Please verify that the service account ${who} was granted the Cloud KMS CryptoKey Encrypter/Decrypter role for the project containing the CryptoKey ${key}.`,
    },
    run: { agent: "serverless-robot-prod" },
    secretmanager: { agent: "gcp-sa-secretmanager" },
    storage: {
        agent: "gs-project-accounts",
        refused: (_key, who) =>
            `Permission denied on Cloud KMS key. Please ensure that your Cloud Storage service account has been authorized to use this key. The account is ${who}.`,
    },
    workflows: { agent: "gcp-sa-workflows" },
} satisfies Record<string, KeyUser>;

/** The locations of keys for buckets in several regions. https://cloud.google.com/storage/docs/encryption/customer-managed-keys#key-resources */
const MULTI_REGIONS: Record<string, string[]> = { eu: ["europe", "eu"] };

/**
 * The agent of a service must be allowed to encrypt with the key that a resource names, or the resource is not made.
 * https://cloud.google.com/kms/docs/cmek
 * @param resource whose project the agent belongs to: `projects/P/…`
 * @param location where the key must be; any place by default if the resource is in none
 * @param key `projects/P/locations/L/keyRings/R/cryptoKeys/K`; nothing is checked without one
 * @throws ApiError PERMISSION_DENIED in the words of the service, INVALID_ARGUMENT if this is no name of a key or the key is
 * elsewhere than the resource (its words are not Google's [K])
 */
export function checkKeyUse(
    cloud: Cloud,
    service: keyof typeof USERS,
    resource: string,
    key: string | undefined | null,
    location: string | undefined = nameParts(resource).locations,
): void {
    if (!key) {
        return;
    }
    if (!KEY.test(key)) {
        throw invalidArgument(
            `The key "${key}" is not projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY`,
            "kms_key_name",
        );
    }
    const { locations: place = "" } = nameParts(key);
    const places =
        location === undefined ? [place] : (MULTI_REGIONS[location.toLowerCase()] ?? [location.toLowerCase()]);
    if (!places.includes(place)) {
        throw invalidArgument(
            `The key "${key}" is in ${place}, and ${resource} needs a key in ${places.join(" or ")}`,
            "kms_key_name",
        );
    }
    const { agent, refused = refusal }: KeyUser = USERS[service];
    const { projects: project = "" } = nameParts(resource);
    const principal = serviceAgent(cloud, project, agent);
    const isAllowed = PERMISSIONS.every(
        (permission) =>
            cloud.iam.check({
                principal,
                permission,
                resource: fullName("cloudkms.googleapis.com", key),
                resourceType: "cloudkms.googleapis.com/CryptoKey",
                request: `the encryption of ${resource}`,
            }).allowed,
    );
    if (!isAllowed || !cryptoKeys.find(cloud, key)) {
        throw new ApiError("PERMISSION_DENIED", refused(key, principal.email));
    }
}
