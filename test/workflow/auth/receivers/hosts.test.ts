import assert from "node:assert/strict";
import fc from "fast-check";
import { parseAddress, universeOf } from "../../../../workflow/auth";

describe("parseAddress", () => {
    const kind = (url: string): string | undefined => parseAddress(url)?.kind;

    it("knows both forms of a Cloud Run URL, functions and Google APIs", () => {
        assert.equal(kind("https://orders-kwx3hs2c4a-ew.a.run.app"), "run");
        assert.equal(kind("https://orders-1234567890.europe-west1.run.app/x"), "run");
        assert.equal(kind("https://us-central1-p.cloudfunctions.net/fn"), "function");
        assert.equal(kind("https://us-central1-aiplatform.googleapis.com/v1"), "google-api");
        assert.equal(kind("https://example.com"), "external");
    });

    it("is not taken in by hosts that only contain a Google name", () => {
        for (const url of [
            "https://x.run.app.evil.com/",
            "https://x.run.app@evil.com/",
            "https://evil.com/x.run.app",
            "https://evil.com?x.run.app",
            "https://evil.com#.run.app",
            "https://xrun.app",
            "https://notgoogleapis.com",
            "https://evil.com/.googleapis.com",
        ]) {
            assert.equal(kind(url), "external", url);
        }
    });

    it("reads letters of either case, a port, a final dot and a user name as a URL parser does", () => {
        for (const url of ["https://X-UC.A.RUN.APP:443/", "https://x-uc.a.run.app./", "https://me@x-uc.a.run.app/"]) {
            assert.equal(parseAddress(url)?.host, "x-uc.a.run.app");
            assert.equal(parseAddress(url)?.audience, "https://x-uc.a.run.app");
        }
    });

    it("gives up where parsers disagree about the host", () => {
        for (const url of [
            "https://evil.com\\.run.app/",
            "https://x.run.app\\@evil.com/",
            "https://x%2erun.app/",
            "https://x.run.app;.evil.com/",
            "https://x.run.app,evil.com/",
            "https://x.run.app${args.rest}/",
            "https://${args.host}/x",
            "https://me@x.run.app@evil.com/",
            "https://x.run.app:80@evil.com:443@x.run.app/",
            "https://x．run.app/",
            "https:/x.run.app",
            "https://x .run.app",
            "ftp://x.run.app",
            "//x.run.app",
            "x.run.app",
            "",
        ]) {
            assert.equal(parseAddress(url), undefined, url);
        }
    });

    it("takes the audience of a function up to its name, and of a revision's tag without the tag", () => {
        const of = (url: string): [string | undefined, boolean | undefined] => {
            const address = parseAddress(url);
            return [address?.audience, address?.beyondAudience];
        };
        assert.deepEqual(of("https://r-p.cloudfunctions.net/fn"), ["https://r-p.cloudfunctions.net/fn", false]);
        assert.deepEqual(of("https://r-p.cloudfunctions.net/fn/x?y=1"), ["https://r-p.cloudfunctions.net/fn", true]);
        assert.deepEqual(of("https://canary---a-uc.a.run.app/"), ["https://a-uc.a.run.app", false]);
        assert.deepEqual(of("https://a-uc.a.run.app?x=1"), ["https://a-uc.a.run.app", true]);
    });
});

type Row = [url: string, kind: string, audience: string | undefined];

/** Hosts in the forms that Google documents, and hosts that only look like them. */
const hosts: Row[] = [
    ["https://gw-4xk1.uc.gateway.dev/pets?x=1", "api-gateway", undefined],
    ["https://GW-4xk1.UC.Gateway.DEV:443/pets", "api-gateway", undefined],
    ["https://gw-4xk1.uc.gateway.dev./pets", "api-gateway", undefined],
    ["https://me:pw@gw-4xk1.uc.gateway.dev/pets", "api-gateway", undefined],
    ["https://evil-gateway.dev/pets", "external", "https://evil-gateway.dev"],
    ["https://gateway.dev/pets", "external", "https://gateway.dev"],
    ["https://gateway.dev.evil.com/pets", "external", "https://gateway.dev.evil.com"],
    ["https://x.uc.gateway.dev@evil.com/pets", "external", "https://evil.com"],
    ["https://x.uc.gateway.dev.evil.com:8443/", "external", "https://x.uc.gateway.dev.evil.com:8443"],
    ["https://echo.endpoints.acme.cloud.goog/echo", "endpoints", "https://echo.endpoints.acme.cloud.goog"],
    [
        "https://echo.endpoints.acme.example.com.cloud.goog/",
        "endpoints",
        "https://echo.endpoints.acme.example.com.cloud.goog",
    ],
    ["https://evilcloud.goog/", "external", "https://evilcloud.goog"],
    ["https://endpoints.acme.cloud.goog.evil.com/", "external", "https://endpoints.acme.cloud.goog.evil.com"],
    ["https://acme.appspot.com/x", "app-engine", undefined],
    ["https://v2-dot-acme.ew.r.appspot.com/x", "app-engine", undefined],
    ["https://acme-appspot.com/x", "external", "https://acme-appspot.com"],
    ["https://acme.appspot.com.evil.com/x", "external", "https://acme.appspot.com.evil.com"],
    ["https://us-central1-pubsub.googleapis.com/v1", "google-api", "https://us-central1-pubsub.googleapis.com"],
    ["https://pubsub.us-central1.rep.googleapis.com/", "google-api", "https://pubsub.us-central1.rep.googleapis.com"],
    ["https://storage-mine.p.googleapis.com/", "google-api", "https://storage-mine.p.googleapis.com"],
    ["https://restricted.googleapis.com/", "google-api", "https://restricted.googleapis.com"],
    ["https://pubsub.mtls.googleapis.com/", "google-api", "https://pubsub.mtls.googleapis.com"],
    ["https://mtls.googleapis.com.evil.com/", "external", "https://mtls.googleapis.com.evil.com"],
    ["https://x.run.app./", "run", "https://x.run.app"],
    ["https://x.run.app../", "external", "https://x.run.app."],
    ["https://storage.s3nsapis.fr/", "external", "https://storage.s3nsapis.fr"],
];

describe("the table of receivers", () => {
    for (const [url, kind, audience] of hosts) {
        it(`holds ${url} for ${kind}, with ${audience ?? "an audience that no URL tells"}`, () => {
            const address = parseAddress(url);
            assert.deepEqual([address?.kind, address?.audience], [kind, audience]);
        });
    }

    it("knows an API by each of its hosts", () => {
        const api = (host: string): string | undefined => parseAddress(`https://${host}.googleapis.com/`)?.api;
        for (const [host, name] of [
            ["sheets", "sheets"],
            ["content-sheets", "sheets"],
            ["us-central1-aiplatform", "aiplatform"],
            ["us-documentai", "documentai"],
            ["pubsub.us-central1.rep", "pubsub"],
            ["pubsub.us-central1.p.rep", "pubsub"],
            ["storage-mine.p", "storage"],
            ["storage.mtls", "storage"],
            ["sheets.storage", "storage"],
        ] as const) {
            assert.equal(api(host), name, host);
        }
    });

    it("holds another universe's hosts for its own only where the workflow runs in it", () => {
        const kind = (host: string, universe?: string): unknown => {
            const { kind: found, otherUniverse } = parseAddress(`https://${host}/`, universe) ?? {};
            return [found, otherUniverse];
        };
        assert.deepEqual(kind("storage.s3nsapis.fr"), ["external", "s3nsapis.fr"]);
        assert.deepEqual(kind("storage.s3nsapis.fr", "s3nsapis.fr"), ["google-api", undefined]);
        assert.deepEqual(kind("a-1.u-france-east1.s3nsrun.fr", "s3nsapis.fr"), ["run", undefined]);
        assert.deepEqual(kind("storage.googleapis.com", "s3nsapis.fr"), ["external", "googleapis.com"]);
        assert.deepEqual(kind("a-1.europe-west1.run.app", "s3nsapis.fr"), ["external", "googleapis.com"]);
        assert.deepEqual(kind("compute.apis-tpczero.goog", "apis-tpczero.goog"), ["google-api", undefined]);
        assert.deepEqual(kind("compute.apis.example", "apis.example"), ["google-api", undefined]);
        assert.deepEqual(kind("evils3nsapis.fr", "s3nsapis.fr"), ["external", undefined]);
        for (const bad of ["", "fr", "S3NSAPIS.FR", "https://s3nsapis.fr", ".s3nsapis.fr", "s3nsapis.fr/"]) {
            assert.throws(() => universeOf(bad), /universe domain ".*" is no domain in lower case/, bad);
        }
    });

    const suffixes = ["run.app", "cloudfunctions.net", "gateway.dev", "cloud.goog", "appspot.com", "googleapis.com"];
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?$/);

    it("holds a host for Google's where its last labels are Google's, and nothing else", () => {
        const glue = fc.constantFrom(".", "-", "", "@", ":1@", "/", "?", "#", "\\", "%2e", "．", "..");
        fc.assert(
            fc.property(
                fc.array(fc.tuple(fc.oneof(label, fc.constantFrom(...suffixes)), glue), { minLength: 1, maxLength: 5 }),
                fc.constantFrom("", ":443", ":8080", ".", "/x", "/x.run.app", "?a.gateway.dev", "#.appspot.com"),
                fc.boolean(),
                (pieces, end, upper) => {
                    const written = pieces
                        .map(([piece, between], i) => piece + (i < pieces.length - 1 ? between : ""))
                        .join("");
                    const url = `https://${upper ? written.toUpperCase() : written}${end}`;
                    const address = parseAddress(url);
                    if (address === undefined) {
                        return;
                    }
                    const labels = new URL(url).hostname.replace(/\.$/, "").split(".");
                    const googles = labels.length > 2 && suffixes.includes(labels.slice(-2).join("."));
                    assert.equal(address.kind !== "external", googles, url);
                },
            ),
            { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 1000) },
        );
    });
});
