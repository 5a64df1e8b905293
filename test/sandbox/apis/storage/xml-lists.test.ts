import assert from "node:assert/strict";
import fc from "fast-check";
import type { Principal } from "../../../../sandbox/cloud";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

const HOST = "https://storage.googleapis.com";
const ann: Principal = { kind: "user", email: "ann@example.com" };

describe("buckets by the XML API of Cloud Storage", () => {
    let cloud: TestCloud;
    let names: string[];
    before(async () => {
        cloud = testCloud();
        await cloud.call(owner, "POST", `${HOST}/storage/v1/b?project=demo`, { name: "files" });
        names = ["a", "a&b <c>", "b/1", "b/2", "b/c/3", "b/", "d/é", "e"].sort();
        for (const name of names) {
            const at = `${HOST}/upload/storage/v1/b/files/o?uploadType=media&name=${encodeURIComponent(name)}`;
            await cloud.call(owner, "POST", at, "x");
        }
    });
    after(() => cloud.close());

    async function ask(verb: string, query: Record<string, string>, as: Principal = owner, object = "", headers = {}) {
        const url = `${HOST}/files${object}?${new URLSearchParams(query).toString()}`;
        const answer = await cloud.apis.request(verb, url, { principal: as, headers });
        assert.ok(answer);
        const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
        const all = (tag: string): string[] =>
            [...text.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, "g"))].map(([, found = ""]) =>
                found.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
            );
        return { status: answer.status, text, all };
    }
    /** The names and the prefixes of all pages. */
    async function whole(query: Record<string, string>): Promise<[keys: string[], prefixes: string[]]> {
        const found: [string[], string[]] = [[], []];
        let place: Record<string, string> = {};
        for (let pages = 0; pages < 20; pages++) {
            const { status, text, all } = await ask("GET", { ...query, ...place });
            assert.equal(status, 200, text);
            found[0].push(...all("Key"));
            found[1].push(...all("Prefix").slice(1));
            if (all("IsTruncated").join() !== "true") {
                return found;
            }
            const [marker = ""] = all("NextMarker");
            const [token = ""] = all("NextContinuationToken");
            place = query["list-type"] === "2" ? { "continuation-token": token } : { marker };
        }
        throw new Error("the list has no end");
    }

    it("list the same as by the JSON API, in pages of any size, by both versions", async () => {
        const part = fc.constantFrom("", "a", "b", "b/", "b/c", "d", "z", "é");
        const property = fc.asyncProperty(
            part,
            fc.constantFrom("", "/", "b", "&"),
            fc.integer({ min: 1, max: 9 }),
            fc.constantFrom({}, { "list-type": "2" }),
            async (prefix, delimiter, size, version) => {
                const asked = { ...version, prefix, delimiter };
                const json = `${HOST}/storage/v1/b/files/o?${new URLSearchParams({ prefix, delimiter }).toString()}`;
                const { items = [], prefixes = [] } = await cloud.call(owner, "GET", json);
                const expected = [(items as { name: string }[]).map(({ name }) => name), prefixes];
                assert.deepEqual(await whole({ ...asked, "max-keys": String(size) }), expected);
            },
        );
        await fc.assert(property, { numRuns: 60 });
        const after = names.filter((name) => name > "b/1");
        assert.deepEqual((await whole({ "list-type": "2", "start-after": "b/1" }))[0], after);
        assert.deepEqual((await whole({ marker: "b/1" }))[0], after);
        assert.deepEqual((await ask("GET", { prefix: "d", "encoding-type": "url" })).all("Key"), ["d/%C3%A9"]);
    });

    it("are there for who may list or see them, and for nobody else", async () => {
        for (const verb of ["GET", "HEAD"]) {
            assert.equal((await ask(verb, {})).status, 200, verb);
            assert.equal((await ask(verb, {}, ann)).status, 403, verb);
            const none = await cloud.apis.request(verb, `${HOST}/no-such-bucket`, { principal: owner });
            assert.equal(none?.status, 404, verb);
        }
    });

    it("refuse by name what is not served, and what is no number", async () => {
        const letters = fc.stringMatching(/^[a-z]{3,9}$/).filter((word) => !["prefix", "fields", "key"].includes(word));
        const word = fc.oneof(fc.constantFrom("versions", "acl", "uploads", "lifecycle", "location"), letters);
        const property = fc.asyncProperty(word, fc.constantFrom("", "/a"), async (name, object) => {
            const { status, text } = await ask("GET", { [name]: "" }, owner, object);
            assert.equal(status, 501, text);
            assert.match(text, new RegExp(`\\b${name}\\b`));
        });
        await fc.assert(property, { numRuns: 40 });
        for (const [verb, query, object, said] of [
            ["POST", { uploads: "" }, "/a", "multipart uploads"],
            ["POST", { uploadId: "1" }, "/a", "multipart uploads"],
            ["PUT", { partNumber: "1", uploadId: "1" }, "/a", "partNumber"],
            ["PUT", {}, "", "PUT of a bucket"],
            ["DELETE", {}, "", "DELETE of a bucket"],
            ["GET", { "fetch-owner": "true" }, "", "fetch-owner"],
        ] as const) {
            const { status, text } = await ask(verb, query, owner, object);
            assert.equal(status, 501, text);
            assert.match(text, new RegExp(said));
            // A parameter is refused before it matters who asks.
            const refused = said === "partNumber" ? 501 : 403;
            assert.equal((await ask(verb, query, ann, object)).status, refused, said);
        }
        for (const query of [{ "max-keys": "many" }, { "max-keys": "-1" }, { "list-type": "3" }]) {
            assert.equal((await ask("GET", query)).status, 400, JSON.stringify(query));
        }
    });

    it("give an object only as the conditions of HTTP say", async () => {
        const { headers } = (await cloud.apis.request("GET", `${HOST}/files/a`, { principal: owner })) ?? {};
        const { etag = "", "last-modified": changed = "" } = headers ?? {};
        for (const [header, value, status] of [
            ["if-match", etag, 200],
            ["if-match", '"other"', 412],
            ["if-none-match", etag, 304],
            ["if-none-match", '"other"', 200],
            ["if-modified-since", changed, 304],
            ["if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT", 200],
            ["if-unmodified-since", changed, 200],
            ["if-unmodified-since", "Thu, 01 Jan 1970 00:00:00 GMT", 412],
        ] as const) {
            for (const verb of ["GET", "HEAD"]) {
                const answer = await ask(verb, {}, owner, "/a", { [header]: value });
                assert.equal(answer.status, status, `${verb} ${header}: ${value}`);
            }
            assert.equal((await ask("PUT", {}, owner, "/a", { [header]: value })).status, 501, header);
        }
    });
});
