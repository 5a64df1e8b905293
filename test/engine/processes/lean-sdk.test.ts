import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childArguments } from "../../../engine/processes";

/** Serializes functions as a program does for a dynamic resource or a callback function: what they capture, and from where. */
const SERIALIZES = `
const pulumi = require(process.argv[2]);
const path = require("node:path");
class Total { constructor(start) { this.start = start; } of(values) { return values.reduce((sum, each) => sum + each, this.start); } }
const total = new Total(7);
const nested = { join: (...parts) => path.join(...parts), deep: { word: "w", list: [1, { two: 2n }] }, native: Math.max.bind(undefined, 1) };
const functions = {
    captures: (values) => total.of(values) + nested.join("a", nested.deep.word),
    asynchronous: async function named(value) { return (await value) + nested.deep.list.length; },
    refused: () => nested.native(1),
};
(async () => {
    for (const [name, each] of Object.entries(functions)) {
        const said = await pulumi.runtime.serializeFunction(each).then(({ text }) => text, (error) => String(error.message));
        console.log("==", name, "\\n" + said);
    }
    console.log(JSON.stringify(await pulumi.runtime.computeCodePaths().then((paths) => [...paths.keys()].sort())));
})();
`;

/** Forgets a promise of the SDK, and fails with a stack of three lines. */
const FAILS = `
const pulumi = require(process.argv[2]);
process.on("uncaughtException", (error) => console.log(error.stack));
const inner = () => { throw new Error("the program's own"); };
pulumi.output(1).apply(inner).promise().catch((error) => console.log(error.stack));
setTimeout(function outer() { inner(); });
`;

const FORGETS = `
require(process.argv[2]);
const { debuggablePromise } = require(process.argv[2] + "/runtime/debuggable");
function forgetful() { debuggablePromise(new Promise(() => undefined), "forgotten"); }
forgetful();
`;

/** Logs at each level, to an engine that prints what it is sent. */
const LOGS = `
const pulumi = require(process.argv[2]);
require(process.argv[2] + "/runtime/settings").getEngine = () => ({
    log: (request, done) => (console.log(request.getSeverity(), request.getMessage()), done()),
});
(async () => {
    for (const level of ["debug", "info", "warn", "error"]) {
        await pulumi.log[level]("said at " + level);
    }
    process.exit(0);
})();
`;

const LOADED = `
require(process.argv[2]);
const names = Object.keys(require.cache).map((file) => /.*node_modules[\\\\/]((@[^\\\\/]+[\\\\/])?[^\\\\/]+)/.exec(file)?.[1]);
console.log([...new Set(names)].join());
`;

/** What the SDK's runner does first, if nobody changes the SDK: it attaches a debugger that is told of the scripts. */
const ATTACHES = `
require(process.argv[2] + "/runtime/closure/v8Hooks").isInitializedAsync().then(() => require("./program.js"));
`;

const sdk = join(__dirname, "..", "..", "..", "node_modules", "@pulumi", "pulumi");

describe("the SDK as the engine starts it", function () {
    this.timeout(60_000);
    let folder = "";
    before(() => (folder = mkdtempSync(join(tmpdir(), "lean-"))));
    after(() => rmSync(folder, { recursive: true }));

    function run(script: string, lean: boolean, environment: NodeJS.ProcessEnv = {}): string {
        writeFileSync(join(folder, "program.js"), script);
        writeFileSync(join(folder, "attaches.js"), ATTACHES);
        writeFileSync(join(folder, "package.json"), '{ "name": "program", "version": "1.0.0" }');
        const { PATH, HOME } = process.env;
        const { stdout, stderr } = spawnSync(
            process.execPath,
            [...(lean ? [...childArguments, "program.js"] : ["attaches.js"]), sdk],
            {
                cwd: folder,
                encoding: "utf8",
                env: { PATH, HOME, SOURCE_MAPS: "on", ...environment },
            },
        );
        // Of a stack only the program's own lines count: those of Node and of the SDK differ with how they were loaded.
        const lines = (stdout + stderr).split("\n");
        return lines.filter((line) => !/^ +at /.test(line) || line.includes(folder)).join("\n");
    }

    it("serializes functions as it does by itself", () => {
        const text = run(SERIALIZES, true);
        assert.match(text, /return total.of|total\.of\(values\)/);
        assert.match(text, /program\.js/, "a refusal says where the function stands");
        assert.equal(text, run(SERIALIZES, false));
    });

    it("shows errors of the program with their stacks, as by itself", () => {
        const text = run(FAILS, true);
        assert.match(text, /the program's own[^]*outer .*program\.js/);
        assert.equal(text, run(FAILS, false));
    });

    it("names forgotten promises, with the stack of each if PULUMI_DEBUG_PROMISE_LEAKS is set", () => {
        assert.match(run(FORGETS, true), /1 promise was still active/);
        assert.equal(run(FORGETS, true), run(FORGETS, false));
        const debug = { PULUMI_DEBUG_PROMISE_LEAKS: "true" };
        assert.match(run(FORGETS, true, debug), /CONTEXT\(0\): forgotten[^]*at forgetful/);
        assert.equal(run(FORGETS, true, debug), run(FORGETS, false, debug));
    });

    it("sends the engine all messages but those for debugging, which it does not show", () => {
        assert.equal(run(LOGS, true), "1 said at info\n2 said at warn\n3 said at error\n");
        assert.match(run(LOGS, false), /^0 said at debug\n1 said at info\n/);
    });

    it("loads neither a compiler nor what sends traces, before a program needs them", () => {
        const waits = ["typescript", "@npmcli/arborist", "@opentelemetry/sdk-trace-base", "source-map"];
        const loaded = run(LOADED, true).split(",");
        assert.ok(loaded.includes("@grpc/grpc-js"), loaded.join());
        assert.deepEqual(
            waits.filter((name) => loaded.includes(name)),
            [],
        );
    });
});
