import { X509Certificate } from "node:crypto";
import type { Cloud, Origin } from "../../../cloud";
import type { Json } from "../../framework";
import { factsOf, type CertificateFacts, signable } from "./certificate";
import { Refused } from "./refused";
import type { Target } from "./target";

/** The longest chain that a client may show [K]. */
const MOST = 10;

/**
 * What a certificate says of its owner, by the names that Google gives to its fields. The client proves by mutual TLS that it has the
 * key, and names the chain of its certificate in the token.
 * https://cloud.google.com/iam/docs/workload-identity-federation-with-x509-certificates#mappings-and-conditions
 * @throws Refused if the connection showed no certificate, or none that the provider's trust store leads to
 */
export function x509Assertion(token: string, { provider }: Target, cloud: Cloud, origin: Origin): Json {
    if (origin.certificate === undefined) {
        throw new Refused(
            "invalid_request",
            "The connection showed no certificate: ask https://sts.mtls.googleapis.com/v1/token by mutual TLS.",
        );
    }
    const [leaf, ...shown] = chainOf(token);
    if (!leaf?.raw.equals(origin.certificate)) {
        throw new Refused(
            "invalid_grant",
            "The first certificate of the subject token is not the one that the connection showed.",
        );
    }
    const { trustAnchors = [], intermediateCas = [] } = provider.x509?.trustStore ?? {};
    const read = (list: typeof trustAnchors) =>
        list.map(({ pemCertificate = "" }) => new X509Certificate(pemCertificate));
    const now = cloud.clock.now();
    const facts = factsOf(leaf);
    const why =
        problemOf(leaf, facts, now) ?? pathProblem(leaf, read(trustAnchors), [...read(intermediateCas), ...shown], now);
    if (why !== undefined) {
        throw new Refused("invalid_grant", `The certificate is not trusted by the provider: ${why}.`);
    }
    return facts.assertion;
}

/** @throws Refused if the token is no list of certificates, of which the first is the client's own */
function chainOf(token: string): X509Certificate[] {
    try {
        const list: unknown = JSON.parse(token);
        if (Array.isArray(list) && list.length <= MOST && list.every((each) => typeof each === "string")) {
            return list.map((each) => new X509Certificate(Buffer.from(each, "base64")));
        }
    } catch {
        // The answer below says what is expected.
    }
    throw new Refused(
        "invalid_grant",
        `The subject token is not a JSON list of at most ${MOST} certificates, each in DER and base64.`,
    );
}

/** What keeps a certificate from being used, wherever it stands in a path. */
function problemOf(certificate: X509Certificate, facts: CertificateFacts, now: number): string | undefined {
    const { cn = "" } = facts.assertion.subject.dn;
    if (now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo)) {
        return `"${cn}" is valid from ${certificate.validFrom} to ${certificate.validTo}`;
    }
    return facts.problem === undefined ? undefined : `"${cn}" ${facts.problem}`;
}

/**
 * Looks for a path from a certificate to a trust anchor, the shortest first. Each issuer must be one, be valid and have signed.
 * https://datatracker.ietf.org/doc/html/rfc5280#section-6
 */
function pathProblem(
    leaf: X509Certificate,
    anchors: readonly X509Certificate[],
    intermediates: readonly X509Certificate[],
    now: number,
): string | undefined {
    const seen = new Set<string>();
    let why = `no certificate of its trust store has issued "${factsOf(leaf).assertion.subject.dn.cn ?? ""}"`;
    const issues = (issuer: X509Certificate, subject: X509Certificate, depth: number): boolean => {
        if (!subject.checkIssued(issuer) || !subject.verify(issuer.publicKey)) {
            return false;
        }
        const facts = factsOf(issuer);
        const problem = problemOf(issuer, facts, now) ?? signable(issuer, facts, depth);
        why = problem ?? why;
        return problem === undefined;
    };
    let level = [leaf];
    for (let depth = 0; level.length > 0; depth += 1) {
        if (level.some((subject) => anchors.some((anchor) => issues(anchor, subject, depth)))) {
            return undefined;
        }
        level = level.flatMap((subject) =>
            intermediates.filter((issuer) => {
                const fresh = !seen.has(issuer.fingerprint256) && issues(issuer, subject, depth);
                return fresh && seen.add(issuer.fingerprint256);
            }),
        );
    }
    return why;
}
