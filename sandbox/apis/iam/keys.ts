import { ApiError, type Cloud } from "../../cloud";
import { isEnforced, violation } from "../../iam";
import { accountKeyCollection, generateKey, selfSignedCertificate } from "../../tokens";
import { Resources, unimplemented, type Json, type Methods, type Stored } from "../framework";
import { accountName, requireAccount } from "./names";

/** A key as it is stored: the resource, and its public key in two formats. */
type Key = Stored<"google.iam.admin.v1.ServiceAccountKey"> & { publicKeyPem: string; certificatePem: string };

const keys = new Resources<Key>(accountKeyCollection);

const onAccount = (verb: string) => ({
    permission: `iam.serviceAccountKeys.${verb}`,
    resource: ({ name }: { name: string }, cloud: Cloud) => accountName(name, cloud),
});

/** The methods of `google.iam.admin.v1.IAM` on keys of service accounts. */
export const keyMethods: Methods<"google.iam.admin.v1.IAM"> = {
    ListServiceAccountKeys: {
        ...onAccount("list"),
        handle({ name, keyTypes = [] }, { cloud }) {
            requireAccount(name, cloud);
            const all = keys.list(cloud, `${accountName(name, cloud)}/keys`);
            const asked = all.filter((key) => keyTypes.length === 0 || keyTypes.includes(String(key.keyType)));
            return { keys: asked.map(publicPart) };
        },
    },
    GetServiceAccountKey: {
        ...onAccount("get"),
        handle({ name, publicKeyType = "TYPE_NONE" }, { cloud }) {
            const key = keys.get(cloud, keyName(name, cloud));
            const pem = { TYPE_X509_PEM_FILE: key.certificatePem, TYPE_RAW_PUBLIC_KEY: key.publicKeyPem }[
                publicKeyType
            ];
            return {
                ...publicPart(key),
                ...(pem === undefined ? {} : { publicKeyData: Buffer.from(pem).toString("base64") }),
            };
        },
    },
    CreateServiceAccountKey: {
        ...onAccount("create"),
        async handle({ name, privateKeyType, keyAlgorithm }, { cloud, time }) {
            const account = requireAccount(name, cloud);
            if (privateKeyType === "TYPE_PKCS12_FILE") {
                throw unimplemented("private_key_type TYPE_PKCS12_FILE");
            }
            if (keyAlgorithm === "KEY_ALG_RSA_1024") {
                throw unimplemented("key_algorithm KEY_ALG_RSA_1024");
            }
            if (account.disabled) {
                throw new ApiError("FAILED_PRECONDITION", `Service account ${account.email} is disabled.`);
            }
            const constraint = "iam.disableServiceAccountKeyCreation";
            if (isEnforced(`//iam.googleapis.com/${accountName(name, cloud)}`, constraint, cloud)) {
                // https://cloud.google.com/iam/docs/troubleshoot-org-policies
                const said = "Key creation is not allowed on this service account.";
                throw violation(said, constraint, accountName(name, cloud), `constraints/${constraint} is enforced`);
            }
            const pair = generateKey();
            const key: Key = {
                name: `${accountName(name, cloud)}/keys/${pair.id}`,
                privateKeyType: "TYPE_GOOGLE_CREDENTIALS_FILE",
                keyAlgorithm: "KEY_ALG_RSA_2048",
                keyOrigin: "GOOGLE_PROVIDED",
                keyType: "USER_MANAGED",
                validAfterTime: time,
                validBeforeTime: "9999-12-31T23:59:59Z",
                publicKeyPem: pair.publicKey.export({ type: "spki", format: "pem" }).toString(),
                certificatePem: await selfSignedCertificate(pair, account.uniqueId, cloud.clock.now()),
            };
            keys.create(cloud, key.name, key);
            const pem = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
            const file = JSON.stringify(credentialsFile(account, pair.id, pem), null, 2);
            return { ...publicPart(key), privateKeyData: Buffer.from(file).toString("base64") };
        },
    },
    DeleteServiceAccountKey: {
        ...onAccount("delete"),
        handle({ name }, { cloud }) {
            keys.delete(cloud, keyName(name, cloud));
            return {};
        },
    },
    EnableServiceAccountKey: {
        ...onAccount("enable"),
        handle: (request, { cloud }) => setDisabled(request, cloud, false),
    },
    DisableServiceAccountKey: {
        ...onAccount("disable"),
        handle: (request, { cloud }) => setDisabled(request, cloud, true),
    },
};

/** The fields of a stored key that clients see. */
function publicPart({ publicKeyPem: _, certificatePem: __, ...key }: Key): Json {
    return key;
}

function keyName(name: string, cloud: Cloud): string {
    requireAccount(name, cloud);
    return `${accountName(name, cloud)}/keys/${name.split("/").at(-1) ?? ""}`;
}

function setDisabled({ name }: { name: string }, cloud: Cloud, disabled: boolean): Json {
    const key = keys.get(cloud, keyName(name, cloud));
    keys.put(cloud, key.name, { ...key, disabled });
    return {};
}

/** Deletes the keys of a deleted account. */
export function deleteKeys(account: string, cloud: Cloud): void {
    for (const key of keys.list(cloud, `${account}/keys`)) {
        keys.delete(cloud, key.name);
    }
}

/**
 * The credentials file that client libraries read.
 * https://google.aip.dev/auth/4112
 */
function credentialsFile(
    account: { email: string; uniqueId: string; projectId: string },
    id: string,
    pem: string,
): Json {
    return {
        type: "service_account",
        project_id: account.projectId,
        private_key_id: id,
        private_key: pem,
        client_email: account.email,
        client_id: account.uniqueId,
        auth_uri: "https://accounts.google.com/o/oauth2/auth",
        token_uri: "https://oauth2.googleapis.com/token",
        auth_provider_x509_cert_url: "https://www.googleapis.com/oauth2/v1/certs",
        client_x509_cert_url: `https://www.googleapis.com/robot/v1/metadata/x509/${encodeURIComponent(account.email)}`,
        universe_domain: "googleapis.com",
    };
}
