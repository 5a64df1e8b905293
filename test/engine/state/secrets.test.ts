import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Crypter, prepareKey, prepareKeyOf } from "../../../engine/state/secrets";

describe("the key of a directory of states", () => {
    let folder: string;
    before(() => (folder = mkdtempSync(join(tmpdir(), "secrets-"))));
    after(() => rmSync(folder, { recursive: true }));

    it("is another one for each directory, prepared or not, and is that of its passphrase", async () => {
        const seen = new Set<string>();
        for (let index = 0; index < 4; index++) {
            prepareKey();
            // Nobody waits here for what is prepared. The third directory has two of its kind at the same time.
            const files = [join(folder, `${index}`, "key.json"), join(folder, `${index}-beside`, "key.json")];
            const made = await Promise.all(
                (index === 2 ? files : files.slice(0, 1)).map((file) => Crypter.ofFile(file)),
            );
            for (const [at, crypter] of made.entries()) {
                const kept = JSON.parse(readFileSync(String(files[at]), "utf8")) as Record<
                    "passphrase" | "key",
                    string
                >;
                seen.add(kept.key);
                seen.add(kept.passphrase);
                const sealed = crypter.encrypt("word");
                const opened = await Crypter.open(kept.passphrase, crypter.salt);
                assert.equal(opened.decrypt(sealed), "word");
                const other = await Crypter.create("another");
                assert.throws(() => other.decrypt(sealed));
                assert.equal((await Crypter.ofFile(String(files[at]))).salt, crypter.salt);
            }
        }
        assert.equal(seen.size, 10);
    });

    it("is in no file before it is used, and stays where a directory has one", async () => {
        const directory = join(folder, "early");
        prepareKeyOf(directory);
        prepareKeyOf(directory);
        assert.equal(existsSync(directory), false);
        const { salt } = await Crypter.ofFile(join(directory, "key.json"));
        prepareKeyOf(directory);
        assert.equal((await Crypter.ofFile(join(directory, "key.json"))).salt, salt);
        assert.notEqual((await Crypter.ofFile(join(folder, "next", "key.json"))).salt, salt);
    });
});
