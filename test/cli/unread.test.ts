import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cli } from "../support/command";

const call = (auth: string): string =>
    `main: {steps: [{a: {call: http.get, args: {url: "https://a-123-ew.a.run.app"${auth}}}}]}\n`;

describe("a command whose output nobody reads to its end", function () {
    this.timeout(120_000);
    const folder = mkdtempSync(join(tmpdir(), "unread-"));
    before(() => {
        writeFileSync(join(folder, "wrong.yaml"), call(""));
        writeFileSync(join(folder, "right.yaml"), call(", auth: {type: OIDC}"));
        const program = "name: shop\nruntime: yaml\noutputs: { n: ";
        writeFileSync(join(folder, "Pulumi.yaml"), `${program}"\${gone.name}" }\n`);
    });
    after(() => rmSync(folder, { recursive: true }));

    const rows: [args: string[], fails: boolean][] = [
        [["audit", "wrong.yaml"], true],
        [["audit", "wrong.yaml", "--format", "json"], true],
        [["audit", "right.yaml"], false],
        [["sandbox", "preview"], true],
        [["sandbox", "up"], true],
        [["sandbox", "up", "--json"], true],
        [["--help"], false],
    ];
    for (const [args, fails] of rows) {
        it(`ends with its own exit code: ${args.join(" ")}`, async () => {
            const [node = "", ...rest] = [...cli, ...args];
            const child = spawn(node, rest, { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
            child.stdout.destroy();
            const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
            assert.equal(code !== 0 && code !== null, fails, String(code));
        });
    }
});
