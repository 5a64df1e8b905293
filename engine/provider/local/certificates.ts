import { createHash, createPrivateKey, createPublicKey, randomBytes, webcrypto } from "node:crypto";

import "reflect-metadata";
import * as x509 from "@peculiar/x509";

import { ProviderError } from "../../errors";
import { asText, isObject, type Properties, type Value } from "../../values";

/** Who signs a certificate: its own key, or that of an authority that the program gives. */
export type CertificateKind = "self" | "local";

const NAMES: Record<string, string> = {
    commonName: "CN",
    country: "C",
    locality: "L",
    organization: "O",
    organizationalUnit: "OU",
    province: "ST",
    serialNumber: "2.5.4.5",
    postalCode: "2.5.4.17",
};

const KEY_USES: Record<string, x509.KeyUsageFlags> = {
    digital_signature: x509.KeyUsageFlags.digitalSignature,
    content_commitment: x509.KeyUsageFlags.nonRepudiation,
    key_encipherment: x509.KeyUsageFlags.keyEncipherment,
    data_encipherment: x509.KeyUsageFlags.dataEncipherment,
    key_agreement: x509.KeyUsageFlags.keyAgreement,
    cert_signing: x509.KeyUsageFlags.keyCertSign,
    crl_signing: x509.KeyUsageFlags.cRLSign,
    encipher_only: x509.KeyUsageFlags.encipherOnly,
    decipher_only: x509.KeyUsageFlags.decipherOnly,
};

const EXTENDED_USES: Record<string, string> = {
    any_extended: "2.5.29.37.0",
    server_auth: "1.3.6.1.5.5.7.3.1",
    client_auth: "1.3.6.1.5.5.7.3.2",
    code_signing: "1.3.6.1.5.5.7.3.3",
    email_protection: "1.3.6.1.5.5.7.3.4",
    timestamping: "1.3.6.1.5.5.7.3.8",
    ocsp_signing: "1.3.6.1.5.5.7.3.9",
};

const list = (value: Value | undefined): string[] => (Array.isArray(value) ? value.map(asText) : []);

function subjectName({ subject }: Properties): x509.JsonName {
    return Object.entries(isObject(subject) ? subject : {}).flatMap(([key, value]) => {
        const short = NAMES[key];
        return short === undefined ? [] : [{ [short]: [asText(value)] }];
    });
}

function alternativeNames(inputs: Properties): x509.Extension[] {
    const names: x509.JsonGeneralNames = [
        ...list(inputs["dnsNames"]).map((value) => ({ type: "dns" as const, value })),
        ...list(inputs["ipAddresses"]).map((value) => ({ type: "ip" as const, value })),
        ...list(inputs["uris"]).map((value) => ({ type: "url" as const, value })),
    ];
    return names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)];
}

type Algorithm = { name: string; hash?: string; namedCurve?: string };

/** The key of a PEM as the library takes it. */
async function signer(pem: string): Promise<{ keys: webcrypto.CryptoKeyPair; algorithm: Algorithm }> {
    const key = createPrivateKey(pem);
    const curve = key.asymmetricKeyDetails?.namedCurve;
    const kinds: Record<string, Algorithm> = {
        rsa: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
        prime256v1: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
        secp384r1: { name: "ECDSA", namedCurve: "P-384", hash: "SHA-384" },
        secp521r1: { name: "ECDSA", namedCurve: "P-521", hash: "SHA-512" },
        ed25519: { name: "Ed25519" },
    };
    const algorithm = kinds[curve ?? key.asymmetricKeyType ?? ""];
    if (algorithm === undefined) {
        throw new ProviderError(
            `the key has the curve ${curve ?? "of another kind"}, with which the sandbox signs no certificate`,
            {
                fix: "use RSA, ED25519, or ECDSA with P256, P384 or P521",
            },
        );
    }
    const { subtle } = webcrypto;
    const der = {
        secret: key.export({ type: "pkcs8", format: "der" }),
        open: createPublicKey(key).export({ type: "spki", format: "der" }),
    };
    const privateKey = await subtle.importKey("pkcs8", der.secret, algorithm, true, ["sign"]);
    const publicKey = await subtle.importKey("spki", der.open, algorithm, true, ["verify"]);
    return { keys: { privateKey, publicKey }, algorithm };
}

/** A request for a certificate, as PEM. */
export async function request(inputs: Properties): Promise<string> {
    x509.cryptoProvider.set(webcrypto);
    const { keys, algorithm } = await signer(asText(inputs["privateKeyPem"]));
    const made = await x509.Pkcs10CertificateRequestGenerator.create({
        name: subjectName(inputs),
        keys,
        signingAlgorithm: algorithm,
        extensions: alternativeNames(inputs),
    });
    return `${made.toString("pem")}\n`;
}

/** The uses that a program allows, as extensions. */
function uses(inputs: Properties): x509.Extension[] {
    const allowed = list(inputs["allowedUses"]);
    const unknown = allowed.find((use) => KEY_USES[use] === undefined && EXTENDED_USES[use] === undefined);
    if (unknown !== undefined) {
        throw new ProviderError(`allowedUses has ${JSON.stringify(unknown)}`, {
            fix: `give some of ${[...Object.keys(KEY_USES), ...Object.keys(EXTENDED_USES)].join(", ")}`,
        });
    }
    const [flag, ...flags] = allowed.flatMap((use) => KEY_USES[use] ?? []);
    const extended = allowed.flatMap((use) => EXTENDED_USES[use] ?? []);
    return [
        ...(flag === undefined
            ? []
            : [
                  new x509.KeyUsagesExtension(
                      flags.reduce((all, each) => all | each, flag),
                      true,
                  ),
              ]),
        ...(extended.length === 0 ? [] : [new x509.ExtendedKeyUsageExtension(extended)]),
    ];
}

/** A certificate, and how long it is valid. */
export async function certificate(
    kind: CertificateKind,
    inputs: Properties,
): Promise<{ serial: string; certPem: string; validityStartTime: string; validityEndTime: string }> {
    x509.cryptoProvider.set(webcrypto);
    const own = kind === "self";
    const { keys, algorithm } = await signer(asText(inputs[own ? "privateKeyPem" : "caPrivateKeyPem"]));
    const asked = own ? undefined : new x509.Pkcs10CertificateRequest(asText(inputs["certRequestPem"]));
    const names = asked?.extensions.filter((each) => each instanceof x509.SubjectAlternativeNameExtension);
    const publicKey = asked === undefined ? keys.publicKey : ((await asked.publicKey.export()) as webcrypto.CryptoKey);
    const notBefore = new Date();
    const notAfter = new Date(notBefore.getTime() + Number(inputs["validityPeriodHours"]) * 3_600_000);
    const serial = (BigInt(`0x${randomBytes(16).toString("hex")}`) >> 1n).toString();
    const isAuthority = inputs["isCaCertificate"] === true;
    const made = await x509.X509CertificateGenerator.create({
        serialNumber: BigInt(serial).toString(16).padStart(32, "0"),
        subject: asked?.subject ?? subjectName(inputs),
        issuer: own ? subjectName(inputs) : new x509.X509Certificate(asText(inputs["caCertPem"])).subject,
        notBefore,
        notAfter,
        publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        extensions: [
            new x509.BasicConstraintsExtension(isAuthority, isAuthority ? lengthOf(inputs) : undefined, true),
            ...uses(inputs),
            ...(names ?? alternativeNames(inputs)),
            ...(inputs["setSubjectKeyId"] === true || isAuthority
                ? [await x509.SubjectKeyIdentifierExtension.create(publicKey)]
                : []),
            ...(own ? [] : [await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey)]),
        ],
    });
    const certPem = `${made.toString("pem")}\n`;
    const [validityStartTime, validityEndTime] = [notBefore, notAfter].map((time) => time.toISOString());
    return { serial, certPem, validityStartTime: validityStartTime ?? "", validityEndTime: validityEndTime ?? "" };
}

const lengthOf = ({ maxPathLength }: Properties): number | undefined =>
    typeof maxPathLength === "number" ? maxPathLength : undefined;

/** What a certificate says, as the provider's function returns it. */
export function certificateOf(pem: string): Properties {
    const found = new x509.X509Certificate(pem);
    return {
        certPem: pem,
        isCa: found.getExtension(x509.BasicConstraintsExtension)?.ca ?? false,
        issuer: found.issuer,
        notAfter: found.notAfter.toISOString(),
        notBefore: found.notBefore.toISOString(),
        serialNumber: BigInt(`0x${found.serialNumber}`).toString(),
        sha1Fingerprint: createHash("sha1").update(Buffer.from(found.rawData)).digest("hex"),
        signatureAlgorithm: asText((found.signatureAlgorithm as { name?: string }).name ?? ""),
        subject: found.subject,
    };
}
