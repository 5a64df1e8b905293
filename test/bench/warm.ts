import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Sandbox } from "../../sandbox";
import { checkout, copyOf } from "../support/quickstart";
import { nodeArguments, quickstart } from "./processes";

/** What a user waits for, in milliseconds. */
export interface WarmFigures {
    /** `node -e 0`. */
    node: number;
    /** A process that imports `@pulumi/pulumi` and the modules of `@pulumi/gcp` that the quickstart uses. */
    imports: number;
    /** `gcp-invoke --help`. */
    help: number;
    /** `gcp-invoke sandbox status`. */
    status: number;
    /** `npm start`: from nothing to green, and again when nothing has changed. */
    started: { fresh: number; again: number };
    /** `gcp-invoke sandbox up` of the quickstart, by the command as it is installed if the package is built: the same. */
    deployed: { fresh: number; again: number };
    /** `Sandbox.start` and `up` of examples/test-environment, each time in a sandbox of its own, in one process. */
    environments: number[];
    /** `gcp-invoke sandbox watch` with the quickstart: the first deployment, then edits of what its check expects. */
    watched: number[];
    /** `Sandbox.up` of an unchanged program in TypeScript: as CommonJS, and as an ES module. */
    programs: { commonjs: number; module: number };
    /** The program of the quickstart alone, against mocks, in a process that has loaded the SDK and this package. */
    program: number;
}

/** How long processes get to load the SDK. A user takes longer for an edit. */
const PAUSE_MILLISECONDS = 5000;
const dist = join(checkout, "dist", "cli", "main.js");
/** The command as it is installed, if the package is built. */
const command = existsSync(dist) ? [dist] : [...nodeArguments, join(checkout, "cli", "main.ts")];
const MODULES = ["cloudrunv2", "projects", "serviceaccount", "workflows"].map((name) => `@pulumi/gcp/${name}`);

/** Measures one after the other, with the code that Node compiles kept between the processes. */
export async function measureWarm(): Promise<WarmFigures> {
    const script = ["@pulumi/pulumi", ...MODULES].map((name) => `require(${JSON.stringify(name)})`).join(";");
    return {
        node: await median(["-e", "0"]),
        imports: await median(["-e", script]),
        help: await median([...command, "--help"]),
        status: await median([...command, "sandbox", "status"]),
        started: await freshAndAgain("npm", ["--silent", "start"]),
        deployed: await freshAndAgain(process.execPath, [...command, "sandbox", "up", quickstart]),
        environments: await environments(),
        watched: await watched(),
        programs: { commonjs: await unchanged("commonjs"), module: await unchanged("module") },
        program: program(),
    };
}

/** A program that was checked and compiled before, without a process that waits for it: the median of five times. */
async function unchanged(type: "commonjs" | "module"): Promise<number> {
    mkdirSync(join(checkout, "temp"), { recursive: true });
    const directory = mkdtempSync(join(checkout, "temp", `bench-${type}-`));
    const options = { module: "nodenext", target: "es2022", strict: true, skipLibCheck: true };
    const files = {
        "Pulumi.yaml": "name: bench\nruntime: nodejs\n",
        "package.json": JSON.stringify({ type, main: "index.ts" }),
        "tsconfig.json": JSON.stringify({ compilerOptions: options, files: ["index.ts"] }),
        "index.ts":
            'import * as gcp from "@pulumi/gcp";\nexport const { email } = new gcp.serviceaccount.Account("caller", { accountId: "caller" });\n',
    };
    const before = process.env["GCP_INVOKE_RESERVE"];
    process.env["GCP_INVOKE_RESERVE"] = "off";
    try {
        for (const [name, text] of Object.entries(files)) {
            writeFileSync(join(directory, name), text);
        }
        await using sandbox = await Sandbox.start();
        const times: number[] = [];
        for (let round = 0; round < 6; round++) {
            const begun = performance.now();
            const { result, diagnostics } = await sandbox.up(directory);
            times.push(performance.now() - begun);
            if (result !== "succeeded") {
                throw new Error(JSON.stringify(diagnostics));
            }
        }
        return times.slice(1).sort((a, b) => a - b)[2] ?? NaN;
    } finally {
        if (before === undefined) {
            delete process.env["GCP_INVOKE_RESERVE"];
        } else {
            process.env["GCP_INVOKE_RESERVE"] = before;
        }
        rmSync(directory, { recursive: true, force: true });
    }
}

/** What the program does itself, once: to compile it, and to make its resources. */
function program(): number {
    const copy = copyOf("quickstart");
    const file = join(copy.directory, "index.ts");
    const script = `
        const { setMocks } = require(${JSON.stringify(join(checkout, "testing"))});
        for (const name of ${JSON.stringify([...MODULES, join(checkout, "index.ts")])}) require(name);
        (async () => {
            const mocked = await setMocks({ config: { "gcp:project": "demo", "gcp-invoke:smoke": "off" } });
            const begun = performance.now();
            require(${JSON.stringify(file)});
            await mocked.settled();
            console.log(performance.now() - begun);
        })();`;
    try {
        const times: number[] = [];
        for (let round = 0; round < 4; round++) {
            writeFileSync(file, `${readFileSync(file, "utf8")}// Edit ${round}.\n`);
            const options = { cwd: copy.directory, encoding: "utf8" } as const;
            const { stdout } = spawnSync(process.execPath, [...nodeArguments, "-e", script], options);
            // The program tells of its grants before.
            times.push(Number(stdout.trim().split("\n").at(-1)));
        }
        return times.sort((a, b) => a - b)[1] ?? NaN;
    } finally {
        copy.remove();
    }
}

async function median(args: string[]): Promise<number> {
    const times: number[] = [];
    for (let round = 0; round < 6; round++) {
        const { time } = await timed(process.execPath, args);
        times.push(time);
    }
    // The first fills the cache of compiled code.
    return times.slice(1).sort((a, b) => a - b)[2] ?? NaN;
}

/** A command on a state that is new in each round, and once more on the same state: the medians of three rounds. */
async function freshAndAgain(file: string, args: string[]): Promise<{ fresh: number; again: number }> {
    const rounds: { fresh: number; again: number }[] = [];
    for (let round = 0; round < 4; round++) {
        const state = mkdtempSync(join(tmpdir(), "gcp-invoke-bench-"));
        const env = { ...process.env, GCP_INVOKE_STATE: state };
        try {
            const [fresh, again] = [await timed(file, args, env), await timed(file, args, env)];
            if (fresh.code !== 0 || again.code !== 0) {
                throw new Error(`${file} ${args.join(" ")} has failed`);
            }
            rounds.push({ fresh: fresh.time, again: again.time });
        } finally {
            rmSync(state, { recursive: true, force: true });
        }
    }
    // The first fills the cache of compiled code.
    const middle = (times: number[]): number => times.slice(1).sort((a, b) => a - b)[1] ?? NaN;
    return { fresh: middle(rounds.map(({ fresh }) => fresh)), again: middle(rounds.map(({ again }) => again)) };
}

/** How long a process takes from start to end, and how it ends. */
async function timed(
    file: string,
    args: string[],
    env: NodeJS.ProcessEnv = process.env,
): Promise<{ time: number; code: unknown }> {
    const begun = performance.now();
    const child = spawn(file, args, { stdio: "ignore", cwd: checkout, env });
    const code = await new Promise((resolve) => child.once("exit", resolve));
    return { time: performance.now() - begun, code };
}

async function environments(): Promise<number[]> {
    const directory = join(checkout, "examples", "test-environment");
    const times: number[] = [];
    for (let round = 0; round < 3; round++) {
        const begun = performance.now();
        await using sandbox = await Sandbox.start({ mapping: join(directory, "sandbox.yaml") });
        const { result, diagnostics } = await sandbox.up(directory);
        times.push(performance.now() - begun);
        if (result !== "succeeded") {
            throw new Error(JSON.stringify(diagnostics));
        }
        // Nothing tells from outside that a process has loaded the SDK and waits.
        await sleep(PAUSE_MILLISECONDS);
    }
    return times;
}

async function watched(): Promise<number[]> {
    const copy = copyOf("quickstart");
    const args = [...nodeArguments, join(checkout, "cli", "main.ts"), "sandbox", "watch", "--state", copy.state];
    const child = spawn(process.execPath, [...args, copy.directory], { stdio: ["ignore", "pipe", "inherit"] });
    const times: number[] = [];
    try {
        let said = "";
        let begun = performance.now();
        for await (const chunk of child.stdout) {
            said += String(chunk);
            if (!said.endsWith("ends it\n")) {
                continue;
            }
            if (!/^proven after/m.test(said)) {
                throw new Error(said);
            }
            times.push(performance.now() - begun);
            said = "";
            if (times.length === 4) {
                break;
            }
            // Nothing tells from outside that a process has loaded the SDK and waits.
            await sleep(PAUSE_MILLISECONDS);
            const file = join(copy.directory, "index.ts");
            begun = performance.now();
            writeFileSync(file, `${readFileSync(file, "utf8")}// Edit ${times.length}.\n`);
        }
        return times;
    } finally {
        child.kill("SIGINT");
        await new Promise((resolve) => child.once("exit", resolve));
        copy.remove();
    }
}
