import assert from "node:assert/strict";
import { parseAddress } from "../../../workflow/auth";

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
