import assert from "node:assert/strict";
import fc from "fast-check";
import type { Principal } from "../../../../sandbox/cloud";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

const HOST = "https://storage.googleapis.com";
const ann: Principal = { kind: "user", email: "ann@example.com" };

describe("objects by the XML API of Cloud Storage", () => {
    let cloud: TestCloud;
    before(async () => {
        cloud = testCloud();
        await cloud.call(owner, "POST", `${HOST}/storage/v1/b?project=demo`, { name: "reports" });
    });
    after(() => cloud.close());

    const send = async (
        verb: string,
        object: string,
        { as = owner, body, headers = {} }: { as?: Principal; body?: Buffer; headers?: Record<string, string> } = {},
    ) => {
        const path = object.split("/").map(encodeURIComponent).join("/");
        const answer = await cloud.apis.request(verb, `${HOST}/reports/${path}`, { principal: as, body, headers });
        assert.ok(answer);
        return answer;
    };
    const path = fc.string({ minLength: 1, maxLength: 12 }).filter((name) => !/^[./]|\/\.|\/\/|\/$|[\r\n]/.test(name));

    it("are written and read as by the JSON API, whole and in ranges", async () => {
        const property = fc.asyncProperty(
            path,
            fc.string({ minLength: 1 }),
            fc.nat(),
            fc.nat(),
            async (name, text, a, b) => {
                const body = Buffer.from(text);
                assert.equal((await send("PUT", name, { body, headers: { "x-goog-meta-a": "b" } })).status, 200);
                const id = encodeURIComponent(name);
                const stored = await cloud.call(owner, "GET", `${HOST}/storage/v1/b/reports/o/${id}`);
                assert.deepEqual([stored.size, stored.metadata], [String(body.length), { a: "b" }]);
                assert.deepEqual([(await send("GET", name)).body, (await send("HEAD", name)).status], [text, 200]);
                const [first = 0, last = 0] = [a % body.length, b % body.length].sort((x, y) => x - y);
                const range = { range: `bytes=${first}-${last}` };
                const part = await send("GET", name, { headers: range });
                const media = `${HOST}/storage/v1/b/reports/o/${id}?alt=media`;
                const other = await cloud.apis.request("GET", media, { principal: owner, headers: range });
                assert.deepEqual([part.status, part.body], [206, other?.body]);
                assert.equal((await send("DELETE", name)).status, 204);
                assert.equal((await send("GET", name)).status, 404);
            },
        );
        await fc.assert(property, { numRuns: 40 });
    });

    it("are only for those who may, each verb by its own permission", async () => {
        await send("PUT", "secret", { body: Buffer.from("x") });
        const verbs = ["GET", "HEAD", "PUT", "DELETE"];
        for (const verb of verbs) {
            assert.equal((await send(verb, "secret", { as: ann })).status, 403, verb);
        }
        const grant = (role: string) =>
            cloud.call(owner, "PUT", `${HOST}/storage/v1/b/reports/iam`, {
                bindings: [{ role, members: ["user:ann@example.com"] }],
            });
        await grant("roles/storage.objectViewer");
        const statuses = async () => {
            const found: number[] = [];
            for (const verb of verbs) {
                found.push((await send(verb, "secret", { as: ann, body: Buffer.from("y") })).status);
            }
            return found;
        };
        assert.deepEqual(await statuses(), [200, 200, 403, 403]);
        await grant("roles/storage.objectUser");
        assert.deepEqual(await statuses(), [200, 200, 200, 204]);
    });

    it("depend on the state that a header names", async () => {
        const headers = { "x-goog-if-generation-match": "0" };
        const body = Buffer.from("x");
        assert.deepEqual(
            [
                (await send("PUT", "once", { body, headers })).status,
                (await send("PUT", "once", { body, headers })).status,
            ],
            [200, 412],
        );
        const { generation } = await cloud.call(owner, "GET", `${HOST}/storage/v1/b/reports/o/once`);
        for (const [at, status] of [
            [String(generation), 200],
            ["7", 412],
        ] as const) {
            const asked = await send("GET", "once", { headers: { "x-goog-if-generation-match": at } });
            assert.equal(asked.status, status, at);
        }
    });

    it("are refused by the name of a header that nothing reads, and of a form with a policy document", async () => {
        const letters = fc.stringMatching(/^[a-j-]{3,12}$/);
        const name = fc.oneof(fc.constantFrom("copy-source", "acl", "encryption-key", "content-sha256"), letters);
        const property = fc.asyncProperty(name, fc.constantFrom("GET", "PUT", "DELETE"), async (word, verb) => {
            const headers = { [`x-goog-${word}`]: "x" };
            const { status, body } = await send(verb, "once", { headers, body: Buffer.from("x") });
            assert.equal(status, 501);
            assert.match(JSON.stringify(body), new RegExp(`x-goog-${word} `));
        });
        await fc.assert(property, { numRuns: 30 });
        const form = await cloud.apis.request("POST", `${HOST}/reports`, { principal: owner, body: Buffer.from("x") });
        assert.equal(form?.status, 501);
        assert.match(JSON.stringify(form.body), /policy document/);
    });
});
