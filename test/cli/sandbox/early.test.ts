import { strict as assert } from "node:assert";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, type Ended, noneLeft } from "../../support/command";
import { checkout } from "../../support/quickstart";

/** Notes each process of Node that begins, and whether it is one that waits for a program. */
const NOTES = `
const { appendFileSync } = require("node:fs");
const isProgram = /standby\\.c?[jt]s$/.test(process.argv[1] ?? "") && require("node:worker_threads").isMainThread;
if (isProgram) appendFileSync(process.env.TEST_STARTED, process.pid + "\\n");
`;

const ACCOUNT = { type: "gcp:serviceaccount:Account", properties: { accountId: "caller" } };
const PROGRAMS: Record<string, Record<string, string>> = {
    JavaScript: {
        "Pulumi.yaml": "name: early\nruntime: nodejs\nmain: index.js\n",
        "index.js": `const { serviceaccount } = require("@pulumi/gcp");\nnew serviceaccount.Account("caller", { accountId: "caller" });\n`,
    },
    YAML: { "Pulumi.yaml": JSON.stringify({ name: "early", runtime: "yaml", resources: { caller: ACCOUNT } }) },
};

/** What a machine may have, of each kind that a program in the sandbox is not to see or gets another value of. */
const OF_MACHINE = {
    HTTPS_PROXY: "http://127.0.0.1:9",
    no_proxy: "example.com",
    NODE_EXTRA_CA_CERTS: "/nowhere/ca.pem",
    GOOGLE_APPLICATION_CREDENTIALS: "/nowhere/key.json",
    GOOGLE_CLOUD_PROJECT: "somebody-elses",
    CLOUDSDK_CORE_PROJECT: "somebody-elses",
    AWS_SECRET_ACCESS_KEY: "of somebody",
    VAULT_TOKEN: "of somebody",
    PULUMI_CONFIG: "{}",
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    PULUMI_CONFIG_PASSPHRASE: "of somebody",
    JAVA_TOOL_OPTIONS: "-Xmx64m",
    TZ: "Asia/Tokyo",
};

describe("the processes of a program begin before the sandbox", () => {
    let folder = "";
    let state = "";
    before(() => {
        mkdirSync(join(checkout, "temp"), { recursive: true });
        folder = mkdtempSync(join(checkout, "temp", "early-"));
        state = join(folder, ".gcp-invoke");
        writeFileSync(join(folder, "notes.cjs"), NOTES);
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    let count = 0;
    function program(files: Record<string, string>): string {
        const directory = join(folder, `program-${(count += 1)}`);
        mkdirSync(directory);
        for (const [name, text] of Object.entries(files)) {
            writeFileSync(join(directory, name), text);
        }
        return directory;
    }

    /** Runs a command, and tells how many processes it has started for a program. */
    async function run(
        args: string[],
        { NODE_OPTIONS: options = "", ...env }: Record<string, string> = {},
        cwd = checkout,
    ): Promise<Ended & { started: number }> {
        const file = join(folder, "started");
        rmSync(file, { force: true });
        const notes = `--require="${join(folder, "notes.cjs")}"`;
        const variables = { ...env, TEST_STARTED: file, NODE_OPTIONS: `${options} ${notes}` };
        const ended = await command(state, args, { env: variables, cwd });
        assert.deepEqual(await noneLeft(state), []);
        const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
        return { ...ended, started: lines.length };
    }

    for (const [language, files] of Object.entries(PROGRAMS)) {
        it(`and are those that run it, whatever the machine's variables are, in ${language}`, async () => {
            const directory = program(files);
            for (const [operation, started] of [
                ["preview", 1],
                ["up", 2],
                ["refresh", 0],
            ] as const) {
                const ended = await run(["sandbox", operation, directory], OF_MACHINE);
                assert.equal(ended.code, 0, ended.text);
                assert.equal(ended.started, started, operation);
            }
        });
    }

    it("and find what the options of Node name from the folder of the program", async () => {
        const files = {
            "index.js": "exports.loaded = global.loaded;\n",
            "pre.js": 'global.loaded = (global.loaded ?? "") + "by path ";\n',
        };
        const nodeargs = "--require ./pre.js";
        for (const [options, env] of [
            [{ nodeargs }, {}],
            [{}, { NODE_OPTIONS: nodeargs }],
        ] as const) {
            const project = { name: "early", runtime: { name: "nodejs", options }, main: "index.js" };
            const directory = program({ ...files, "Pulumi.yaml": JSON.stringify(project) });
            // Where the command itself finds the file too, if it is to load it.
            const ended = await run(["sandbox", "preview", directory], env, directory);
            assert.equal(ended.code, 0, ended.text);
            assert.match(ended.text, /loaded *: "by path "/);
            assert.equal(ended.started, 1);
        }
    });

    it("and end with it if it does not start", async () => {
        const directory = program({ ...PROGRAMS["JavaScript"], "sandbox.yaml": "services: 7\n" });
        // That none is left is looked at in each run. They may be ended before they note that they began.
        const { code, text } = await run(["sandbox", "up", directory]);
        assert.equal(code, 1, text);
        assert.match(text, /sandbox\.yaml/);
    });

    it("but not for a debugger, which waits for the program", async () => {
        const directory = program({
            ...PROGRAMS["JavaScript"],
            "Pulumi.yaml":
                "name: early\nruntime: { name: nodejs, options: { nodeargs: --inspect=0 } }\nmain: index.js\n",
        });
        const { code, text, started } = await run(["sandbox", "preview", directory]);
        assert.equal(code, 0, text);
        assert.equal(started, 0);
    });

    it("and a program that fails says so once, and ends both", async () => {
        const directory = program({ ...PROGRAMS["JavaScript"], "index.js": 'throw new Error("no such luck");\n' });
        const { code, text, started } = await run(["sandbox", "up", directory]);
        assert.equal(code, 4, text);
        assert.equal(text.match(/Error: no such luck/g)?.length, 1, text);
        assert.equal(started, 2);
    });
});
