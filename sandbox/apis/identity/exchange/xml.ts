import { createRequire } from "node:module";
import { Refused } from "./refused";

/** What is used of an element. https://dom.spec.whatwg.org/#element */
export interface XmlElement {
    readonly localName: string;
    readonly namespaceURI: string | null;
    readonly textContent: string;
    readonly childNodes: ArrayLike<XmlElement & { readonly nodeType: number }>;
    getAttribute(name: string): string;
}

/** What is used of the library. https://github.com/node-saml/xml-crypto */
interface XmlCrypto {
    SignedXml: new (options: { publicCert: string }) => {
        readonly signatureAlgorithm?: string;
        loadSignature(signature: XmlElement): void;
        checkSignature(document: string): boolean;
        getSignedReferences(): string[];
    };
}

interface XmlDom {
    DOMParser: new (options: { errorHandler: (level: string, message: string) => never }) => {
        parseFromString(text: string, type: string): { documentElement: XmlElement | null };
    };
}

/** The namespace of signatures. https://www.w3.org/TR/xmldsig-core1/ */
export const SIGNATURES = "http://www.w3.org/2000/09/xmldsig#";
const ALGORITHMS = /^http:\/\/www\.w3\.org\/2001\/04\/xmldsig-more#rsa-sha(256|384|512)$/;
const ELEMENT = 1;

/**
 * Reads XML and checks its signatures, by a library that is installed only where it is needed.
 * @throws Refused if it is not installed
 */
export function xmlReader() {
    const load = createRequire(__filename);
    let crypto: XmlCrypto;
    try {
        crypto = load("xml-crypto") as XmlCrypto;
    } catch {
        throw new Refused(
            "invalid_request",
            "The sandbox verifies assertions of SAML with the package xml-crypto, which is not installed: run npm install xml-crypto.",
        );
    }
    const { DOMParser } = createRequire(load.resolve("xml-crypto"))("@xmldom/xmldom") as XmlDom;

    /** The element at the root of a text. @throws Refused if it is no XML, or declares entities of its own */
    function parse(text: string): XmlElement {
        if (/<!DOCTYPE/i.test(text)) {
            throw malformed("it has a document type declaration");
        }
        const parser = new DOMParser({
            errorHandler: (_, message) => {
                throw malformed(message);
            },
        });
        const { documentElement: root } = parser.parseFromString(text, "text/xml");
        if (!root) {
            throw malformed("it has no element");
        }
        return root;
    }

    /**
     * The element that one of the certificates has signed, as it was signed. Nothing else of the document may be read.
     * @param holder The element that holds the signature.
     * @throws Refused if no certificate has signed it
     */
    function signedBy(text: string, holder: XmlElement, certificates: string[]): XmlElement {
        const [signature, ...more] = children(holder, SIGNATURES, "Signature");
        if (signature === undefined || more.length > 0) {
            throw malformed("it has not one signature");
        }
        for (const publicCert of certificates) {
            const signed = new crypto.SignedXml({ publicCert });
            signed.loadSignature(signature);
            if (!ALGORITHMS.test(signed.signatureAlgorithm ?? "")) {
                throw malformed("its signature is not one of RSA with SHA-256, SHA-384 or SHA-512");
            }
            if (isSigned(() => signed.checkSignature(text))) {
                const [reference, ...others] = signed.getSignedReferences();
                const element = reference === undefined || others.length > 0 ? undefined : parse(reference);
                if (
                    element?.getAttribute("ID") !== holder.getAttribute("ID") ||
                    element.localName !== holder.localName
                ) {
                    throw malformed("its signature is one of something else");
                }
                return element;
            }
        }
        throw malformed("its signature is of none of the certificates in the provider's metadata");
    }

    return { parse, signedBy };
}

const malformed = (why: string): Refused => new Refused("invalid_grant", why);

/** The library throws for some wrong signatures, and says no to others. */
function isSigned(check: () => boolean): boolean {
    try {
        return check();
    } catch {
        return false;
    }
}

/** The elements of a name that stand directly in another one. */
export function children(parent: XmlElement, namespace: string, name: string): XmlElement[] {
    return Array.from(parent.childNodes).filter(
        (node) => node.nodeType === ELEMENT && node.localName === name && node.namespaceURI === namespace,
    );
}
