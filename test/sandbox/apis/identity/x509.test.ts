import { strict as assert } from "node:assert";
import "reflect-metadata";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as x509 from "@peculiar/x509";
import { fetch, ProxyAgent } from "undici";
import { Sandbox } from "../../../../sandbox";
import { certify, type CertificateOptions, type Certified } from "../../../support/certificates";

const api = "https://iam.googleapis.com/v1/projects/demo/locations/global/workloadIdentityPools";
const DAY = 24 * 3_600_000;

describe("exchanging certificates", function () {
    this.timeout(300_000);
    let sandbox: Sandbox;
    let pool = "";
    let root: Certified;
    let middle: Certified;
    let leaf: Certified;
    before(async () => {
        sandbox = await Sandbox.start({ project: "demo" });
        const number = sandbox.cloud.settings.projectNumber;
        pool = `//iam.googleapis.com/projects/${number}/locations/global/workloadIdentityPools/cert-pool`;
        await sandbox.request("POST", `${api}?workloadIdentityPoolId=cert-pool`, { body: {} });
        root = await certify({ subject: "CN=root", ca: true });
        middle = await certify({ subject: "CN=middle", ca: true, issuer: root });
        leaf = await certify({ subject: "CN=shop, O=Acme, OU=outer, OU=web", issuer: middle, extensions: names() });
        await provider("certs", [root.pem], [middle.pem]);
    });
    after(() => sandbox.close());

    const names = () => [
        new x509.SubjectAlternativeNameExtension([
            { type: "dns", value: "shop.example.com" },
            { type: "dns", value: "other.example.com" },
            { type: "url", value: "spiffe://acme/shop" },
        ]),
    ];
    async function provider(id: string, anchors: string[], intermediates: string[] = [], more = {}): Promise<number> {
        const pem = (list: string[]) => list.map((pemCertificate) => ({ pemCertificate }));
        const x509Settings = { trustStore: { trustAnchors: pem(anchors), intermediateCas: pem(intermediates) } };
        const url = `${api}/cert-pool/providers?workloadIdentityPoolProviderId=${id}`;
        return (await sandbox.request("POST", url, { body: { x509: x509Settings, ...more } })).status;
    }

    interface Exchange {
        to?: string;
        token?: string;
        /** What the connection shows. @default - the certificate of the call */
        shown?: Certified | undefined;
        host?: string;
        http2?: boolean;
    }
    async function exchange(certified: Certified, chain: Certified[] = [], more: Exchange = {}) {
        const { to = "certs", host = "sts.mtls.googleapis.com", http2 = false } = more;
        const shown = "shown" in more ? more.shown : certified;
        const der = [certified, ...chain].map(({ certificate }) => Buffer.from(certificate.rawData).toString("base64"));
        const dispatcher = new ProxyAgent({
            uri: sandbox.environment().HTTPS_PROXY ?? "",
            allowH2: http2,
            requestTls: {
                ...{ ca: readFileSync(sandbox.environment().NODE_EXTRA_CA_CERTS ?? ""), allowH2: http2 },
                ...(shown && { cert: shown.pem, key: shown.key }),
            },
        });
        const answer = await fetch(`https://${host}/v1/token`, {
            method: "POST",
            dispatcher,
            body: new URLSearchParams({
                grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
                requested_token_type: "urn:ietf:params:oauth:token-type:access_token",
                subject_token_type: "urn:ietf:params:oauth:token-type:mtls",
                audience: `${pool}/providers/${to}`,
                subject_token: more.token ?? JSON.stringify(der),
            }),
        });
        const body = (await answer.json()) as Record<string, string>;
        await dispatcher.destroy();
        return { status: answer.status, body };
    }
    async function refused(text: RegExp, ...given: Parameters<typeof exchange>): Promise<void> {
        const { status, body } = await exchange(...given);
        assert.equal(status, 400, JSON.stringify(body.error_description ?? "a token"));
        assert.match(body.error_description ?? "", text);
    }
    const principal = (body: Record<string, string>) => {
        const verified = sandbox.cloud.tokens.verifyAccessToken(body.access_token ?? "");
        assert.ok(verified.ok);
        return verified.value.principal;
    };

    it("gives an access token of the common name by default, over HTTP/1.1 and HTTP/2", async () => {
        for (const http2 of [false, true]) {
            const { status, body } = await exchange(leaf, [], { http2 });
            assert.equal(status, 200, JSON.stringify(body));
            assert.deepEqual(principal(body), {
                kind: "federated",
                subject: `principal:${pool}/subject/shop`,
                sets: [`principalSet:${pool}/*`],
            });
        }
    });

    it("maps every field that the documents name", async () => {
        const fields = {
            "google.subject": "assertion.san.uri",
            "attribute.serial": "assertion.serialNumberHex",
            "attribute.o": "assertion.subject.dn.o",
            "attribute.ou": "assertion.subject.dn.ou",
            "attribute.issuer": "assertion.issuer.dn.cn",
            "attribute.dns": "assertion.san.dns",
            "attribute.print": "assertion.sha256Fingerprint",
        };
        assert.equal(await provider("fields", [root.pem], [middle.pem], { attributeMapping: fields }), 200);
        const who = principal((await exchange(leaf, [], { to: "fields" })).body);
        assert.ok(who.kind === "federated");
        const print = createHash("sha256").update(Buffer.from(leaf.certificate.rawData)).digest("base64");
        assert.deepEqual(
            [who.subject, ...(who.sets ?? [])],
            [
                `principal:${pool}/subject/spiffe://acme/shop`,
                `principalSet:${pool}/*`,
                ...["serial/0a1b2c", "o/Acme", "ou/web", "issuer/middle", "dns/shop.example.com", `print/${print}`].map(
                    (attribute) => `principalSet:${pool}/attribute.${attribute}`,
                ),
            ],
        );
        const bare = await certify({ subject: "CN=shop", issuer: middle });
        await refused(/google\.subject/, bare, [], { to: "fields" });
    });

    it("holds the condition of the provider", async () => {
        const attributeCondition = 'assertion.subject.dn.cn == "shop"';
        assert.equal(await provider("only-shop", [root.pem], [middle.pem], { attributeCondition }), 200);
        assert.equal((await exchange(leaf, [], { to: "only-shop" })).status, 200);
        const eve = await certify({ subject: "CN=eve", issuer: middle });
        assert.equal((await exchange(eve, [], { to: "only-shop" })).body.error, "unauthorized_client");
    });

    it("builds the path with the client's own chain where the trust store lacks it", async () => {
        assert.equal(await provider("roots", [root.pem]), 200);
        await refused(/has issued "shop"/, leaf, [], { to: "roots" });
        assert.equal((await exchange(leaf, [middle], { to: "roots" })).status, 200);
        assert.equal((await exchange(leaf, [root, middle], { to: "roots" })).status, 200);
        const direct = await certify({ subject: "CN=direct", issuer: root });
        assert.equal((await exchange(direct, [], { to: "roots" })).status, 200);
    });

    it("wants the certificate from the connection itself, which has its key", async () => {
        const other = await certify({ subject: "CN=eve", issuer: middle });
        await refused(/showed no certificate/, leaf, [], { shown: undefined });
        await refused(/not the one that the connection showed/, leaf, [], { shown: other });
        await refused(/not the one that the connection showed/, other, [leaf], { shown: leaf });
        await refused(/showed no certificate/, leaf, [], { host: "sts.googleapis.com" });
        const stolen = { ...leaf, key: other.key };
        await assert.rejects(exchange(leaf, [], { shown: stolen }));
    });

    it("refuses a certificate that no anchor has issued, in any of the ways in which that can be", async () => {
        const eveRoot = await certify({ subject: "CN=root", ca: true });
        const eveMiddle = await certify({ subject: "CN=middle", ca: true, issuer: eveRoot });
        const made = (options: Partial<CertificateOptions>) =>
            certify({ subject: "CN=shop", issuer: middle, ...options });
        const hour = 3_600_000;
        const oldMiddle = await certify({ subject: "CN=old", ca: true, issuer: root, valid: [-2 * hour, -hour] });
        const noAuthority = await certify({ subject: "CN=none", issuer: root });
        const short = await certify({ subject: "CN=short", ca: true, issuer: root, pathLength: 0 });
        const below = await certify({ subject: "CN=below", ca: true, issuer: short });
        const servers = new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]);
        const strange = new x509.Extension("1.2.3.4.5", true, new Uint8Array([5, 0]));
        const constraints = new x509.Extension("2.5.29.30", true, new Uint8Array([0x30, 0]));
        const limited = await certify({ subject: "CN=limited", ca: true, issuer: root, extensions: [constraints] });
        const cases: [what: string, why: RegExp, certified: Certified, chain?: Certified[]][] = [
            ["itself", /has issued/, await certify({ subject: "CN=shop", ca: true })],
            ["a root of the same name", /has issued/, await made({ issuer: eveMiddle }), [eveMiddle, eveRoot]],
            ["a client that issues", /has issued|authority/, await made({ issuer: leaf }), [leaf]],
            ["no authority", /has issued|authority/, await made({ issuer: noAuthority }), [noAuthority]],
            ["one that is over", /is valid from/, await made({ valid: [-2 * hour, -hour] })],
            ["one that is to come", /is valid from/, await made({ valid: [hour, 2 * hour] })],
            ["an authority that is over", /"old" is valid/, await made({ issuer: oldMiddle }), [oldMiddle]],
            ["too long a path", /allows 0 issuers/, await made({ issuer: below }), [below, short]],
            ["one for servers", /clientAuth/, await made({ extensions: [servers] })],
            ["an unknown extension", /critical extension 1\.2\.3\.4\.5/, await made({ extensions: [strange] })],
            ["name constraints", /name constraints/, await made({ issuer: limited }), [limited]],
            ["two common names", /more than one CN/, await made({ subject: "CN=shop,CN=eve" })],
        ];
        for (const [what, why, certified, chain = []] of cases) {
            await refused(why, certified, chain).catch((error: unknown) => {
                throw new Error(what, { cause: error });
            });
        }
        const allowed = await made({ issuer: short });
        assert.equal((await exchange(allowed, [short])).status, 200);
        const clients = new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]);
        assert.equal((await exchange(await made({ extensions: [clients] }))).status, 200);
    });

    it("refuses a token that is no list of certificates, and other kinds of token", async () => {
        for (const token of ["", "{}", "[]", "[1]", '["x"]', "null", JSON.stringify(Array(11).fill("x"))]) {
            await refused(/not a JSON list|not the one that the connection showed/, leaf, [], { token });
        }
    });

    it("follows the clock, and a provider that is disabled", async () => {
        const url = `${api}/cert-pool/providers/certs?updateMask=disabled`;
        await sandbox.request("PATCH", url, { body: { disabled: true } });
        assert.equal((await exchange(leaf)).body.error, "invalid_target");
        await sandbox.request("PATCH", url, { body: { disabled: false } });
        assert.equal((await exchange(leaf)).status, 200);
        sandbox.cloud.clock.advance(DAY);
        await refused(/is valid from/, leaf);
    });

    it("refuses a trust store without an anchor, or with something else in it", async () => {
        assert.equal(await provider("empty-one", []), 400);
        assert.equal(await provider("no-pem", ["PEM"]), 400);
        assert.equal(await provider("no-pem", [root.pem], ["PEM"]), 400);
    });
});
