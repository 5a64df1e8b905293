import assert from "node:assert/strict";
import * as gcp from "@pulumi/gcp";
import { Sandbox } from "../../sandbox";

describe("a bucket of a program", () => {
    const program =
        ({ forceDestroy, isThere = true }: { forceDestroy?: boolean; isThere?: boolean }) =>
        (): Promise<void> => {
            if (isThere) {
                new gcp.storage.Bucket("inbox", {
                    name: "inbox",
                    location: "EU",
                    ...(forceDestroy !== undefined && { forceDestroy }),
                });
            }
            return Promise.resolve();
        };
    const put = (sandbox: Sandbox, name: string) =>
        sandbox.request(
            "POST",
            `https://storage.googleapis.com/upload/storage/v1/b/inbox/o?uploadType=media&name=${name}`,
            {
                body: { a: 1 },
            },
        );
    const names = async (sandbox: Sandbox): Promise<unknown> =>
        (await sandbox.request("GET", "https://storage.googleapis.com/storage/v1/b/inbox")).status;

    it("is deleted with its objects if forceDestroy says so, and is kept with them otherwise", async () => {
        await using sandbox = await Sandbox.start({ project: "demo" });
        await sandbox.up(program({}));
        await put(sandbox, "a/b c");
        await put(sandbox, "d");
        const refused = await sandbox.up(program({ isThere: false }));
        assert.equal(refused.result, "failed");
        assert.match(
            JSON.stringify(refused.diagnostics),
            /delete bucket inbox containing objects without .*forceDestroy: true/,
        );
        assert.equal(await names(sandbox), 200);
        assert.equal((await sandbox.up(program({ forceDestroy: true }))).result, "succeeded");
        assert.equal((await sandbox.up(program({ isThere: false }))).result, "succeeded");
        assert.equal(await names(sandbox), 404);
    });

    it("is deleted without forceDestroy if it is empty", async () => {
        await using sandbox = await Sandbox.start({ project: "demo" });
        await sandbox.up(program({}));
        assert.equal((await sandbox.up(program({ isThere: false }))).result, "succeeded");
        assert.equal(await names(sandbox), 404);
    });

    it("has the default key that it names, which its service must be allowed to use", async () => {
        await using sandbox = await Sandbox.start({ project: "demo" });
        const up = await sandbox.up(() => {
            const ring = new gcp.kms.KeyRing("ring", { name: "ring", location: "europe" });
            const key = new gcp.kms.CryptoKey("key", { name: "key", keyRing: ring.id });
            new gcp.storage.Bucket("inbox", { location: "EU", encryption: { defaultKmsKeyName: key.id } });
            return Promise.resolve();
        });
        assert.match(JSON.stringify(up.diagnostics), /Permission denied on Cloud KMS key/);
    });
});
