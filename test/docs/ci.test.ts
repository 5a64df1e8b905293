import { strict as assert } from "node:assert";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { parse } from "yaml";
import { cli } from "../support/command";
import { checkout } from "../support/quickstart";
import { skip } from "../support/skip";

interface Action {
    inputs: Record<string, { description?: string; default?: string }>;
    runs: { using: string; steps: Step[] };
}

interface Step {
    name: string;
    if?: string;
    shell?: string;
    env?: Record<string, string>;
    run: string;
}

const action = parse(readFileSync(join(checkout, "action.yml"), "utf8")) as Action;
const page = readFileSync(join(checkout, "docs", "ci.md"), "utf8");

/** A sample of the page, by the word behind its language. */
function sample(word: string): unknown {
    const [, text = ""] = new RegExp(`\`\`\`yaml ${word}\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
    return parse(text);
}

const PROGRAM = {
    "Pulumi.yaml": "name: ci\nruntime: nodejs\nmain: index.js\n",
    "index.js": `const { InvokableService } = require("pulumi-gcp-invoke");
new InvokableService("orders", { image: "acme/orders:1", location: "europe-west1", ingress: "all" });
`,
    "sandbox.yaml": `services: [{ image: "*/orders:*", handler: ./orders.js }]\n`,
    "orders.js": "module.exports = (_, response) => response.end();\n",
    "fulfil.yaml":
        "main:\n  steps:\n  - a:\n      call: http.get\n      args:\n        url: https://a-abcdefghij-uc.a.run.app\n",
};

describe("docs/ci.md and action.yml", function () {
    this.timeout(240_000);
    let folder: string;
    let environment: Record<string, string>;
    before(function () {
        if (process.platform === "win32") {
            skip(this, "the scripts are for bash");
        }
        mkdirSync(join(checkout, "temp"), { recursive: true });
        folder = mkdtempSync(join(checkout, "temp", "ci-"));
        mkdirSync(join(folder, "infrastructure"));
        for (const [file, text] of Object.entries(PROGRAM)) {
            writeFileSync(join(folder, "infrastructure", file), text);
        }
        mkdirSync(join(folder, "bin"));
        const npx = join(folder, "bin", "npx");
        const command = cli.map((word) => `"${word}"`).join(" ");
        writeFileSync(npx, `#!/bin/sh\n[ "$1" != --no-install ] || shift\nshift\nexec ${command} "$@"\n`);
        chmodSync(npx, 0o755);
        writeFileSync(join(folder, "bin", "gcp-invoke"), `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
        environment = {
            PATH: [join(folder, "bin"), process.env.PATH].join(delimiter),
            RUNNER_TEMP: folder,
            GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
            GCP_INVOKE_STATE: join(folder, ".gcp-invoke"),
        };
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    function bash(script: string, env: Record<string, string | undefined>): { status: number | null; stdout: string } {
        // The shell options are those of GitHub: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
        const args = ["--noprofile", "--norc", "-eo", "pipefail", "-c", script];
        return spawnSync("bash", args, {
            cwd: folder,
            env: { ...process.env, ...environment, ...env },
            encoding: "utf8",
        });
    }

    /** Runs a step of the action as GitHub would. */
    function step(name: string, inputs: Record<string, string>): ReturnType<typeof bash> {
        const { env = {}, run = "" } = action.runs.steps.find((each) => each.name === name) ?? {};
        const given = Object.entries(env).map(([variable, value]) => {
            const [, input = ""] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value) ?? [];
            return [variable, inputs[input] ?? action.inputs[input]?.default];
        });
        return bash(run, Object.fromEntries(given) as Record<string, string>);
    }

    it("have an action whose scripts hold no expression, and which uses each of its inputs", () => {
        const { steps, using } = action.runs;
        assert.equal(using, "composite");
        for (const { run, shell, if: condition } of steps) {
            assert.equal(shell, "bash");
            assert.ok(condition);
            assert.doesNotMatch(run, /\$\{\{/);
        }
        const used = new Set([...JSON.stringify(steps).matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name));
        assert.deepEqual([...used].sort(), Object.keys(action.inputs).sort());
        for (const [name, { description, default: preset }] of Object.entries(action.inputs)) {
            assert.ok(description && preset !== undefined, name);
            assert.match(page, new RegExp(`^\\| \`${name}\` `, "m"));
        }
    });

    it("show the action with inputs that it has", () => {
        const { jobs } = sample("github") as { jobs: { check: { steps: { with?: Record<string, unknown> }[] } } };
        const inputs = Object.keys(jobs.check.steps.find((each) => each.with?.["up"] !== undefined)?.with ?? {});
        assert.deepEqual(
            inputs.filter((name) => !(name in action.inputs)),
            [],
        );
    });

    it("audit with annotations and findings for code scanning, also if a file is named like a command", () => {
        const { status, stdout } = step("audit", { audit: "infrastructure\n\n", sarif: "found.sarif" });
        assert.equal(status, 1, stdout);
        assert.match(stdout, /^::error file=infrastructure\/fulfil\.yaml,line=6/m);
        const { runs } = JSON.parse(readFileSync(join(folder, "found.sarif"), "utf8")) as {
            runs: { results: unknown[] }[];
        };
        assert.equal(runs[0]?.results.length, 1);
        const hostile = "$(touch stolen)`touch stolen`; touch stolen";
        assert.notEqual(step("audit", { audit: hostile }).status, 0);
        assert.ok(!existsSync(join(folder, "stolen")));
        assert.notEqual(step("audit", { audit: "--help" }).status, 0, "a path is no option");
    });

    it("deploy with a summary, and with annotations and a failure if a check is red", () => {
        const green = step("up", { up: "infrastructure" });
        assert.equal(green.status, 0, green.stdout);
        assert.match(readFileSync(join(folder, "summary.md"), "utf8"), /orders/);
        const program = join(folder, "infrastructure", "index.js");
        const open = `image: "acme/orders:1", public: true, smokeCheck: { callers: "exactly", administrators: "refuse", path: "/", expect: { status: 418 } }`;
        writeFileSync(program, readFileSync(program, "utf8").replace(`image: "acme/orders:1"`, open));
        const red = step("up", { up: "infrastructure" });
        assert.notEqual(red.status, 0, red.stdout);
        assert.match(red.stdout, /^::error title=orders/m);
    });

    it("verify without a stack of that name fails, and says so", () => {
        assert.notEqual(step("verify", { verify: "nope" }).status, 0);
    });

    it("run a service container: healthy while it serves, used by the variables that it prints, ended by SIGTERM", async () => {
        const lines = readFileSync(join(checkout, "Containerfile"), "utf8").split("\n");
        const instruction = (word: string): string =>
            lines.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? "";
        assert.match(instruction("FROM"), /^docker\.io\/library\/node:\d+\.\d+\.\d+-\w+-slim$/);
        assert.ok(!/^(root|0)?$/.test(instruction("USER")) && lines.indexOf("USER node") < lines.length - 3);
        const [, health = ""] = / CMD (.*)/.exec(instruction("HEALTHCHECK")) ?? [];
        const served = JSON.parse(instruction("CMD")) as string[];
        const [name = "", state = ""] = instruction("ENV").split("=");
        assert.deepEqual([name, state], ["GCP_INVOKE_STATE", "/tmp/gcp-invoke"]);
        assert.equal(instruction("EXPOSE"), served[served.indexOf("--port") + 1]);
        const { jobs } = sample("github-service") as {
            jobs: { test: { services: { sandbox: { ports: string[] } }; steps: { run: string }[] } };
        };
        assert.deepEqual(jobs.test.services.sandbox.ports, ["8080:8080"]);
        const [, variables = ""] = / (gcp-invoke sandbox env) > /.exec(jobs.test.steps[0]?.run ?? "") ?? [];
        const env = { GCP_INVOKE_STATE: join(folder, "container") };
        assert.notEqual(bash(health, env).status, 0);
        // At a free port, because tests run beside one another.
        const words = served.toSpliced(served.indexOf("--port"), 2);
        const child = spawn("bash", ["-c", 'exec "$@"', "bash", ...words], {
            cwd: folder,
            env: { ...process.env, ...environment, ...env },
        });
        const closed = once(child, "close");
        let said = "";
        const ready = new Promise<void>((resolve) => {
            child.stdout.on("data", (chunk: Buffer) => {
                said += chunk.toString();
                if (said.includes("ready: ")) {
                    resolve();
                }
            });
        });
        child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
        try {
            assert.equal(await Promise.race([ready, closed]), undefined, said);
            assert.equal(bash(health, env).status, 0);
            const ask =
                "fetch('https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services', { headers: { authorization: `Bearer ${process.env.GOOGLE_OAUTH_ACCESS_TOKEN}` } }).then((answer) => console.log(answer.status))";
            const script = `${variables} > sandbox.env; . ./sandbox.env; "${process.execPath}" --use-env-proxy -e '${ask.replaceAll("'", `'\\''`)}'`;
            const used = bash(script, env);
            assert.match(used.stdout, /^200$/m, JSON.stringify(used));
        } finally {
            child.kill("SIGTERM");
        }
        assert.deepEqual((await closed)[0], 0, said);
        assert.notEqual(bash(health, env).status, 0);
    });

    it("run in GitLab, with the artifacts that the job names", () => {
        const { invocations } = sample("gitlab") as {
            invocations: {
                script: string[];
                artifacts: { paths: string[]; reports: { junit: string } };
            };
        };
        writeFileSync(join(folder, "infrastructure", "index.js"), PROGRAM["index.js"]);
        rmSync(join(folder, ".gcp-invoke"), { recursive: true });
        const [install, ...commands] = invocations.script;
        assert.equal(install, "npm ci");
        const statuses = commands.map((command) => bash(command, {}).status);
        assert.deepEqual(statuses, [1, 0]);
        for (const file of [...invocations.artifacts.paths, invocations.artifacts.reports.junit]) {
            assert.notEqual(readFileSync(join(folder, file), "utf8"), "", file);
        }
    });
});
