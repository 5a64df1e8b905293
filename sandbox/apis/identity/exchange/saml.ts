import { X509Certificate } from "node:crypto";
import { messageOf } from "../../../../errors";
import type { Cloud } from "../../../cloud";
import type { Json } from "../../framework";
import { Refused } from "./refused";
import type { Target } from "./target";
import { children, SIGNATURES, type XmlElement, xmlReader } from "./xml";

const ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
const PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
const METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
const SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
const BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
/** Where an assertion must be meant to go, if it says so [K]. */
const RECIPIENT = /^https:\/\/sts\.googleapis\.com\/v1(beta)?\/token$/;
const SKEW = 60_000;

type Reader = ReturnType<typeof xmlReader>;

/**
 * What an assertion of SAML 2.0 says of its subject. The identity provider has signed the assertion, or the response around it.
 * https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf
 * https://cloud.google.com/iam/docs/workload-identity-federation-with-other-providers
 * @throws Refused if it is not one of the provider's, for the provider, now
 */
export function samlAssertion(token: string, { provider, name }: Target, cloud: Cloud): Json {
    const xml = xmlReader();
    const now = cloud.clock.now();
    const { entityId, certificates } = identityProvider(provider.saml?.idpMetadataXml ?? "", xml, now);
    const assertion = signedAssertion(token, certificates, xml);
    const issuer = textOf(assertion, "Issuer");
    if (issuer !== entityId) {
        throw refused(`its issuer is "${issuer}", and that of the provider is "${entityId}"`);
    }
    checkConditions(assertion, name, now);
    const [subject, ...more] = children(assertion, ASSERTION, "Subject");
    const nameId = subject && textOf(subject, "NameID");
    if (!nameId || more.length > 0) {
        throw refused("it has not one Subject with a NameID");
    }
    const isConfirmed = children(subject, ASSERTION, "SubjectConfirmation").some((each) => confirms(each, now));
    if (!isConfirmed) {
        throw refused("no SubjectConfirmation of its Subject is one of a bearer, for this service, now");
    }
    return { subject: nameId, issuer, attributes: attributesOf(assertion) };
}

const refused = (why: string): Refused => new Refused("invalid_grant", `The SAML assertion is not accepted: ${why}.`);

/** The identity provider that a document describes, with those of its certificates that are valid now. */
function identityProvider(metadata: string, { parse }: Reader, now: number) {
    const root = understood(() => parse(metadata), "the provider's idpMetadataXml is no XML");
    const entityId = root.namespaceURI === METADATA ? root.getAttribute("entityID") : "";
    const certificates = children(root, METADATA, "IDPSSODescriptor")
        .flatMap((descriptor) => children(descriptor, METADATA, "KeyDescriptor"))
        .filter((key) => ["", "signing"].includes(key.getAttribute("use")))
        .flatMap((key) => children(key, SIGNATURES, "KeyInfo"))
        .flatMap((info) => children(info, SIGNATURES, "X509Data"))
        .flatMap((data) => children(data, SIGNATURES, "X509Certificate"))
        .map(({ textContent }) => {
            const der = Buffer.from(textContent.replace(/\s/g, ""), "base64");
            return understood(() => new X509Certificate(der), "a certificate in the provider's idpMetadataXml is none");
        })
        .filter(({ validFrom, validTo }) => now >= Date.parse(validFrom) && now <= Date.parse(validTo))
        .map(String);
    if (!entityId || certificates.length === 0) {
        throw refused("the provider's idpMetadataXml has no entityID, or no signing certificate that is valid now");
    }
    return { entityId, certificates };
}

/** The assertion in a token, as it was signed. */
function signedAssertion(token: string, certificates: string[], { parse, signedBy }: Reader): XmlElement {
    const text = Buffer.from(token, "base64url").toString("utf8");
    const root = understood(() => parse(text), "it is no XML in base64");
    if (isNamed(root, ASSERTION, "Assertion")) {
        return understood(() => signedBy(text, root, certificates));
    }
    if (!isNamed(root, PROTOCOL, "Response")) {
        throw refused("it is neither an Assertion nor a Response of SAML 2.0");
    }
    const isSigned = children(root, SIGNATURES, "Signature").length > 0;
    const response = isSigned ? understood(() => signedBy(text, root, certificates)) : root;
    const [status] = children(response, PROTOCOL, "Status").flatMap((each) => children(each, PROTOCOL, "StatusCode"));
    if (status?.getAttribute("Value") !== SUCCESS) {
        throw refused("its Response does not say Success");
    }
    const [assertion, ...more] = children(response, ASSERTION, "Assertion");
    if (assertion === undefined || more.length > 0) {
        throw refused("its Response has not one Assertion that is not encrypted");
    }
    return isSigned ? assertion : understood(() => signedBy(text, assertion, certificates));
}

function understood<T>(read: () => T, what?: string): T {
    try {
        return read();
    } catch (error) {
        throw refused(what ?? messageOf(error));
    }
}

const isNamed = (element: XmlElement, namespace: string, name: string): boolean =>
    element.namespaceURI === namespace && element.localName === name;

const textOf = (parent: XmlElement, name: string): string =>
    children(parent, ASSERTION, name)[0]?.textContent.trim() ?? "";

/** @throws Refused if the assertion is not for the provider, or not for now */
function checkConditions(assertion: XmlElement, name: string, now: number): void {
    const [conditions, ...more] = children(assertion, ASSERTION, "Conditions");
    if (conditions === undefined || more.length > 0) {
        throw refused("it has not one element Conditions");
    }
    if (!isNow(conditions, now)) {
        throw refused("its Conditions do not hold now");
    }
    // Each restriction must hold, and one holds if one of its audiences is meant.
    const restrictions = children(conditions, ASSERTION, "AudienceRestriction").map((each) =>
        children(each, ASSERTION, "Audience").map(({ textContent }) => textContent.trim()),
    );
    const isMeant = (audiences: string[]) => audiences.some((one) => one === name || one === `https:${name}`);
    if (restrictions.length === 0 || !restrictions.every(isMeant)) {
        throw refused(`its audience is [${restrictions.flat().join(", ")}], not https:${name}`);
    }
}

function isNow(element: XmlElement, now: number): boolean {
    const [from, until] = [element.getAttribute("NotBefore"), element.getAttribute("NotOnOrAfter")];
    return (!from || Date.parse(from) <= now + SKEW) && (!until || Date.parse(until) > now - SKEW);
}

/** Whether whoever has the assertion may use it here. Such a confirmation must end. */
function confirms(confirmation: XmlElement, now: number): boolean {
    const [data] = children(confirmation, ASSERTION, "SubjectConfirmationData");
    if (confirmation.getAttribute("Method") !== BEARER || !data?.getAttribute("NotOnOrAfter")) {
        return false;
    }
    const recipient = data.getAttribute("Recipient");
    return isNow(data, now) && (!recipient || RECIPIENT.test(recipient));
}

/** The values of each attribute, by its name. */
function attributesOf(assertion: XmlElement): Record<string, string[]> {
    const values = new Map<string, string[]>();
    for (const attribute of children(assertion, ASSERTION, "AttributeStatement").flatMap((each) =>
        children(each, ASSERTION, "Attribute"),
    )) {
        const name = attribute.getAttribute("Name");
        const found = children(attribute, ASSERTION, "AttributeValue").map(({ textContent }) => textContent);
        values.set(name, [...(values.get(name) ?? []), ...found]);
    }
    return Object.fromEntries(values);
}
