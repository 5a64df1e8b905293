import { strict as assert } from "node:assert";
import { certify, type Certified } from "../../../support/certificates";
import * as saml from "../../../support/saml";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

const api = "https://iam.googleapis.com/v1/projects/demo/locations/global/workloadIdentityPools";
const pool = "//iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/saml-pool";
const audience = `${pool}/providers/saml-provider`;
const DAY = 24 * 3_600_000;
const { at, confirmed, metadataOf, responseOf, RSA, signed } = saml;
const assertionOf = (options: Partial<saml.AssertionOptions> = {}): string =>
    saml.assertionOf({ audiences: [`https:${audience}`], ...options });

describe("exchanging assertions of SAML", () => {
    let cloud: TestCloud;
    let idp: Certified;
    let next: Certified;
    let stranger: Certified;
    before(async () => {
        cloud = testCloud();
        [idp, next, stranger] = await Promise.all([
            certify({ subject: "CN=idp" }),
            certify({ subject: "CN=idp" }),
            certify({ subject: "CN=idp" }),
        ]);
        await cloud.call(owner, "POST", `${api}?workloadIdentityPoolId=saml-pool`, {});
        const expired = await certify({ subject: "CN=idp", valid: [-2 * DAY, -DAY] });
        await provider("saml-provider", metadataOf(idp, next));
        await provider("saml-expired", metadataOf(expired));
        await provider("saml-broken", "<md:EntityDescriptor");
        await provider("saml-entities", `<!DOCTYPE x [<!ENTITY e "x">]>${metadataOf(idp)}`);
    });
    after(() => cloud.close());

    const provider = (id: string, idpMetadataXml: string) =>
        cloud.call(owner, "POST", `${api}/saml-pool/providers?workloadIdentityPoolProviderId=${id}`, {
            saml: { idpMetadataXml },
            attributeMapping: {
                "google.subject": "assertion.subject",
                "attribute.department": "assertion.attributes['department'][0]",
            },
            attributeCondition: "'web' in assertion.attributes['department']",
        });

    async function exchange(xml: string, to = audience, encoding: BufferEncoding = "base64") {
        const answer = await cloud.apis.request("POST", "https://sts.googleapis.com/v1/token", {
            principal: { kind: "anonymous" },
            headers: { "content-type": "application/x-www-form-urlencoded" },
            body: new URLSearchParams({
                grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
                requested_token_type: "urn:ietf:params:oauth:token-type:access_token",
                subject_token_type: "urn:ietf:params:oauth:token-type:saml2",
                audience: to,
                subject_token: Buffer.from(xml).toString(encoding),
            }).toString(),
        });
        return answer as { status: number; body: Record<string, string> };
    }
    async function subjectOf(xml: string, ...more: [to?: string, encoding?: BufferEncoding]): Promise<string> {
        const { status, body } = await exchange(xml, ...more);
        assert.equal(status, 200, body["error_description"]);
        const verified = cloud.tokens.verifyAccessToken(body["access_token"] ?? "");
        assert.ok(verified.ok && verified.value.principal.kind === "federated");
        assert.ok(verified.value.principal.sets?.includes(`principalSet:${pool}/attribute.department/sales`));
        return verified.value.principal.subject;
    }
    async function refused(why: RegExp, xml: string, to?: string): Promise<void> {
        const { status, body } = await exchange(xml, to);
        assert.equal(status, 400, `it was taken, and ${String(why)} expected`);
        assert.equal(body["error"], "invalid_grant");
        assert.match(body["error_description"] ?? "", why);
    }

    it("takes one that the identity provider signed, alone or in a response, with any of its keys", async () => {
        const expected = `principal:${pool}/subject/shop`;
        assert.equal(await subjectOf(signed(assertionOf(), idp)), expected);
        assert.equal(await subjectOf(signed(assertionOf(), next), audience, "base64url"), expected);
        assert.equal(await subjectOf(responseOf(signed(assertionOf(), idp))), expected);
        assert.equal(await subjectOf(signed(responseOf(assertionOf()), idp, "Response")), expected);
        assert.equal(await subjectOf(signed(assertionOf({ audiences: ["x", audience] }), idp)), expected);
        assert.equal(
            await subjectOf(signed(assertionOf({ confirmation: confirmed("", "sender-vouches") + confirmed() }), idp)),
            expected,
        );
    });

    it("refuses one that nobody, or somebody else, signed", async () => {
        await refused(/not one signature/, assertionOf());
        await refused(/not one signature/, responseOf(assertionOf()));
        await refused(/of none of the certificates/, signed(assertionOf(), stranger));
        await refused(/of none of the certificates/, signed(assertionOf(), idp).replace(">shop<", ">admin<"));
        const own = signed(assertionOf(), stranger);
        const info = `<KeyInfo><X509Data><X509Certificate>${Buffer.from(stranger.certificate.rawData).toString("base64")}</X509Certificate></X509Data></KeyInfo></Signature>`;
        await refused(/of none of the certificates/, own.replace("</Signature>", info));
        await refused(
            /not one of RSA/,
            signed(assertionOf(), idp, "Assertion", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
        );
        await refused(
            /not one of RSA/,
            signed(assertionOf(), idp).replace(RSA, "http://www.w3.org/2000/09/xmldsig#hmac-sha1"),
        );
        await refused(
            /no signing certificate that is valid now/,
            signed(assertionOf(), idp),
            `${pool}/providers/saml-expired`,
        );
        await refused(/idpMetadataXml is no XML/, signed(assertionOf(), idp), `${pool}/providers/saml-broken`);
        await refused(/idpMetadataXml is no XML/, signed(assertionOf(), idp), `${pool}/providers/saml-entities`);
    });

    it("reads nothing beside what was signed", async () => {
        const good = signed(assertionOf(), idp);
        const evil = assertionOf({ id: "_evil", subject: "admin" });
        const signature = /<Signature [^]*<\/Signature>/.exec(good)?.[0] ?? "";
        const bare = good.replace(signature, "");
        const wrapped = [
            responseOf(evil + good),
            responseOf(good + evil),
            // The evil one takes the signature of the good one, which is hidden in the signature, in the evil one, or beside it.
            evil.replace("</saml:Issuer>", `</saml:Issuer>${signature}`),
            evil.replace(
                "</saml:Issuer>",
                `</saml:Issuer>${signature.replace("</Signature>", `<Object>${bare}</Object></Signature>`)}`,
            ),
            evil.replace("</saml:AttributeStatement>", `</saml:AttributeStatement>${good}`),
            evil.replace("</saml:Issuer>", `</saml:Issuer>${signature}${bare}`),
            responseOf(evil.replace("</saml:Issuer>", `</saml:Issuer>${signature}`) + bare),
            // Both have the same ID.
            responseOf(
                evil.replace("_evil", "_assertion").replace("</saml:Issuer>", `</saml:Issuer>${signature}`) + bare,
            ),
            responseOf(`<x>${good}</x>${evil}`),
        ];
        for (const text of wrapped) {
            const { status, body } = await exchange(text);
            assert.equal(status, 400, text);
            assert.equal(body["error"], "invalid_grant");
        }
        // A comment in a name is no end of it.
        assert.equal(
            await subjectOf(signed(assertionOf({ subject: "shop.example" }), idp).replace("shop.", "shop<!---->.")),
            `principal:${pool}/subject/shop.example`,
        );
    });

    it("refuses one that is for another time, service or use, or of another issuer", async () => {
        const rows: [RegExp, Partial<saml.AssertionOptions>][] = [
            [/do not hold now/, { until: -120_000 }],
            [/do not hold now/, { from: 120_000 }],
            [/its issuer is "https:\/\/evil/, { issuer: "https://evil.example.com" }],
            [/its audience is \[\]/, { audiences: [] }],
            [/its audience is \[https:\/\/other/, { audiences: ["https://other.example.com"] }],
            [/its audience is/, { audiences: [`https:${audience}/..`] }],
            [/a NameID/, { subject: "" }],
            [/SubjectConfirmation/, { confirmation: "" }],
            [/SubjectConfirmation/, { confirmation: confirmed(`NotOnOrAfter="${at(-120_000)}"`) }],
            [/SubjectConfirmation/, { confirmation: confirmed("") }],
            [/SubjectConfirmation/, { confirmation: confirmed(`NotOnOrAfter="tomorrow"`) }],
            [
                /SubjectConfirmation/,
                { confirmation: confirmed(`NotOnOrAfter="${at(300_000)}" Recipient="https://evil.example.com"`) },
            ],
            [/SubjectConfirmation/, { confirmation: confirmed(undefined, "holder-of-key") }],
        ];
        for (const [why, options] of rows) {
            await refused(why, signed(assertionOf(options), idp));
        }
        await refused(/does not say Success/, responseOf(signed(assertionOf(), idp), "AuthnFailed"));
        const other = signed(assertionOf(), idp).replaceAll(">sales<", ">finance<");
        await refused(/of none of the certificates/, other);
    });

    it("refuses what is no assertion", async () => {
        for (const text of [
            "",
            "x",
            "<x/>",
            "<a><b></a>",
            "<!DOCTYPE x><x/>",
            "{}",
            responseOf("<saml:EncryptedAssertion xmlns:saml='urn:oasis:names:tc:SAML:2.0:assertion'/>"),
        ]) {
            const { status, body } = await exchange(text);
            assert.equal(status, 400, text);
            assert.equal(body["error"], "invalid_grant", text);
        }
    });

    it("makes no provider without metadata", async () => {
        for (const settings of [{}, { idpMetadataXml: "" }, { idpMetadataXml: "x".repeat(128 * 1024 + 1) }]) {
            const status = await cloud.status(
                owner,
                "POST",
                `${api}/saml-pool/providers?workloadIdentityPoolProviderId=saml-none`,
                {
                    saml: settings,
                    attributeMapping: { "google.subject": "assertion.subject" },
                },
            );
            assert.equal(status, 400);
        }
    });
});
