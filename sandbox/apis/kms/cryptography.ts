import { ApiError, type Cloud } from "../../cloud";
import { crc32c, invalidArgument, type Methods } from "../framework";
import { cryptoKeys, decryptWith, encryptWith, keyOf, usable } from "./keys";

const KEY = "cloudkms.googleapis.com/CryptoKey";
const VERSIONS = "cloudkms.cryptoKeyVersions";
const LARGEST = 64 * 1024;

/** What keys are for. */
export const cryptography: Pick<Methods<"google.cloud.kms.v1.KeyManagementService">, "Encrypt" | "Decrypt"> = {
    Encrypt: {
        permission: `${VERSIONS}.useToEncrypt`,
        resourceType: KEY,
        handle(request, { cloud }) {
            const { name, plaintext } = request;
            const more = request.additionalAuthenticatedData ?? "";
            const bytes = checked(plaintext, request.plaintextCrc32c, "plaintext");
            const extra = checked(more, request.additionalAuthenticatedDataCrc32c, "additional_authenticated_data");
            const version = usable(cloud, versionName(cloud, name));
            const ciphertext = encryptWith(cloud, version.name, bytes, extra);
            return {
                name: version.name,
                ciphertext: ciphertext.toString("base64"),
                ciphertextCrc32c: String(crc32c(ciphertext)),
                verifiedPlaintextCrc32c: request.plaintextCrc32c !== undefined,
                verifiedAdditionalAuthenticatedDataCrc32c: request.additionalAuthenticatedDataCrc32c !== undefined,
                protectionLevel: version.protectionLevel,
            };
        },
    },
    Decrypt: {
        permission: `${VERSIONS}.useToDecrypt`,
        resourceType: KEY,
        handle(request, { cloud }) {
            const { name, ciphertext } = request;
            const more = request.additionalAuthenticatedData ?? "";
            const bytes = checked(ciphertext, request.ciphertextCrc32c, "ciphertext", 2 * LARGEST);
            const extra = checked(more, request.additionalAuthenticatedDataCrc32c, "additional_authenticated_data");
            const key = cryptoKeys.get(cloud, name);
            const [version, plaintext] = decryptWith(cloud, name, bytes, extra);
            return {
                plaintext: plaintext.toString("base64"),
                plaintextCrc32c: String(crc32c(plaintext)),
                usedPrimary: key.primary?.name === version.name,
                protectionLevel: version.protectionLevel,
            };
        },
    },
};

/** The version of a key that encrypts. @throws ApiError FAILED_PRECONDITION if a key has none */
export function versionName(cloud: Cloud, name: string): string {
    if (keyOf(name) !== name) {
        return name;
    }
    const { primary } = cryptoKeys.get(cloud, name);
    if (primary?.name === undefined) {
        throw new ApiError("FAILED_PRECONDITION", `${name} has no primary version.`);
    }
    return primary.name;
}

/** What a request sends in base64. @throws ApiError INVALID_ARGUMENT if it is too long, or differs from its checksum */
function checked(data: string, checksum: string | undefined, field: string, most = LARGEST): Buffer {
    const bytes = Buffer.from(data, "base64");
    if (bytes.length > most) {
        throw invalidArgument(`The ${field} has ${bytes.length} bytes; at most ${most} are allowed.`, field);
    }
    if (checksum !== undefined && checksum !== String(crc32c(bytes))) {
        throw invalidArgument(`The checksum in field ${field}_crc32c did not match the data in field ${field}.`, field);
    }
    return bytes;
}
