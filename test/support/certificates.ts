import "reflect-metadata";
import { KeyObject, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

const HOUR = 3_600_000;

/** A certificate with its key. */
export interface Certified {
    certificate: x509.X509Certificate;
    pem: string;
    /** The key in PEM. */
    key: string;
    keys: webcrypto.CryptoKeyPair;
}

export interface CertificateOptions {
    /** Such as `CN=shop,OU=web`. */
    subject: string;
    /** @default - it is self-signed */
    issuer?: Pick<Certified, "certificate" | "keys">;
    /** Whether it may issue others. @default false */
    ca?: boolean;
    pathLength?: number;
    /** In milliseconds from now. @default - from an hour ago until in an hour */
    valid?: [from: number, to: number];
    extensions?: x509.Extension[];
    hash?: "SHA-1" | "SHA-256";
}

/** Makes a certificate as an authority of one's own does, with RSA, because SHA-1 goes with nothing newer. */
export async function certify(options: CertificateOptions): Promise<Certified> {
    x509.cryptoProvider.set(webcrypto);
    const { subject, issuer, ca = false, pathLength, valid = [-HOUR, HOUR], extensions = [] } = options;
    const algorithm = {
        ...{ name: "RSASSA-PKCS1-v1_5", hash: options.hash ?? "SHA-256" },
        ...{ modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    };
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const usage = ca ? x509.KeyUsageFlags.keyCertSign : x509.KeyUsageFlags.digitalSignature;
    const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: "0a1b2c",
        subject,
        issuer: issuer?.certificate.subject ?? subject,
        notBefore: new Date(Date.now() + valid[0]),
        notAfter: new Date(Date.now() + valid[1]),
        signingAlgorithm: { name: "RSASSA-PKCS1-v1_5", hash: options.hash ?? "SHA-256" },
        publicKey: keys.publicKey,
        signingKey: issuer?.keys.privateKey ?? keys.privateKey,
        extensions: [
            new x509.BasicConstraintsExtension(ca, pathLength, true),
            new x509.KeyUsagesExtension(usage, true),
            ...extensions,
        ],
    });
    const key = KeyObject.from(keys.privateKey).export({ type: "pkcs8", format: "pem" }).toString();
    return { certificate, pem: certificate.toString("pem"), key, keys };
}
