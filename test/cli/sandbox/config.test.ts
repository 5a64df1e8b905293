import { strict as assert } from "node:assert";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { readProject, writeConfig } from "../../../engine/project";

describe("writing the configuration of a stack", () => {
    const environment = { PULUMI_CONFIG_PASSPHRASE: "words" };
    let root: string;
    let file: string;
    before(() => {
        root = mkdtempSync(join(tmpdir(), "config-"));
        file = join(root, "Pulumi.dev.yaml");
        writeFileSync(join(root, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    });
    beforeEach(() => rmSync(file, { force: true }));
    after(() => rmSync(root, { recursive: true }));
    const set = (key: string, value: string, secret = false) =>
        writeConfig(file, "shop", key, { value, secret }, environment);
    const values = async () => (await readProject(root, "dev", environment)).config;

    it("keeps every text as it is, and all other values and comments", async () => {
        writeFileSync(file, "# Of the team.\nconfig:\n  shop:other: stays # for ever\n");
        await fc.assert(
            fc.asyncProperty(fc.string({ unit: "binary-ascii" }), async (text) => {
                await set("word", text);
                const { "shop:word": word, "shop:other": other } = await values();
                assert.deepEqual([word?.value, other?.value], [text, "stays"]);
                assert.match(readFileSync(file, "utf8"), /^# Of the team\.\n[^]*stays # for ever$/m);
            }),
            { numRuns: 300 },
        );
    });

    it("encrypts a secret, which is nowhere in the file, and reads it again", async () => {
        await set("key", "hush-hush", true);
        await set("other", "hush-too", true);
        assert.doesNotMatch(readFileSync(file, "utf8"), /hush/);
        const { "shop:key": key, "shop:other": other } = await values();
        assert.deepEqual(
            [key, other],
            [
                { value: "hush-hush", secret: true },
                { value: "hush-too", secret: true },
            ],
        );
    });

    it("replaces a value by whichever of its names it has, and takes it out", async () => {
        writeFileSync(file, "config:\n  word: short\n  shop:config:long: long\n");
        await set("shop:word", "new");
        await set("long", "newer");
        const { "shop:word": word, "shop:long": long } = await values();
        assert.deepEqual([word?.value, long?.value], ["new", "newer"]);
        assert.equal(await writeConfig(file, "shop", "word", undefined, environment), true);
        assert.equal(await writeConfig(file, "shop", "word", undefined, environment), false);
        assert.equal((await values())["shop:word"], undefined);
    });

    it("changes nothing if the file is damaged, the key is none, or a secret has no passphrase", async () => {
        const good = "config:\n  shop:a: b\n";
        const cases: [string, () => Promise<unknown>, RegExp][] = [
            ["config: [", () => set("a", "b"), /Pulumi\.dev\.yaml: /],
            ["- a", () => set("a", "b"), /expected a map/],
            ["config: 5", () => set("a", "b"), /config is no map/],
            [good, () => set("a b", "c"), /is no key/],
            [good, () => writeConfig(file, "shop", "a", { value: "x", secret: true }, {}), /there is no passphrase/],
            [`${good}encryptionsalt: v1:AAAAAAAAAAA=:v1:x:y`, () => set("a", "x", true), /incorrect passphrase/],
            [`${good}secretsprovider: awskms://k`, () => set("a", "x", true), /has secrets by awskms/],
        ];
        for (const [text, write, message] of cases) {
            writeFileSync(file, text);
            await assert.rejects(write(), message);
            assert.equal(readFileSync(file, "utf8"), text);
        }
    });
});
