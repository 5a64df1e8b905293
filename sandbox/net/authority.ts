import { RecentMap } from "../../common";
import "reflect-metadata";
import { KeyObject, randomBytes, webcrypto } from "node:crypto";
import { createSecureContext, type SecureContext } from "node:tls";
import * as x509 from "@peculiar/x509";

/** With P-256 a certificate takes 9 ms, with RSA-2048 it takes 60 to 90 ms. */
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const HOUR = 3_600_000;
const LIFETIME = 7 * 24 * HOUR;
/** How many certificates are kept. No program uses so many names, but a client could make up names without end. */
const MOST_LEAVES = 2000;

/** The domains for which a sandbox can make certificates, in addition to the hosts that are declared. */
export const GOOGLE_DOMAINS = [
    "googleapis.com",
    "run.app",
    "cloudfunctions.net",
    "gateway.dev",
    "google.com",
    "gstatic.com",
];

/** Domains that nobody has, so that whoever trusts a sandbox for them trusts it for nothing (RFC 2606). */
const NOBODYS = ["example.com", "example.net", "example.org"];

/** A certificate authority of one sandbox. Its keys are in memory only and end with the process. */
export interface Authority {
    /** The root certificate in PEM, which clients must trust. */
    readonly pem: string;
    /** Whether it can make a certificate that clients accept for a host. */
    covers(host: string): boolean;
    /** The certificate and key for a host name, made on demand and kept. */
    contextFor(host: string): Promise<SecureContext>;
}

/**
 * Makes a root certificate, whose key is thrown away, an intermediate certificate that signs, and a certificate for each
 * host. Root and intermediate are limited to the given domains, those that are nobody's (RFC 5280, 4.2.1.10) and to no IP address at all, so whoever trusts
 * this root trusts it for nothing else. There are two levels because Java ignores the limits of a root.
 */
export async function createAuthority(given: readonly string[]): Promise<Authority> {
    const domains = [...given, ...NOBODYS];
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

    const leaves = new RecentMap<string, Promise<SecureContext>>(MOST_LEAVES);
    return {
        pem: `${root.toString("pem")}\n`,
        covers: (host) =>
            domains
                .map((domain) => domain.replace(/^\*\./, "").toLowerCase())
                .some((domain) => host === domain || host.endsWith(`.${domain}`)),
        contextFor(host) {
            let context = leaves.get(host);
            if (!context) {
                context = leaf(host);
                leaves.set(host, context);
            }
            return context;
        },
    };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
    return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

/** A positive number, as RFC 5280 requires: the first byte is never 0, and its highest bit is never set. */
function serialNumber(): string {
    const bytes = randomBytes(16);
    bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 1;
    return bytes.toString("hex");
}

/**
 * The extension in DER, written by hand, because the library cannot encode an address with its mask. Domains are permitted
 * with all their subdomains. Every IPv4 and IPv6 address is excluded, because limits on names do not apply to addresses.
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
