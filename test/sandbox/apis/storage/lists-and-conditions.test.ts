import assert from "node:assert/strict";
import fc from "fast-check";
import type { Json } from "../../../../sandbox/apis";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

const BUCKET = "https://storage.googleapis.com/storage/v1/b/files";

describe("Cloud Storage", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = testCloud();
        await cloud.call(owner, "POST", "https://storage.googleapis.com/storage/v1/b?project=demo", { name: "files" });
    });
    afterEach(() => cloud.close());

    const ask = async (method: string, url: string, body?: unknown, headers: Record<string, string> = {}) => {
        const answer = await cloud.apis.request(method, url, { principal: owner, body, headers });
        assert.ok(answer);
        return answer;
    };
    const put = async (name: string, text = "x", conditions = "") =>
        ask(
            "POST",
            `https://storage.googleapis.com/upload/storage/v1/b/files/o?uploadType=media&name=${encodeURIComponent(name)}${conditions}`,
            Buffer.from(text),
        );
    const list = (query: Record<string, string>) =>
        cloud.call(owner, "GET", `${BUCKET}/o?${new URLSearchParams(query).toString()}`);
    const namesIn = ({ items = [] }: Json): string => (items as { name: string }[]).map(({ name }) => name).join();

    it("takes a parameter that it does not serve if its value is that of none, and refuses any other", async () => {
        await put("a");
        for (const value of ["false", "False", "0", ""]) {
            assert.equal((await ask("GET", `${BUCKET}/o?softDeleted=${value}`)).status, 200, value);
        }
        for (const value of ["true", "True", "1", "x"]) {
            assert.equal((await ask("GET", `${BUCKET}/o?softDeleted=${value}`)).status, 501, value);
        }
        assert.equal(namesIn(await list({ versions: "True", includeFoldersAsPrefixes: "True" })), "a");
    });

    it("has no managed folders, says so to who may know, and names a method that it does not serve", async () => {
        assert.deepEqual(await cloud.call(owner, "GET", `${BUCKET}/managedFolders?pageSize=1000`), {
            kind: "storage#managedFolders",
            items: [],
        });
        const none = await cloud.apis.request("GET", `${BUCKET}/managedFolders`, {
            principal: { kind: "user", email: "stranger@example.com" },
        });
        assert.equal(none?.status, 403);
        const unserved = await ask("GET", `${BUCKET}/notificationConfigs`);
        assert.equal(unserved.status, 501);
        assert.match(
            JSON.stringify(unserved.body),
            /GET \/storage\/v1\/b\/files\/notificationConfigs is not implemented/,
        );
    });

    it("lists what is below a prefix as folders, by a delimiter", async () => {
        for (const name of ["a", "b/", "b/1", "b/2", "b/c/3", "d"]) {
            await put(name);
        }
        const shown = async (query: Record<string, string>) => {
            const answer = await list(query);
            return [namesIn(answer), answer.prefixes];
        };
        assert.deepEqual(await shown({ delimiter: "/" }), ["a,d", ["b/"]]);
        assert.deepEqual(await shown({ delimiter: "/", prefix: "b/" }), ["b/,b/1,b/2", ["b/c/"]]);
        assert.deepEqual(await shown({ delimiter: "/", includeTrailingDelimiter: "true" }), ["a,b/,d", ["b/"]]);
        assert.deepEqual(await shown({ startOffset: "b/1", endOffset: "d" }), ["b/1,b/2,b/c/3", undefined]);
    });

    it("gives each object and each prefix once, however many a page has", async () => {
        const names = ["a", "b/1", "b/2", "c", "d/1", "e"];
        for (const name of names) {
            await put(name);
        }
        await fc.assert(
            fc.asyncProperty(fc.integer({ min: 1, max: 7 }), fc.boolean(), async (size, folders) => {
                const found: unknown[] = [];
                let token: string | undefined;
                do {
                    const answer = await list({
                        maxResults: String(size),
                        ...(folders && { delimiter: "/" }),
                        ...(token !== undefined && { pageToken: token }),
                    });
                    const here = [
                        ...(answer.items as { name: string }[]).map(({ name }) => name),
                        ...((answer.prefixes ?? []) as string[]),
                    ];
                    assert.ok(here.length <= size);
                    found.push(...here);
                    token = answer.nextPageToken as string | undefined;
                } while (token !== undefined);
                assert.deepEqual(found.sort(), folders ? ["a", "b/", "c", "d/", "e"] : names);
            }),
            { numRuns: 20 },
        );
    });

    it("downloads ranges, and says which bytes they are", async () => {
        await put("o", "0123456789");
        const range = async (wanted: string) => {
            const { status, body, headers } = await ask("GET", `${BUCKET}/o/o?alt=media`, undefined, { range: wanted });
            return [status, String(body), headers["content-range"]];
        };
        assert.deepEqual(await range("bytes=2-4"), [206, "234", "bytes 2-4/10"]);
        assert.deepEqual(await range("bytes=7-"), [206, "789", "bytes 7-9/10"]);
        assert.deepEqual(await range("bytes=-2"), [206, "89", "bytes 8-9/10"]);
        assert.deepEqual(await range("bytes=5-100"), [206, "56789", "bytes 5-9/10"]);
        assert.deepEqual(await range("bytes=10-"), [416, "", "bytes */10"]);
        assert.deepEqual(await range("lines=1-2"), [200, "0123456789", undefined]);
    });

    it("does what depends on a generation only where it is that one", async () => {
        const first = (await put("o", "one", "&ifGenerationMatch=0")).body as Json;
        assert.equal((await put("o", "two", "&ifGenerationMatch=0")).status, 412);
        const second = (await put("o", "two", `&ifGenerationMatch=${String(first.generation)}`)).body as Json;
        assert.notEqual(second.generation, first.generation);
        const object = `${BUCKET}/o/o`;
        const is = `ifGenerationMatch=${String(second.generation)}`;
        const was = `ifGenerationMatch=${String(first.generation)}`;
        for (const [method, body] of [["GET"], ["PATCH", { metadata: { a: "b" } }], ["DELETE"]] as const) {
            assert.equal((await ask(method, `${object}?${was}`, body)).status, 412, method);
            assert.ok((await ask(method, `${object}?${is}`, body)).status < 300, method);
        }
        assert.equal((await ask("GET", object)).status, 404);
    });

    it("copies and composes only where both what is there and what is copied are as the request says", async () => {
        const { generation } = (await put("o")).body as Json;
        const copy = (conditions: string) => ask("POST", `${BUCKET}/o/o/copyTo/b/files/o/new?${conditions}`, {});
        assert.equal((await copy("ifSourceGenerationMatch=1")).status, 412);
        assert.equal((await copy("ifGenerationMatch=5")).status, 412);
        assert.equal((await ask("GET", `${BUCKET}/o/new`)).status, 404);
        assert.equal((await copy(`ifGenerationMatch=0&ifSourceGenerationMatch=${String(generation)}`)).status, 200);
        assert.equal((await copy("ifGenerationMatch=0")).status, 412);
        const compose = (conditions: string) =>
            ask("POST", `${BUCKET}/o/both/compose?${conditions}`, { sourceObjects: [{ name: "o" }, { name: "new" }] });
        assert.equal((await compose("ifGenerationMatch=5")).status, 412);
        assert.equal((await compose("ifGenerationMatch=0")).status, 200);
        assert.equal((await compose("ifGenerationMatch=0")).status, 412);
    });

    it("answers 304 to who has the newest, and 412 to who would change it", async () => {
        const { generation, metageneration } = (await put("o")).body as Json;
        const same = `ifGenerationNotMatch=${String(generation)}`;
        assert.equal((await ask("GET", `${BUCKET}/o/o?${same}`)).status, 304);
        assert.equal((await ask("PATCH", `${BUCKET}/o/o?${same}`, {})).status, 412);
        assert.equal(
            (await ask("PATCH", `${BUCKET}/o/o?ifMetagenerationMatch=${String(metageneration)}`, {})).status,
            200,
        );
        assert.equal(
            (await ask("PATCH", `${BUCKET}/o/o?ifMetagenerationMatch=${String(metageneration)}`, {})).status,
            412,
        );
        assert.equal((await ask("PATCH", `${BUCKET}?ifMetagenerationMatch=1`, {})).status, 200);
        assert.equal((await ask("PATCH", `${BUCKET}?ifMetagenerationMatch=1`, {})).status, 412);
        assert.equal((await ask("GET", `${BUCKET}/o/o?generation=1`)).status, 404);
    });

    it("refuses a parameter that it does not read by its name, and takes what changes nothing", async () => {
        for (const [url, status] of [
            [`${BUCKET}/o?matchGlob=a`, 501],
            [`${BUCKET}/o?softDeleted=true`, 501],
            [`${BUCKET}/o?versions=false&projection=noAcl&prettyPrint=false`, 200],
            [`${BUCKET}?projection=full`, 200],
            [`${BUCKET}?soft=1`, 501],
        ] as const) {
            const answer = await ask("GET", url);
            assert.equal(answer.status, status, url);
            if (status === 501) {
                assert.match(JSON.stringify(answer.body), /parameter \w+ of GET .* is not served by the sandbox/);
            }
        }
        assert.equal(
            (
                await ask(
                    "POST",
                    "https://storage.googleapis.com/upload/storage/v1/b/files/o?uploadType=multipart",
                    "--x\r\n\r\n{\r\n--x",
                    { "content-type": "multipart/related; boundary=x" },
                )
            ).status,
            400,
        );
    });
});
