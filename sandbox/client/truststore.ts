import { createHash, X509Certificate } from "node:crypto";

/** The password of the trust store: what it holds is public, the format wants one. */
export const TRUSTSTORE_PASSWORD = "changeit";

/**
 * A Java key store (JKS) that trusts one certificate, so that no keytool is needed to make it.
 * https://github.com/openjdk/jdk/blob/master/src/java.base/share/classes/sun/security/provider/JavaKeyStore.java
 * @param pem the certificate
 */
export function javaTrustStore(pem: string): Buffer {
    const certificate = new X509Certificate(pem).raw;
    const content = Buffer.concat([
        int32(0xfeedfeed),
        int32(2), // version
        int32(1), // entries
        int32(2), // of the kind "trusted certificate"
        utf("gcp-invoke-sandbox"),
        Buffer.alloc(8), // made at
        utf("X.509"),
        int32(certificate.length),
        certificate,
    ]);
    const password = Buffer.from(TRUSTSTORE_PASSWORD, "utf16le").swap16();
    const digest = createHash("sha1").update(password).update("Mighty Aphrodite").update(content).digest();
    return Buffer.concat([content, digest]);
}

function int32(value: number): Buffer {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
}

function utf(text: string): Buffer {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    return Buffer.concat([length, bytes]);
}
