import "reflect-metadata";
import { KeyObject, randomBytes, webcrypto } from "node:crypto";
import { createSecureContext, type SecureContext } from "node:tls";
import * as x509 from "@peculiar/x509";

/** P-256: a leaf takes 9 ms, against 60 to 90 ms with RSA-2048. */
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const HOUR = 3_600_000;
const LIFETIME = 7 * 24 * HOUR;
/** More names than any program uses; bounds what a client that makes up host names can have us keep. */
const MOST_LEAVES = 2000;

/** The domains that a sandbox's certificates can be good for, beside the hosts that are declared. */
export const GOOGLE_DOMAINS = ["googleapis.com", "run.app", "cloudfunctions.net", "google.com", "gstatic.com"];

/** A certificate authority of one sandbox. Its keys are in memory only and end with the process. */
export interface Authority {
    /** The root certificate in PEM: what clients are to trust. */
    readonly pem: string;
    /** The certificate and key for a host name, made on demand and kept. */
    contextFor(host: string): Promise<SecureContext>;
}

/**
 * Makes a root, whose key is thrown away, an intermediate that signs, and leaves for hosts. Root and intermediate are
 * constrained to `domains` (RFC 5280, 4.2.1.10) and to no IP address at all: trusting this root gives no one the power
 * to pose as anything else. Two levels because Java ignores the constraints of a trust anchor.
 */
export async function createAuthority(domains: readonly string[]): Promise<Authority> {
    x509.cryptoProvider.set(webcrypto);
    const [rootKeys, keys] = await Promise.all([generateKeys(), generateKeys()]);
    const notBefore = new Date(Date.now() - HOUR);
    const notAfter = new Date(Date.now() + LIFETIME);
    const common = { notBefore, notAfter, signingAlgorithm: ALGORITHM };
    const constraints = nameConstraints(domains);
    const extensions = async (own: webcrypto.CryptoKeyPair, pathLength: number): Promise<x509.Extension[]> => [
        new x509.BasicConstraintsExtension(true, pathLength, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(own.publicKey),
        constraints,
    ];
    const root = await x509.X509CertificateGenerator.createSelfSigned({
        ...common,
        serialNumber: serialNumber(),
        name: "CN=gcp-invoke sandbox root",
        keys: rootKeys,
        extensions: await extensions(rootKeys, 1),
    });
    const intermediate = await x509.X509CertificateGenerator.create({
        ...common,
        serialNumber: serialNumber(),
        subject: "CN=gcp-invoke sandbox",
        issuer: root.subject,
        publicKey: keys.publicKey,
        signingKey: rootKeys.privateKey,
        extensions: [
            ...(await extensions(keys, 0)),
            await x509.AuthorityKeyIdentifierExtension.create(rootKeys.publicKey),
        ],
    });

    async function leaf(host: string): Promise<SecureContext> {
        const leafKeys = await generateKeys();
        const certificate = await x509.X509CertificateGenerator.create({
            ...common,
            serialNumber: serialNumber(),
            subject: "CN=gcp-invoke sandbox leaf",
            issuer: intermediate.subject,
            publicKey: leafKeys.publicKey,
            signingKey: keys.privateKey,
            extensions: [
                new x509.BasicConstraintsExtension(false, undefined, true),
                new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
                new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
                new x509.SubjectAlternativeNameExtension([{ type: "dns", value: host }]),
                await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
                await x509.SubjectKeyIdentifierExtension.create(leafKeys.publicKey),
            ],
        });
        return createSecureContext({
            key: KeyObject.from(leafKeys.privateKey).export({ type: "pkcs8", format: "pem" }),
            cert: `${certificate.toString("pem")}\n${intermediate.toString("pem")}`,
        });
    }

    const leaves = new Map<string, Promise<SecureContext>>();
    return {
        pem: `${root.toString("pem")}\n`,
        contextFor(host) {
            let context = leaves.get(host);
            if (!context) {
                context = leaf(host);
                leaves.set(host, context);
                const oldest = leaves.size > MOST_LEAVES ? leaves.keys().next().value : undefined;
                if (oldest !== undefined) {
                    leaves.delete(oldest);
                }
            }
            return context;
        },
    };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
    return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

/** Positive, as RFC 5280 wants it: the first byte is never 0 and never has its top bit. */
function serialNumber(): string {
    const bytes = randomBytes(16);
    bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 1;
    return bytes.toString("hex");
}

/**
 * The extension in DER by hand: the library cannot encode an address with its mask. Domains are permitted with all
 * that is below them; every IPv4 and IPv6 address is excluded, because constraints on names do not bind addresses.
 */
function nameConstraints(domains: readonly string[]): x509.Extension {
    const subtree = (tag: number, content: Buffer): Buffer => der(0x30, der(tag, content));
    const permitted = domains.map((domain) => subtree(0x82, Buffer.from(domain.replace(/^\*\./, ""))));
    const excluded = [8, 32].map((length) => subtree(0x87, Buffer.alloc(length)));
    return new x509.Extension("2.5.29.30", true, der(0x30, der(0xa0, ...permitted), der(0xa1, ...excluded)));
}

function der(tag: number, ...parts: Buffer[]): Buffer<ArrayBuffer> {
    const content = Buffer.concat(parts);
    const { length } = content;
    const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
    return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
