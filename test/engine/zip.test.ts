import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as fc from "fast-check";

import { contentOf } from "../../sandbox/engine/assets";
import { KINDS, SIGNATURE, type Properties } from "../../sandbox/engine/values";
import { zip } from "../../sandbox/engine/zip";
import { unzip } from "../../sandbox/workloads/zip";

describe("an archive of many files", () => {
    it("unpacks to what was packed, and is the same bytes each time", () => {
        const files = fc.dictionary(
            fc.stringMatching(/^[a-zé]{1,8}(\/[a-z]{1,8}\.js)?$/),
            fc.uint8Array({ maxLength: 300 }),
        );
        fc.assert(
            fc.property(files, (given) => {
                const entries = new Map(Object.entries(given).map(([name, bytes]) => [name, Buffer.from(bytes)]));
                const packed = zip(entries);
                assert.deepEqual(packed, zip(new Map([...entries].reverse())));
                assert.deepEqual(
                    [...unzip(packed)].map(([name, bytes]) => [name, bytes.toString("hex")]).sort(),
                    [...entries].map(([name, bytes]) => [name, bytes.toString("hex")]).sort(),
                );
            }),
            { numRuns: 50 },
        );
    });

    it("holds folders, files and texts where the program put them", () => {
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
