import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeArguments } from "../../../bench/processes";
import { noneLeft } from "../../../support/command";
import { checkout } from "../../../support/quickstart";

describe("gcp-invoke sandbox watch", () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "watch-"));
        symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
        write("Pulumi.yaml", "name: shop\nruntime: { name: nodejs, options: { typescript: false } }\n");
        write("package.json", '{ "main": "index.js" }');
        write("index.js", program("one"));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));
    const write = (name: string, content: string): void => writeFileSync(join(folder, name), content);
    const program = (word: string): string => `const { Stash } = require("@pulumi/pulumi");
new Stash("kept", { input: ${JSON.stringify(word)} });
exports.word = ${JSON.stringify(word)};
`;

    it("deploys each edit, says what changed and what broke, and goes on after it is corrected", async () => {
        const main = [...nodeArguments, join(checkout, "cli", "main.ts"), "sandbox", "watch"];
        // The reserve is on: the second deployment runs in a process that waited.
        const { GCP_INVOKE_RESERVE: _, ...environment } = process.env;
        const child = spawn(process.execPath, main, { cwd: folder, env: { ...environment, NO_COLOR: "1" } });
        let said = "";
        let heard: () => void = () => undefined;
        for (const stream of [child.stdout, child.stderr]) {
            stream.on("data", (chunk: Buffer) => {
                said += chunk.toString();
                heard();
            });
        }
        const exit = once(child, "exit");
        /** What it says until the end of the next deployment. */
        const next = async (): Promise<string> => {
            while (!said.includes("Ctrl-C ends it\n")) {
                const more = new Promise<void>((resolve) => (heard = resolve));
                const ended = await Promise.race([more, exit]);
                assert.equal(ended, undefined, `it has ended: ${said}`);
            }
            const end = said.indexOf("Ctrl-C ends it\n") + "Ctrl-C ends it\n".length;
            const text = said.slice(0, end);
            said = said.slice(end);
            return text;
        };
        try {
            assert.match(
                await next(),
                /kept[^]*word: [^\n]*one[^]*\ndeployed, with nothing to check after [\d.]+ s; waiting for changes in /,
            );
            write("index.js", program("two"));
            assert.match(
                await next(),
                /^\nchanged: index\.js\n[^]*word: [^\n]*two[^]*\ndeployed, with nothing to check after/,
            );
            write("index.js", "throw new Error('it is broken');\n");
            assert.match(await next(), /^\nchanged: index\.js\n[^]*it is broken[^]*\nnot proven after/);
            write("Pulumi.yaml", "name: [shop]\n");
            assert.match(await next(), /^\nchanged: Pulumi\.yaml\n[^]*error: [^]*\nnot proven after/);
            write("Pulumi.yaml", "name: shop\nruntime: { name: nodejs, options: { typescript: false } }\n");
            assert.match(await next(), /^\nchanged: Pulumi\.yaml\n[^]*it is broken[^]*\nnot proven after/);
            mkdirSync(join(folder, "lib"));
            write("lib/word.js", 'module.exports = "three";');
            write("index.js", program("x").replaceAll('"x"', 'require("./lib/word")'));
            assert.match(await next(), /^\nchanged: [^]*word: [^\n]*three[^]*\ndeployed, with nothing to check after/);
            write("lib/word.js", 'module.exports = "four";');
            assert.match(
                await next(),
                /^\nchanged: lib.word\.js\n[^]*word: [^\n]*four[^]*\ndeployed, with nothing to check after/,
            );
        } finally {
            child.kill("SIGINT");
        }
        await exit;
        assert.deepEqual(await noneLeft(folder), []);
    });
});
