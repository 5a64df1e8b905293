import { SignedXml } from "xml-crypto";
import type { Certified } from "./certificates";

export const entityId = "https://idp.example.com/metadata";
/** The algorithm of signatures that is taken. */
export const RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

export interface AssertionOptions {
    id?: string;
    issuer?: string;
    subject?: string;
    /** What the assertion is for. */
    audiences: string[];
    /** In milliseconds from now. */
    from?: number;
    until?: number;
    confirmation?: string;
    attributes?: string;
}

/** A time, in milliseconds from now. */
export const at = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
/** Who may use an assertion, and where. */
export const confirmed = (
    more = `NotOnOrAfter="${at(300_000)}" Recipient="https://sts.googleapis.com/v1/token"`,
    method = "bearer",
) =>
    `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:${method}"><saml:SubjectConfirmationData ${more}/></saml:SubjectConfirmation>`;

/** An assertion of SAML as an identity provider makes it, not signed. */
export function assertionOf(options: AssertionOptions): string {
    const { id = "_assertion", issuer = entityId, subject = "shop", audiences } = options;
    const { from = -60_000, until = 300_000, confirmation = confirmed(), attributes = "" } = options;
    const restriction = `<saml:AudienceRestriction>${audiences.map((each) => `<saml:Audience>${each}</saml:Audience>`).join("")}</saml:AudienceRestriction>`;
    return [
        `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${at(0)}">`,
        `<saml:Issuer>${issuer}</saml:Issuer>`,
        `<saml:Subject><saml:NameID>${subject}</saml:NameID>${confirmation}</saml:Subject>`,
        `<saml:Conditions NotBefore="${at(from)}" NotOnOrAfter="${at(until)}">${restriction}</saml:Conditions>`,
        `<saml:AttributeStatement><saml:Attribute Name="department"><saml:AttributeValue>sales</saml:AttributeValue><saml:AttributeValue>web</saml:AttributeValue></saml:Attribute>${attributes}</saml:AttributeStatement>`,
        "</saml:Assertion>",
    ].join("");
}

/** A document with a signature in one of its elements. */
export function signed(xml: string, { key }: Pick<Certified, "key">, element = "Assertion", algorithm = RSA): string {
    const xpath = `//*[local-name(.)='${element}']`;
    const signature = new SignedXml({ privateKey: key });
    signature.signatureAlgorithm = algorithm;
    signature.canonicalizationAlgorithm = "http://www.w3.org/2001/10/xml-exc-c14n#";
    signature.addReference({
        xpath,
        digestAlgorithm: "http://www.w3.org/2001/04/xmlenc#sha256",
        transforms: [
            "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
            "http://www.w3.org/2001/10/xml-exc-c14n#",
        ],
    });
    signature.computeSignature(xml, { location: { reference: `${xpath}/*[local-name(.)='Issuer']`, action: "after" } });
    return signature.getSignedXml();
}

/** A response of an identity provider. */
export const responseOf = (content: string, status = "Success") =>
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_response" Version="2.0" IssueInstant="${at(0)}"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${entityId}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${status}"/></samlp:Status>${content}</samlp:Response>`;

/** What an identity provider says of itself, with the certificates of its keys. */
export const metadataOf = (...certified: Certified[]) => {
    const keys = certified.map(
        ({ certificate }) =>
            `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${Buffer.from(certificate.rawData).toString("base64")}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
    );
    return `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${keys.join("")}</md:IDPSSODescriptor></md:EntityDescriptor>`;
};
