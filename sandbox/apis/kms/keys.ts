import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { ApiError, type Cloud } from "../../cloud";
import { invalidArgument, Resources, shortName, type Stored } from "../framework";

export type CryptoKey = Stored<"google.cloud.kms.v1.CryptoKey", "name">;
export type Version = Stored<"google.cloud.kms.v1.CryptoKeyVersion", "name" | "state">;

export const keyRings = new Resources<Stored<"google.cloud.kms.v1.KeyRing">>(
    "cloudkms.keyRings",
    "google.cloud.kms.v1.KeyRing",
);
export const cryptoKeys = new Resources<CryptoKey>("cloudkms.cryptoKeys", "google.cloud.kms.v1.CryptoKey");
const versions = new Resources<Version>("cloudkms.cryptoKeyVersions", "google.cloud.kms.v1.CryptoKeyVersion");
/** The keys themselves in base64, apart from what describes them. Only its owner can read the state file. */
const material = new Resources<{ key: string }>("cloudkms.material");

const CIPHER = "aes-256-gcm";
const NONCE = 12;
const TAG = 16;
/** A ciphertext begins with the number of the version that made it, in so many bytes. */
const NUMBER = 4;

/** The name of the key of a version, or the name of a key itself. */
export const keyOf = (name: string): string => name.replace(/\/cryptoKeyVersions\/[^/]*$/, "");

/** A version as it is by now: one that is to be destroyed is so once its time has come. @throws ApiError NOT_FOUND */
export function versionOf(cloud: Cloud, name: string): Version {
    return current(cloud, versions.get(cloud, name));
}

export function versionsOf(cloud: Cloud, key: string): Version[] {
    return versions
        .list(cloud, key)
        .map((version) => current(cloud, version))
        .sort((a, b) => Number(shortName(a.name)) - Number(shortName(b.name)));
}

function current(cloud: Cloud, version: Version): Version {
    const { state, destroyTime = "" } = version;
    if (state !== "DESTROY_SCHEDULED" || Date.parse(destroyTime) > cloud.clock.now()) {
        return version;
    }
    if (material.find(cloud, version.name)) {
        material.delete(cloud, version.name);
    }
    const { destroyTime: _, ...rest } = version;
    return keep(cloud, { ...rest, state: "DESTROYED", destroyEventTime: destroyTime });
}

export function keep(cloud: Cloud, version: Version): Version {
    return versions.put(cloud, version.name, version);
}

/** Makes the next version of a key. */
export function addVersion(cloud: Cloud, { name: key, versionTemplate = {} }: CryptoKey, time: string): Version {
    const number = Math.max(0, ...versionsOf(cloud, key).map(({ name }) => Number(shortName(name)))) + 1;
    const name = `${key}/cryptoKeyVersions/${number}`;
    material.put(cloud, name, { key: randomBytes(32).toString("base64") });
    const { algorithm = "", protectionLevel = "" } = versionTemplate;
    return keep(cloud, { name, state: "ENABLED", algorithm, protectionLevel, createTime: time, generateTime: time });
}

/** A key as clients see it: with its primary version as that is by now. */
export function withPrimary(key: CryptoKey, cloud: Cloud): CryptoKey {
    const name = key.primary?.name;
    return name === undefined ? key : { ...key, primary: versionOf(cloud, name) };
}

/** @throws ApiError FAILED_PRECONDITION if a version does not encrypt, or not any more */
export function usable(cloud: Cloud, name: string): Version {
    const version = versionOf(cloud, name);
    const { purpose = "" } = cryptoKeys.get(cloud, keyOf(name));
    if (purpose !== "ENCRYPT_DECRYPT") {
        throw invalidArgument(`The purpose of ${keyOf(name)} is ${purpose}, and not ENCRYPT_DECRYPT.`, "name");
    }
    if (version.state !== "ENABLED") {
        throw new ApiError("FAILED_PRECONDITION", `${name} is not enabled, current state is: ${version.state}.`);
    }
    return version;
}

/** @param version the name of a version that is {@link usable} */
export function encryptWith(cloud: Cloud, version: string, plaintext: Buffer, more: Buffer): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(CIPHER, keyBytes(cloud, version), nonce).setAAD(more);
    const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    const number = Buffer.alloc(NUMBER);
    number.writeUInt32BE(Number(shortName(version)));
    return Buffer.concat([number, nonce, cipher.getAuthTag(), body]);
}

/** @throws ApiError INVALID_ARGUMENT if this key did not make the ciphertext, or not with the same additional data */
export function decryptWith(cloud: Cloud, key: string, ciphertext: Buffer, more: Buffer): [Version, Buffer] {
    const refused = invalidArgument("Decryption failed: verify that 'name' refers to the correct CryptoKey.", "name");
    const name = `${key}/cryptoKeyVersions/${ciphertext.length < NUMBER ? 0 : ciphertext.readUInt32BE()}`;
    if (ciphertext.length < NUMBER + NONCE + TAG || !versions.find(cloud, name)) {
        throw refused;
    }
    const version = usable(cloud, name);
    const rest = ciphertext.subarray(NUMBER);
    const decipher = createDecipheriv(CIPHER, keyBytes(cloud, name), rest.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(more).setAuthTag(rest.subarray(NONCE, NONCE + TAG));
    try {
        return [version, Buffer.concat([decipher.update(rest.subarray(NONCE + TAG)), decipher.final()])];
    } catch {
        throw refused;
    }
}

function keyBytes(cloud: Cloud, version: string): Buffer {
    return Buffer.from(material.get(cloud, version).key, "base64");
}
