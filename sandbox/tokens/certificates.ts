import "reflect-metadata";
import { type KeyObject, randomBytes, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { SigningKey } from "./keys";

/** RSASSA-PKCS1-v1_5 with SHA-256, as RS256 is. */
const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const day = 24 * 60 * 60 * 1000;

/**
 * A self-signed certificate of a key, in PEM: what clients read from `/oauth2/v1/certs` and from keys of accounts.
 * @param name the common name, such as `federated-signon.system.gserviceaccount.com`
 */
export async function selfSignedCertificate(key: SigningKey, name: string, now: number): Promise<string> {
    x509.cryptoProvider.set(webcrypto);
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
        serialNumber: `01${randomBytes(8).toString("hex")}`,
        name: `CN=${name}`,
        notBefore: new Date(now - day),
        notAfter: new Date(now + 3650 * day),
        signingAlgorithm: algorithm,
        keys: {
            privateKey: await imported(key.privateKey, "pkcs8", "sign"),
            publicKey: await imported(key.publicKey, "spki", "verify"),
        },
    });
    return `${certificate.toString("pem")}\n`;
}

/** `key.toCryptoKey`, which Node 20 does not have. */
function imported(key: KeyObject, type: "pkcs8" | "spki", usage: "sign" | "verify"): Promise<webcrypto.CryptoKey> {
    return webcrypto.subtle.importKey(type, key.export({ type, format: "der" }), algorithm, true, [usage]);
}
