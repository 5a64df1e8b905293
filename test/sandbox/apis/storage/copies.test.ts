import assert from "node:assert/strict";
import fc from "fast-check";
import type { Principal } from "../../../../sandbox/cloud";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

type Body = Record<string, unknown>;

const B = "https://storage.googleapis.com/storage/v1/b";
const UPLOAD = "https://storage.googleapis.com/upload/storage/v1/b";
const ann = { kind: "user", email: "ann@example.com" } as const;

describe("objects of Cloud Storage that are made of others", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = testCloud();
        for (const name of ["from-here", "to-there"]) {
            await cloud.call(owner, "POST", `${B}?project=demo`, { name, location: "EU" });
        }
    });
    afterEach(() => cloud.close());

    const upload = (name: string, text: string) =>
        cloud.call(owner, "POST", `${UPLOAD}/from-here/o?uploadType=media&name=${encodeURIComponent(name)}`, text);
    const uploadAs = (as: Principal, name: string, type: string) =>
        cloud.status(as, "POST", `${UPLOAD}/from-here/o?uploadType=${type}&name=${name}`, {});
    const read = async (bucket: string, name: string) =>
        (
            await cloud.apis.request("GET", `${B}/${bucket}/o/${encodeURIComponent(name)}?alt=media`, {
                principal: owner,
            })
        )?.body;
    const at = (bucket: string, name: string) => `b/${bucket}/o/${encodeURIComponent(name)}`;
    const to = (verb: "copyTo" | "rewriteTo", name: string) =>
        `${B}/from-here/o/${encodeURIComponent(name)}/${verb}/${at("to-there", name)}`;
    const grant = (bucket: string, role: string) =>
        cloud.call(owner, "PUT", `${B}/${bucket}/iam`, { bindings: [{ role, members: ["user:ann@example.com"] }] });

    it("are not replaced by who may only create them, however they are uploaded", async () => {
        await grant("from-here", "roles/storage.objectCreator");
        for (const type of ["media", "resumable"]) {
            assert.equal(await uploadAs(ann, type, type), 200, "nothing has the name yet");
        }
        await upload("resumable", "there now");
        for (const type of ["media", "resumable"]) {
            assert.equal(await uploadAs(ann, type, type), 403, type);
        }
        await grant("from-here", "roles/storage.objectUser");
        for (const type of ["media", "resumable"]) {
            assert.equal(await uploadAs(ann, type, type), 200, type);
        }
    });

    it("are copied and rewritten with their content, whatever their names are", async () => {
        const name = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !/^[./]|[\r\n#]/.test(text));
        await fc.assert(
            fc.asyncProperty(name, fc.string(), async (id, text) => {
                await upload(id, text);
                const copy = await cloud.call(owner, "POST", to("copyTo", id), {});
                assert.deepEqual([copy.name, copy.bucket], [id, "to-there"]);
                assert.equal(await read("to-there", id), text);
                const { done, resource } = await cloud.call(owner, "POST", to("rewriteTo", id), {
                    contentType: "text/x",
                });
                assert.deepEqual([done, (resource as Body).contentType], [true, "text/x"]);
            }),
            {
                numRuns: 30,
                examples: [
                    ["a/b c.txt", "hello"],
                    ["ä+%2F", "x"],
                ],
            },
        );
    });

    it("are composed in order, of at most 32, and have no MD5", async () => {
        await upload("a", "one ");
        await upload("b", "two");
        const compose = (sourceObjects: Body[]) =>
            cloud.call(owner, "POST", `${B}/from-here/o/all/compose`, { sourceObjects });
        const made = await compose([{ name: "a" }, { name: "b" }, { name: "a" }]);
        assert.deepEqual([made.componentCount, made.md5Hash, made.size], [3, undefined, "11"]);
        assert.equal(await read("from-here", "all"), "one twoone ");
        await assert.rejects(compose([]), /400/);
        await assert.rejects(compose(Array.from({ length: 33 }, () => ({ name: "a" }))), /400/);
        await assert.rejects(compose([{ name: "none" }]), /404/);
    });

    it("need the permission to read there and to write here, and to delete what is replaced", async () => {
        await upload("a", "one");
        const copy = () => cloud.status(ann, "POST", to("copyTo", "a"), {});
        assert.equal(await copy(), 403);
        await grant("from-here", "roles/storage.objectViewer");
        assert.equal(await copy(), 403);
        await grant("to-there", "roles/storage.objectCreator");
        assert.equal(await copy(), 200);
        assert.equal(await copy(), 403, "it would be replaced");
        await grant("to-there", "roles/storage.objectAdmin");
        assert.equal(await copy(), 200);
    });

    it("are not copied from a version that is not there", async () => {
        const { generation } = await upload("a", "one");
        const from = (version: unknown) =>
            cloud.status(owner, "POST", `${to("copyTo", "a")}?sourceGeneration=${String(version)}`, {});
        assert.deepEqual([await from(generation), await from(1)], [200, 404]);
    });

    it("have a layout that gcloud reads before it removes a bucket", async () => {
        const layout = await cloud.call(owner, "GET", `${B}/from-here/storageLayout`);
        assert.deepEqual(
            [layout.kind, layout.bucket, layout.location, layout.hierarchicalNamespace],
            ["storage#storageLayout", "from-here", "EU", { enabled: false }],
        );
        assert.equal(await cloud.status(ann, "GET", `${B}/from-here/storageLayout`), 403);
    });
});
