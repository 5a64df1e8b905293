import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { createRequire } from "node:module";

import { ProviderError } from "../../errors";
import { asText, type Properties } from "../../values";
import type * as Certificates from "./certificates";
import type { LocalPackage, LocalType } from "./provider";
import { sshPrivateKey, sshPublicKey } from "./ssh-keys";

/** Loads the library of certificates when the first one is made, because it takes longer to load than the rest. */
const certificates = (): typeof Certificates => createRequire(__filename)("./certificates") as typeof Certificates;

const CURVES: Record<string, string> = { P224: "secp224r1", P256: "prime256v1", P384: "secp384r1", P521: "secp521r1" };

function generate({ algorithm, ecdsaCurve = "P224", rsaBits = 2048 }: Properties): KeyObject {
    switch (algorithm) {
        case "RSA":
            return generateKeyPairSync("rsa", { modulusLength: Number(rsaBits) }).privateKey;
        case "ED25519":
            return generateKeyPairSync("ed25519").privateKey;
        case "ECDSA": {
            const namedCurve = CURVES[asText(ecdsaCurve)];
            if (namedCurve !== undefined) {
                return generateKeyPairSync("ec", { namedCurve }).privateKey;
            }
            throw new ProviderError(`ecdsaCurve is ${asText(ecdsaCurve)}`, {
                fix: `give one of ${Object.keys(CURVES).join(", ")}`,
            });
        }
        default:
            throw new ProviderError(`algorithm is ${asText(algorithm ?? null)}`, { fix: "give RSA, ECDSA or ED25519" });
    }
}

const FORMS = { RSA: "pkcs1", ECDSA: "sec1", ED25519: "pkcs8" } as const;

/** The public part of a key, as the outputs have it. Its id is the SHA-1 digest of the public key. */
function publicOutputs(key: KeyObject): { id: string; outputs: Properties } {
    const open = createPublicKey(key);
    const pem = open.export({ type: "spki", format: "pem" }).toString();
    const { line, md5, sha256 } = sshPublicKey(pem);
    const id = createHash("sha1")
        .update(open.export({ type: "spki", format: "der" }))
        .digest("hex");
    return {
        id,
        outputs: {
            publicKeyPem: pem,
            publicKeyOpenssh: line,
            publicKeyFingerprintMd5: md5,
            publicKeyFingerprintSha256: sha256,
        },
    };
}

/** The algorithm of a key, in the provider's word. */
export function algorithmOf(pem: string): keyof typeof FORMS {
    const type = createPrivateKey(pem).asymmetricKeyType ?? "";
    const name = ({ rsa: "RSA", ec: "ECDSA", ed25519: "ED25519" } as const)[type as "rsa"] as
        | keyof typeof FORMS
        | undefined;
    if (name === undefined) {
        throw new ProviderError(`privateKeyPem has a key of the kind ${type}`, {
            fix: "give one of RSA, ECDSA or ED25519",
        });
    }
    return name;
}

const subject = "{string}^";
const named = { dnsNames: "string[]^", ipAddresses: "string[]^", uris: "string[]^", subject };
const signed = {
    allowedUses: "string[]!^",
    earlyRenewalHours: "number+",
    isCaCertificate: "boolean^+",
    maxPathLength: "number^",
    setSubjectKeyId: "boolean^+",
    validityPeriodHours: "number!^",
};
const validity = {
    certPem: "string+",
    readyForRenewal: "boolean+",
    validityEndTime: "string+",
    validityStartTime: "string+",
};

function certificateType(
    kind: Certificates.CertificateKind,
    inputs: Record<string, string>,
    algorithm: string,
): LocalType {
    return {
        inputs: { ...signed, ...inputs },
        outputs: { ...validity, [algorithm]: "string+" },
        defaults: { earlyRenewalHours: 0, isCaCertificate: false, setSubjectKeyId: false },
        async create(given) {
            const key = asText(given[kind === "self" ? "privateKeyPem" : "caPrivateKeyPem"]);
            const { serial, ...made } = await certificates().certificate(kind, given);
            return {
                id: serial,
                outputs: { ...given, ...made, readyForRenewal: false, [algorithm]: algorithmOf(key) },
            };
        },
        update: (given, outputs) => ({ ...outputs, ...given }),
    };
}

/** https://www.pulumi.com/registry/packages/tls/api-docs/ */
const types: Record<string, LocalType> = {
    "tls:index/privateKey:PrivateKey": {
        inputs: { algorithm: "string!^", ecdsaCurve: "string^+", rsaBits: "number^+" },
        outputs: {
            privateKeyOpenssh: "string+*",
            privateKeyPem: "string+*",
            privateKeyPemPkcs8: "string+*",
            publicKeyFingerprintMd5: "string+",
            publicKeyFingerprintSha256: "string+",
            publicKeyOpenssh: "string+",
            publicKeyPem: "string+",
        },
        create(inputs) {
            const key = generate(inputs);
            const form = FORMS[inputs["algorithm"] as "RSA"];
            const pem = key.export({ type: form, format: "pem" }).toString();
            const { id, outputs } = publicOutputs(key);
            return {
                id,
                outputs: {
                    ecdsaCurve: "P224",
                    rsaBits: 2048,
                    ...inputs,
                    ...outputs,
                    privateKeyPem: pem,
                    privateKeyPemPkcs8: key.export({ type: "pkcs8", format: "pem" }).toString(),
                    privateKeyOpenssh: sshPrivateKey(pem),
                },
            };
        },
    },
    "tls:index/certRequest:CertRequest": {
        inputs: { ...named, privateKeyPem: "string!^*" },
        outputs: { certRequestPem: "string+", keyAlgorithm: "string+" },
        async create(inputs) {
            const certRequestPem = await certificates().request(inputs);
            const id = createHash("sha1").update(certRequestPem).digest("hex");
            return { id, outputs: { certRequestPem, keyAlgorithm: algorithmOf(asText(inputs["privateKeyPem"])) } };
        },
    },
    "tls:index/selfSignedCert:SelfSignedCert": certificateType(
        "self",
        { ...named, privateKeyPem: "string!^*", setAuthorityKeyId: "boolean^+" },
        "keyAlgorithm",
    ),
    "tls:index/locallySignedCert:LocallySignedCert": certificateType(
        "local",
        { caCertPem: "string!^", caPrivateKeyPem: "string!^*", certRequestPem: "string!^" },
        "caKeyAlgorithm",
    ),
};

/** `@pulumi/tls`. */
export const tls: LocalPackage = {
    name: "tls",
    types,
    functions: {
        "tls:index/getPublicKey:getPublicKey": (args) => {
            const pem = asText(args["privateKeyPem"] ?? args["privateKeyOpenssh"]);
            const { id, outputs } = publicOutputs(createPrivateKey(pem));
            return { ...args, ...outputs, id, algorithm: algorithmOf(pem) };
        },
        "tls:index/getCertificate:getCertificate": (args) => {
            if (args["content"] === undefined) {
                throw new ProviderError(
                    "the certificate of a host cannot be read: the sandbox lets no connection out",
                    {
                        fix: "give the content of the certificate",
                    },
                );
            }
            return {
                ...args,
                id: createHash("sha1").update(asText(args["content"])).digest("hex"),
                certificates: [certificates().certificateOf(asText(args["content"]))],
            };
        },
    },
};
