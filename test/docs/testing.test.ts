import { strict as assert } from "node:assert";
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { nodeArguments } from "../bench/processes";
import { succeed } from "../support/command";
import { checkout, type Copy, copyOf } from "../support/quickstart";
import { skip } from "../support/skip";

const page = readFileSync(join(checkout, "docs", "testing.md"), "utf8");
const IMPORTS = `import { strict as assert } from "node:assert";\nimport { Sandbox } from "pulumi-gcp-invoke/sandbox";\nconst mapping = "./infrastructure/sandbox.yaml";\n`;
/** The sample of a section. */
function sample(heading: string, language: string): string {
    const [, section = ""] = page.split(new RegExp(`^#+ ${heading}.*$`, "m"));
    const [, code = ""] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(section) ?? [];
    assert.notEqual(code, "", `${heading} has no sample`);
    return code;
}

describe("the samples of docs/testing.md", function () {
    this.timeout(240_000);
    let copy: Copy;
    before(() => {
        copy = copyOf("quickstart");
        const files = ["Pulumi.yaml", "index.ts", "fulfil.yaml", "sandbox.yaml", "services", "tsconfig.json"];
        mkdirSync(join(copy.directory, "infrastructure"));
        for (const file of files) {
            renameSync(join(copy.directory, file), join(copy.directory, "infrastructure", file));
        }
        const settings = readFileSync(join(copy.directory, "infrastructure", "tsconfig.json"), "utf8");
        // One folder deeper than it was.
        writeFileSync(join(copy.directory, "infrastructure", "tsconfig.json"), settings.replace("../../", "../../../"));
        // All of the provider would take half a second to load, in each program.
        const load = `import { Account } from "@pulumi/gcp/serviceaccount";\n`;
        const account = `\nnew Account("caller", { accountId: "caller" });\n`;
        const program = join("infrastructure", "index.ts");
        const text = readFileSync(join(copy.directory, program), "utf8");
        writeFileSync(join(copy.directory, program), `${load}${text}${account}`);
        tool(
            "gcp-invoke",
            `exec "${process.execPath}" ${nodeArguments.map((word) => `"${word}"`).join(" ")} "${join(checkout, "cli", "main.ts")}" "$@"`,
        );
        tool(
            "pytest",
            `echo "tested $* as $GOOGLE_CLOUD_PROJECT \${GOOGLE_APPLICATION_CREDENTIALS:+user}\${GCE_METADATA_HOST:+account}"`,
        );
    });
    after(() => copy.remove());

    function tool(name: string, body: string): void {
        mkdirSync(join(copy.directory, "bin"), { recursive: true });
        const file = join(copy.directory, "bin", name);
        writeFileSync(file, `#!/bin/sh\n${body}\n`);
        chmodSync(file, 0o755);
    }

    function run(command: string, ...args: string[]): Promise<string> {
        const PATH = [join(copy.directory, "bin"), process.env.PATH].join(delimiter);
        return succeed(command, args, { cwd: copy.directory, env: { ...process.env, PATH } });
    }

    function script(name: string, text: string): string {
        const file = join(copy.directory, name);
        writeFileSync(file, text);
        return file;
    }

    it("run with mocha", async () => {
        const mocha = join(checkout, "node_modules", "mocha", "bin", "mocha.js");
        const file = script("mocha.test.ts", IMPORTS + sample("mocha", "ts"));
        const text = await run(process.execPath, ...nodeArguments, mocha, "--no-config", "--timeout", "120000", file);
        assert.match(text, /1 passing/);
    });

    it("run with node:test", async () => {
        const file = script("node.test.ts", IMPORTS + sample("node:test", "ts"));
        assert.match(await run(process.execPath, ...nodeArguments, file), /pass 1\b/);
    });

    it("run as a program, with what moves time and goes wrong", async () => {
        const [imports = "", ...lines] = sample("In Node", "ts").split("\n");
        const later = sample("Time, faults", "ts");
        const body = lines.join("\n").replace("await sandbox.close();", `${later}await sandbox.close();`);
        const text = `import { strict as assert } from "node:assert";\n${imports}\nasync function main() {\n${body}\nif (stack.result !== "succeeded") throw new Error(JSON.stringify(stack.diagnostics));\n}\nvoid main();\n`;
        await run(process.execPath, ...nodeArguments, script("program.ts", text));
    });

    it("run a command of any language, as the owner and as an account", async function () {
        if (process.platform === "win32") {
            skip(this, "the page's sample is for a POSIX shell");
        }
        const text = await run("sh", "-e", script("tests.sh", sample("pytest", "sh")));
        assert.match(text, /^tested {2}as demo user$/m);
        assert.match(text, /^tested tests\/as_caller as demo account$/m);
    });

    it("are a CI job that calls commands that exist", () => {
        const { jobs } = parse(sample("A CI job", "yaml")) as { jobs: { test: { steps: { run?: string }[] } } };
        const commands = jobs.test.steps.flatMap((step) => (step.run === undefined ? [] : [step.run]));
        assert.deepEqual(
            commands.filter((command) => command.includes("gcp-invoke ")),
            ["npx gcp-invoke sandbox up ./infrastructure", "npx gcp-invoke sandbox exec -- pytest"],
        );
    });
});
