import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { command } from "../support/command";
import { copyOf, type Copy } from "../support/quickstart";

const run = promisify(execFile);

describe("what a sandbox reaches, and who reaches it", () => {
    let folder: string;
    let copy: Copy;
    let env: Record<string, string>;
    let log: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "loopback-"));
        log = join(folder, "refused.log");
        copy = copyOf("quickstart");
        env = { NODE_OPTIONS: `--require=${join(__dirname, "../support/loopback-only.cjs")}`, LOOPBACK_LOG: log };
    });
    after(() => {
        copy.remove();
        rmSync(folder, { recursive: true });
    });

    it("is loopback alone, for itself, its programs and services, from deploying to destroying", async () => {
        const outcome = await command(copy.state, ["sandbox", "up", copy.directory], { env });
        assert.equal(outcome.code, 0, outcome.text);
        const invoked = await command(copy.state, ["sandbox", "exec", "--", process.execPath, "-e", "0"], { env });
        assert.equal(invoked.code, 0, invoked.text);
        assert.equal(existsSync(log) ? readFileSync(log, "utf8") : "", "");
    });

    it("keeps certificates, credentials and state in files that only their owner reads", () => {
        const files = readdirSync(copy.state, { recursive: true, withFileTypes: true }).filter((entry) =>
            entry.isFile(),
        );
        const open = files
            .map(({ parentPath, name }) => join(parentPath, name))
            .filter((file) => (statSync(file).mode & 0o077) !== 0 && !/\.gitignore$|[\\/]reports[\\/]/.test(file));
        assert.deepEqual(open, []);
        assert.ok(files.some(({ name }) => name === "ca.pem"));
        assert.equal(statSync(copy.state).mode & 0o077, 0);
        for (const { parentPath, name } of files) {
            assert.doesNotMatch(
                readFileSync(join(parentPath, name), "utf8"),
                /ya29\.|eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{40}/,
                name,
            );
        }
    });

    for (const [what, program, told] of [
        ["a client", "fetch('https://example.com/').catch(() => process.exit(3))", /^connect to /],
        [
            "a socket",
            "require('net').connect(80, '192.0.2.1').on('error', () => process.exit(3))",
            /^connect to 192\.0\.2\.1:80/,
        ],
        [
            "a server",
            "try { require('http').createServer().listen(0) } catch { process.exit(3) }",
            /^listen on every address/,
        ],
    ] as const) {
        it(`would have been seen otherwise: ${what} is refused and written down`, async () => {
            rmSync(log, { force: true });
            const ended = run(process.execPath, ["-e", program], { env: { ...process.env, ...env } });
            await assert.rejects(ended, { code: 3 });
            assert.match(readFileSync(log, "utf8"), told);
        });
    }
});
