import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { nodeArguments } from "../../../bench/processes";
import { noneLeft } from "../../../support/command";
import { checkout, copyOf } from "../../../support/quickstart";

/** A watch that runs. */
interface Watching {
    /** What it says until the end of the next deployment, which is the next line that tells how it ended. */
    next: () => Promise<string>;
    /** Waits until it has said something since the last deployment. */
    hears: (words: string) => Promise<void>;
    /** Presses Ctrl-C. @returns what it says from then on */
    end: () => Promise<string>;
}

function watching(args: string[], cwd: string): Watching {
    const main = [...nodeArguments, join(checkout, "cli", "main.ts"), "sandbox", "watch", ...args];
    // The reserve is on: the second deployment runs in a process that waited.
    const { GCP_INVOKE_RESERVE: _, ...environment } = process.env;
    const child = spawn(process.execPath, main, { cwd, env: { ...environment, NO_COLOR: "1" } });
    let said = "";
    let heard: () => void = () => undefined;
    for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk: Buffer) => {
            said += chunk.toString();
            heard();
        });
    }
    const exit = once(child, "exit");
    const hears = async (words: string): Promise<void> => {
        while (!said.includes(words)) {
            const more = new Promise<void>((resolve) => (heard = resolve));
            const ended = await Promise.race([more, exit]);
            assert.equal(ended, undefined, `it has ended: ${said}`);
        }
    };
    return {
        hears,
        next: async () => {
            await hears("Ctrl-C ends it\n");
            const until = said.indexOf("Ctrl-C ends it\n") + "Ctrl-C ends it\n".length;
            const text = said.slice(0, until);
            said = said.slice(until);
            return text;
        },
        end: async () => {
            said = "";
            child.kill("SIGINT");
            await exit;
            return said;
        },
    };
}

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
        const { next, end } = watching([], folder);
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
            await end();
        }
        assert.deepEqual(await noneLeft(folder), []);
    });

    it("stops deploying for a file that each deployment changes, says so, and deploys the next edit", async () => {
        const writes = (word: string): string =>
            `${program(word)}require("node:fs").appendFileSync("written.txt", "a line\\n");\n`;
        write("index.js", writes("first"));
        const { next, hears, end } = watching([], folder);
        try {
            assert.doesNotMatch(await next(), /changed: /);
            for (let run = 2; run <= 4; run += 1) {
                assert.match(await next(), /\nchanged: written\.txt\n/);
            }
            await hears("written.txt changed during this deployment, as in those before; it is taken for an output\n");
            write("index.js", writes("second"));
            assert.match(await next(), /\nchanged: index\.js\n[^]*word: [^\n]*second/);
            write("index.js", program("third"));
            assert.match(await next(), /\nchanged: index\.js\n[^]*word: [^\n]*third/);
        } finally {
            await end();
        }
    });
});

describe("gcp-invoke sandbox watch of a stack with checks", function () {
    this.timeout(240_000);

    it("proves each edit: a check that no gate has run is run, and one that fails is told, also if failures are warnings", async () => {
        const copy = copyOf("quickstart");
        const { next, hears, end } = watching(["--state", copy.state, copy.directory], checkout);
        const comment = (): void =>
            void copy.edit("index.ts", "export const ordersUrl", "// An edit.\nexport const ordersUrl");
        const checked = (text: string): string[] =>
            [...text.matchAll(/^ *smoke check of (\w+) \(demo\): \d+ passed, (\d+) failed/gm)].map(
                ([, name = "", failed]) => `${name} ${failed}`,
            );
        const good = ["front 0", "fulfil 0", "orders 0", "stock 0"];
        try {
            const first = await next();
            assert.match(first, /\nproven after/);
            assert.deepEqual(checked(first).sort(), good);
            comment();
            const again = await next();
            assert.match(again, /^\nchanged: index\.ts\n[^]*\nproven after/);
            assert.deepEqual(checked(again).sort(), good, "nothing has changed, and all is checked");

            copy.edit("services/stock/handler.js", "lamp: 5", "lamp: 9");
            const broken = await next();
            assert.match(broken, /^\nchanged: services.stock.handler\.js\n[^]*\nnot proven after/);
            assert.deepEqual(checked(broken).sort(), good.with(1, "fulfil 1"));

            // The gate of `front` runs, and passes. It says nothing of `fulfil`, which is as broken as before.
            copy.edit("index.ts", `path: "/hello"`, `path: "/hello?edited"`);
            const another = await next();
            assert.match(another, /^\nchanged: index\.ts\n[^]*\nnot proven after/);
            assert.deepEqual(checked(another).sort(), good.with(1, "fulfil 1"));

            copy.edit("services/stock/handler.js", "lamp: 9", "lamp: 5");
            assert.match(await next(), /\nproven after/);

            // An edit while another is deployed is deployed after it.
            comment();
            await hears("Updating (dev)");
            comment();
            for (let round = 0; round < 2; round++) {
                assert.match(await next(), /^\nchanged: index\.ts\n[^]*\nproven after/);
            }

            writeFileSync(join(copy.directory, "Pulumi.dev.yaml"), "config:\n  gcp-invoke:smoke: warn\n");
            assert.match(await next(), /\nproven after/);
            copy.edit("index.ts", "left: 4", "left: 5");
            const warned = await next();
            assert.match(warned, /the update goes on, because gcp-invoke:smoke is warn[^]*\nnot proven after/);
        } finally {
            await end();
            copy.remove();
        }
        assert.deepEqual(await noneLeft(copy.directory), []);
    });

    it("proves each edit by a check with a secret, which is used as it is and never shown", async () => {
        const copy = copyOf("quickstart");
        const secret = "hushedlantern";
        copy.edit("index.ts", `item: "lamp" }`, `item: pulumi.secret("${secret}") }`);
        copy.edit("services/stock/handler.js", "lamp: 5", `${secret}: 5`);
        const { next, end } = watching(["--state", copy.state, copy.directory], checkout);
        const printed: string[] = [];
        const said = async (): Promise<string> => {
            const text = await next();
            printed.push(text);
            return text;
        };
        const ofFulfil = /smoke check of fulfil \(demo\): \d+ passed, (\d+) failed/;
        try {
            assert.match(await said(), /\nproven after/);
            for (let edit = 1; edit <= 2; edit++) {
                copy.edit("index.ts", "export const ordersUrl", `// Edit ${edit}.\nexport const ordersUrl`);
                const edited = await said();
                assert.match(edited, /^\nchanged: index\.ts\n[^]*\nproven after/);
                assert.equal(ofFulfil.exec(edited)?.[1], "0", edited);
            }
            // The check asks for the secret itself: where nobody stocks that, it fails.
            copy.edit("services/stock/handler.js", secret, "lamp");
            const broken = await said();
            assert.match(broken, /^\nchanged: services.stock.handler\.js\n[^]*\nnot proven after/);
            assert.match(broken, /no item \[secret\]/);
            assert.equal(ofFulfil.exec(broken)?.[1], "1", broken);
            // The gate itself finds it, because what the check expects is edited too.
            copy.edit("index.ts", "left: 4", "left: 5");
            const gate = await said();
            assert.match(gate, /no item \[secret\][^]*\nnot proven after/);
        } finally {
            await end();
            copy.remove();
        }
        assert.deepEqual(
            printed.filter((text) => text.includes(secret)),
            [],
        );
    });

    it("ends without an error at Ctrl-C while a check waits for an answer", async () => {
        const copy = copyOf("quickstart");
        const { next, end } = watching(["--state", copy.state, copy.directory], checkout);
        let last: string;
        try {
            assert.match(await next(), /\nproven after/);
            const reached = join(copy.directory, ".reached");
            const hangs = `module.exports = () => require("node:fs").writeFileSync(${JSON.stringify(reached)}, "");`;
            writeFileSync(join(copy.directory, "services", "stock", "handler.js"), hangs);
            while (!existsSync(reached)) {
                await sleep(20);
            }
        } finally {
            last = await end();
            copy.remove();
        }
        assert.match(last, /^\^C received; cancelling/);
        assert.doesNotMatch(last, /error|abort/);
    });

    it("keeps and shows no secret of a check that fails at the first deployment, before the state has it", async () => {
        const copy = copyOf("quickstart");
        const secret = "hushedlantern";
        copy.edit("index.ts", `item: "lamp" }`, `item: pulumi.secret("${secret}") }`);
        const { next, end } = watching(["--state", copy.state, copy.directory], checkout);
        let shown = "";
        let kept = "";
        try {
            shown = await next();
            const folder = join(copy.state, "reports");
            const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
                file.endsWith("fulfil.json"),
            );
            kept = files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
        } finally {
            await end();
            copy.remove();
        }
        assert.match(shown, /no item \[secret\][^]*\nnot proven after/);
        assert.match(kept, /no item \[secret\]/);
        assert.ok(!`${shown}${kept}`.includes(secret), `${shown}${kept}`);
        assert.deepEqual(await noneLeft(copy.directory), []);
    });
});
