import "reflect-metadata";
import type { X509Certificate } from "node:crypto";
import * as x509 from "@peculiar/x509";

/** What is asked of a certificate. */
export interface CertificateFacts {
    assertion: {
        subject: { dn: Record<string, string> };
        issuer: { dn: Record<string, string> };
        serialNumberHex: string;
        san: Record<string, string>;
        sha256Fingerprint: string;
    };
    /** What is wrong with it, whatever it is used for. */
    problem: string | undefined;
    /** How many other issuers may stand below it, if it is limited. */
    pathLength: number | undefined;
}

const CLIENT_AUTH = ["1.3.6.1.5.5.7.3.2", "2.5.29.37.0"];
/** The extensions that are checked here or by OpenSSL, or limit nothing: identifiers, usages, names, constraints, policies. */
const KNOWN = new Set(["14", "15", "17", "18", "19", "31", "32", "35", "37"].map((last) => `2.5.29.${last}`));
const NAME_CONSTRAINTS = "2.5.29.30";

/** The fields by Google's names: https://cloud.google.com/iam/docs/workload-identity-federation-with-x509-certificates */
export function factsOf(certificate: X509Certificate): CertificateFacts {
    const parsed = new x509.X509Certificate(certificate.raw);
    const alternative = parsed.getExtension(x509.SubjectAlternativeNameExtension)?.names.items ?? [];
    const first = (type: x509.GeneralNameType) => alternative.find((name) => name.type === type)?.value;
    const problems = [parsed.subjectName, parsed.issuerName].map(ambiguous);
    return {
        assertion: {
            subject: { dn: distinguished(parsed.subjectName) },
            issuer: { dn: distinguished(parsed.issuerName) },
            // Whether Google writes capital letters is not documented [K].
            serialNumberHex: parsed.serialNumber.toLowerCase(),
            san: present({ dns: first("dns"), uri: first("url") }),
            sha256Fingerprint: Buffer.from(certificate.fingerprint256.replaceAll(":", ""), "hex").toString("base64"),
        },
        problem: problems.find((problem) => problem !== undefined) ?? problemIn(parsed),
        pathLength: parsed.getExtension(x509.BasicConstraintsExtension)?.pathLength,
    };
}

/** What keeps a certificate from being an issuer with so many issuers below it. */
export function signable(
    issuer: X509Certificate,
    { assertion, pathLength }: CertificateFacts,
    below: number,
): string | undefined {
    const name = `"${assertion.subject.dn.cn ?? ""}"`;
    if (!issuer.ca) {
        return `${name} is no certificate authority`;
    }
    return pathLength !== undefined && below > pathLength
        ? `${name} allows ${pathLength} issuers below it, and there are ${below}`
        : undefined;
}

function problemIn(certificate: x509.X509Certificate): string | undefined {
    const { hash } = certificate.signatureAlgorithm as { hash?: { name: string } };
    if (hash !== undefined && !/^SHA-(256|384|512)$/.test(hash.name)) {
        return `is signed with ${hash.name}`;
    }
    if (certificate.extensions.some(({ type }) => type === NAME_CONSTRAINTS)) {
        return "has name constraints, which the sandbox does not check";
    }
    const unknown = certificate.extensions.find(({ critical, type }) => critical && !KNOWN.has(type));
    if (unknown !== undefined) {
        return `has the critical extension ${unknown.type}, which the sandbox does not know`;
    }
    const usages = certificate.getExtension(x509.ExtendedKeyUsageExtension)?.usages;
    return usages?.some((usage) => CLIENT_AUTH.includes(String(usage))) === false
        ? "is not for clients: its extended key usage lacks clientAuth"
        : undefined;
}

/** Which of two common names Google reads is not documented, and one of them may be somebody else's. */
function ambiguous(name: x509.Name): string | undefined {
    const twice = ["CN", "O"].find((field) => name.getField(field).length > 1);
    return twice && `has more than one ${twice}, and the sandbox does not guess which one counts`;
}

function distinguished(name: x509.Name): Record<string, string> {
    return present({
        cn: name.getField("CN")[0],
        o: name.getField("O")[0],
        ou: name.getField("OU").at(-1),
    });
}

/** The fields that there are: a mapping of one that is missing cannot be evaluated, and the exchange is refused. */
function present(fields: Record<string, string | undefined>): Record<string, string> {
    return Object.fromEntries(
        Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    );
}
