import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { contentOf, inputsForCheck } from "../../../engine/values/assets";
import { tar } from "../../../engine/values/tar";
import { KINDS, type Properties, SIGNATURE } from "../../../engine/values/values";
import { unzip } from "../../../sandbox/workloads/zip";

describe("an archive of many files", () => {
    it("has folders, files and texts at the paths that the program gives", () => {
        const folder = mkdtempSync(join(tmpdir(), "zipped-"));
        mkdirSync(join(folder, "lib"));
        writeFileSync(join(folder, "lib", "a.js"), "a");
        const asset = (value: Properties): Properties => ({ [SIGNATURE]: KINDS.asset, ...value });
        const archive = (value: Properties): Properties => ({ [SIGNATURE]: KINDS.archive, ...value });
        const whole = archive({
            assets: {
                ".": archive({ path: folder }),
                "package.json": asset({ text: "{}" }),
                "copy/a.js": asset({ path: join(folder, "lib", "a.js") }),
            },
        });
        const files = [...unzip(contentOf(whole))].map(([name, bytes]) => `${name}: ${bytes.toString()}`);
        assert.deepEqual(files.sort(), ["copy/a.js: a", "lib/a.js: a", "package.json: {}"]);
        rmSync(folder, { recursive: true });
    });
});

/** The Pulumi CLI 3.259 wrote these hashes for the same files. */
describe("the hash of an archive", () => {
    const folder = mkdtempSync(join(tmpdir(), "hashed-"));
    before(() => {
        mkdirSync(join(folder, "dir"));
        writeFileSync(join(folder, "dir", "x.txt"), "x");
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    const archive = (value: Properties): Properties => ({
        [SIGNATURE]: KINDS.archive,
        __pulumiArchive: true,
        ...value,
    });
    const q = { [SIGNATURE]: KINDS.asset, text: "q" };
    const known: [what: string, archive: Properties, hash: string][] = [
        ["a folder", archive({ path: "dir" }), "9fde4333f4c944f8a55906d19741b02ee24e1a66f7e5dd847618131e8771963a"],
        [
            "a text",
            archive({ assets: { "a.txt": q } }),
            "e59726abd3df82210a0ee71a6a332cd8aff2d0acbf27a26d685f074795023907",
        ],
        [
            "a text and a folder, in whatever order",
            archive({ assets: { sub: archive({ path: "dir" }), "a.txt": q } }),
            "33277d092b44de7a490ded53527daed854ff1c6ac880b334bd6ed8d9c921ae49",
        ],
    ];
    for (const [what, given, hash] of known) {
        it(`is the same as Pulumi's, so that Pulumi finds no change in a state of this engine: ${what}`, () => {
            const { source } = inputsForCheck({ source: given }, folder);
            assert.equal((source as Properties)["hash"], hash);
            assert.doesNotMatch(JSON.stringify(source), /__pulumi/);
        });
    }

    it("is that of a tar file which splits long paths in two", () => {
        const path = `${"folder/".repeat(16)}file.txt`;
        const block = tar(new Map([[path, Buffer.from("content")]]));
        assert.equal(block.length, 4 * 512);
        const [name = "", prefix = ""] = [block.subarray(0, 100), block.subarray(345, 500)].map((field) =>
            field.toString().replaceAll("\0", ""),
        );
        assert.equal(`${prefix}/${name}`, path);
    });
});
