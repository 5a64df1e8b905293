import { strict as assert } from "node:assert";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { difference, forty } from "../bench/up-kills";
import { cli, command } from "../support/command";
import { skip } from "../support/skip";

/** Kilobytes: at few the state of the sandbox is full first, at more that of the stack. `LIMITS="8 16 24 …"` for a night. */
const LIMITS = (process.env.LIMITS ?? "60").split(" ").map(Number);
const up = ["sandbox", "up", "--skip-preview"];
const SAID = /cannot (write its state|be written) to .*: E\w+: .*; make room on the disk/;

describe("`sandbox up` on a disk that is full", function () {
    this.timeout(120_000 * LIMITS.length);
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "full-up-"))));
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    for (const limit of LIMITS) {
        it(`fails and says so, and a plain \`up\` settles it when there is room: ${limit} KB a file`, async () => {
            // A process that ignores the signal gets an error where it writes beyond the limit. Blocks of 512 bytes.
            const prepare = `trap '' XFSZ; ulimit -S -f ${limit * 2}`;
            // The cache of compiled programs would be limited too.
            const env = { NODE_DISABLE_COMPILE_CACHE: "1" };
            const failed = await command(folder, [...up, forty], { prepare, env });
            assert.notEqual(failed.code, 0, failed.text);
            assert.match(failed.text, SAID);
            const settled = await command(folder, [...up, forty]);
            assert.equal(settled.code, 0, settled.text);
            assert.equal(await difference(folder, 0), undefined);
        });
    }

    it("does the same on a file system of 300 KB", async function () {
        const tmpfs = (size: string): string => `mount -t tmpfs -o size=${size},mode=700 tmpfs ${folder}`;
        if (spawnSync("unshare", ["-rm", "sh", "-c", tmpfs("1m")]).status !== 0) {
            skip(this, "no file system can be mounted here");
        }
        const kept = mkdtempSync(join(tmpdir(), "full-up-kept-"));
        try {
            // Whatever is mounted there is seen by the commands of this shell alone.
            const script = `${tmpfs("300k")}; "$@" && exit 1; mount -o remount,size=20m ${folder}; "$@" || exit 2; cp -r ${folder}/. ${kept}`;
            const said = execFileSync(
                "unshare",
                ["-rm", "sh", "-c", `{ ${script}; } 2>&1`, "sh", ...cli, ...up, forty, "--state", folder],
                {
                    encoding: "utf8",
                    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1" },
                },
            );
            assert.match(said, SAID);
            assert.equal(await difference(kept, 0), undefined);
        } finally {
            rmSync(kept, { recursive: true, force: true });
        }
    });
});
