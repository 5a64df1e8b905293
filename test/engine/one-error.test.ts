import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import type { StackResult } from "../../engine";
import { withoutNotices } from "../../engine/program/program";
import { saysThatRunEnded } from "../../engine/program/requests";

import { SecretTexts } from "../../engine/state";
import { Reports } from "../../engine/steps/reports";

import { Bench } from "./helper";

/** What every generated program has. `begun` resolves when all hooks of the bystanders are under way. */
const common = (bystanders: string[]): string => `
const pulumi = require("@pulumi/pulumi");
const gcp = require("@pulumi/gcp");
const { AuthenticatedSchedule, InvokableService } = require(${JSON.stringify(resolve(__dirname, "../../components"))});
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
let left = ${bystanders.length};
let begin;
const begun = new Promise((done) => (begin = done));
const linger = async () => {
    left -= 1;
    if (left === 0) begin();
    await begun;
    await wait(400);
};
const soon = (value) => pulumi.output(begun).apply(() => (typeof value === "function" ? value() : value));
const location = "europe-west1";
class Part extends pulumi.ComponentResource {
    constructor(name, options) {
        super("test:index:Part", name);
        const topic = new gcp.pubsub.Topic(name + "-topic", { name: name + "-topic" }, { parent: this });
        new pulumi.Stash(name + "-gate", { input: 1 }, { parent: this, dependsOn: [topic], ...options });
        this.registerOutputs({});
    }
}
${bystanders.map((bystander, at) => bystander.replaceAll("NAME", `part${at}`)).join("\n")}
`;

/** Components that do nothing wrong, and that a failure cuts off. */
const bystanders = [
    `new Part("NAME", { hooks: { beforeCreate: [new pulumi.ResourceHook("NAME-before", linger)] } });`,
    `new Part("NAME", { hooks: { afterCreate: [new pulumi.ResourceHook("NAME-after", linger)] } });`,
    `new Part("NAME", { hooks: { beforeCreate: [new pulumi.ResourceHook("NAME-lenient", linger, { ignoreErrors: true })] } });`,
    `new Part("NAME", { transforms: [async () => { await linger(); return undefined; }] });`,
    `new Part("NAME", { hooks: { beforeCreate: [new pulumi.ResourceHook("NAME-asks", async () => { await linger(); await gcp.organizations.getProject({ projectId: "demo" }); })] } });`,
];

interface Failure {
    title: string;
    code: string;
    /** The errors, and nothing but them. */
    errors: RegExp[];
    /** Whether it can only happen to a process. */
    process?: boolean;
}

const failures: Failure[] = [
    {
        title: "an argument is refused",
        code: `begun.then(() => undefined); new InvokableService("bad", { location, image: "i", ingress: "foo" });`,
        errors: [/^ingress: "foo" is not one of all, internal/],
    },
    {
        title: "a target is refused",
        code: `new AuthenticatedSchedule("bad", { region: location, schedule: "* * * * *", target: { kind: "run", url: "https://a.example", audience: "https://a.example" } });`,
        errors: [/^target\.resource: /],
    },
    {
        title: "the provider refuses an argument",
        code: `new gcp.pubsub.Topic("bad", { labels: soon("a") });`,
        errors: [/property labels value \{a\} has a problem/],
    },
    {
        title: "the cloud refuses a resource",
        code: `new gcp.pubsub.Topic("bad", { name: soon("bad") });`,
        errors: [/topics\/bad: Error 403 \(PERMISSION_DENIED\)/],
    },
    {
        title: "the cloud refuses a resource, and its error hook is still asked whether to try again",
        code: `new gcp.pubsub.Topic("bad", { name: "bad" }, { hooks: { onError: [new pulumi.ErrorHook("again", async () => { await begun; await wait(400); return false; })] } });
               soon(() => { throw new pulumi.RunError("thrown meanwhile"); });`,
        errors: [/topics\/bad: Error 403 \(PERMISSION_DENIED\)/, /thrown meanwhile/],
    },
    {
        title: "a hook fails",
        code: `new Part("red", { hooks: { beforeCreate: [new pulumi.ResourceHook("red-hook", async () => { await begun; throw new Error("it is red"); })] } });`,
        errors: [/^before hook "red-hook" failed: (Error: )?it is red/],
    },
    {
        title: "a hook fails after its resource was made",
        code: `new Part("red", { hooks: { afterCreate: [new pulumi.ResourceHook("red-hook", async () => { await begun; throw new Error("it is red"); })] } });`,
        errors: [/^after hook "red-hook" failed: (Error: )?it is red/],
    },
    {
        title: "a transform fails",
        code: `new gcp.pubsub.Topic("t", {}, { transforms: [async () => { await begun; throw new Error("no transform"); }] });`,
        errors: [/transform failed: Error: no transform/],
    },
    {
        title: "the program throws",
        code: `throw new Error("thrown at once");`,
        errors: [/Error: thrown at once/],
    },
    {
        title: "the program throws what is no error",
        code: `throw "only a text";`,
        errors: [/only a text/],
    },
    {
        title: "the program gives up",
        code: `throw new pulumi.RunError("given up");`,
        errors: [/^given up$|Error: given up/],
    },
    {
        title: "the code of an apply throws",
        code: `soon(() => { throw new Error("thrown in an apply"); });`,
        errors: [/Error: thrown in an apply/],
    },
    {
        title: "the code of an apply throws, and several resources take its value",
        code: `const bad = soon(() => { throw new pulumi.RunError("thrown in an apply"); });
               new gcp.pubsub.Topic("one", { name: bad }); new gcp.pubsub.Topic("two", { labels: { a: bad } });`,
        errors: [/thrown in an apply/],
    },
    {
        title: "a function of the provider fails",
        code: `soon(() => gcp.organizations.getProject({ projectId: "bad" }));`,
        errors: [/getProject: Error 403/],
    },
    {
        title: "the program exits",
        code: `begun.then(() => process.exit(3));`,
        errors: [/exit code: 3$/],
        process: true,
    },
    {
        title: "the program exits as if all were done",
        code: `begun.then(() => process.exit(0));`,
        errors: [/exit code: 1$/],
        process: true,
    },
    {
        title: "the program is killed",
        code: `begun.then(() => process.kill(process.pid, "SIGKILL"));`,
        errors: [/ended by a signal$/],
        process: true,
    },
    {
        title: "a promise is rejected that nobody waits for",
        code: `begun.then(() => { throw new Error("rejected"); });`,
        errors: [/Error: rejected/],
        process: true,
    },
];

describe("the errors of a failed update", function () {
    this.timeout(60_000);
    const directory = mkdtempSync(join(tmpdir(), "one-error-"));
    let bench: Bench;
    before(() => {
        symlinkSync(resolve(__dirname, "../../node_modules"), join(directory, "node_modules"));
        writeFileSync(join(directory, "package.json"), "{}");
        writeFileSync(join(directory, "Pulumi.yaml"), "name: one-error\nruntime: nodejs\n");
    });
    beforeEach(() => {
        bench = new Bench(directory);
        const refusal = { error: { code: 403, status: "PERMISSION_DENIED", message: "not allowed" } };
        bench.cloud.intercept = (_, url) =>
            /(topics|projects)\/bad\b/.test(url)
                ? { status: 403, body: refusal }
                : url.includes("cloudresourcemanager")
                  ? { status: 200, body: { projectId: "demo", projectNumber: "1" } }
                  : undefined;
    });
    afterEach(() => bench.close());
    after(() => rmSync(directory, { recursive: true, force: true }));

    async function up(code: string, inline: boolean): Promise<StackResult> {
        const program = () => {
            // eslint-disable-next-line @typescript-eslint/no-implied-eval
            const run = new Function("require", code) as (required: NodeJS.Require) => void;
            run(require);
            return Promise.resolve();
        };
        writeFileSync(join(directory, "index.js"), code);
        const stack = await bench.open({ "gcp:project": "demo", "gcp-invoke:smoke": "off" }, inline ? { program } : {});
        return await stack.up({ preview: false });
    }

    failures.forEach(({ title, code, errors, process }, at) => {
        for (const inline of process === true ? [false] : [false, true]) {
            // Each failure meets other bystanders.
            const chosen = [0, 1, 2].map(
                (more) => bystanders[(at + more * (inline ? 1 : 2)) % bystanders.length] ?? "",
            );
            it(`are the real ones, each once, when ${title}, in ${inline ? "a function" : "a process"}`, async () => {
                const result = await up(common(chosen) + code, inline);
                const found = result.diagnostics.filter(({ severity }) => severity !== "info");
                const told = found.map(({ severity, message }) => `${severity} ${message}`).join("\n---\n");
                assert.equal(result.result, "failed");
                assert.equal(found.length, errors.length, told);
                for (const error of errors) {
                    assert.equal(found.filter(({ message }) => error.test(message)).length, 1, told);
                }
                const calm = result.diagnostics.filter(({ severity }) => severity === "info");
                assert.ok(calm.length <= 1, calm.map(({ message }) => message).join("\n"));
                assert.doesNotMatch(bench.printed(), /UNAVAILABLE|CANCELLED|Channel has been shut down/);
            });
        }
    });
});

describe("what was cut off", () => {
    const told = (error?: string) => {
        const reports = new Reports(() => undefined, new SecretTexts(() => []));
        if (error !== undefined) {
            reports.add("error", error);
        }
        reports.addCutOff('hook "a" of b', "it is gone");
        reports.addCutOff('hook "a" of b', "it is gone");
        reports.tellCutOff();
        return reports.diagnostics;
    };

    it("is told calmly beside the error, and is itself the error if there is no other one", () => {
        const [first, calm] = told("real");
        assert.deepEqual(first, { severity: "error", message: "real" });
        assert.deepEqual(calm, { severity: "info", message: 'ended with the run, before it was done: hook "a" of b' });
        assert.deepEqual(told(), [
            { severity: "error", message: 'the program ended before this was done: hook "a" of b (it is gone)' },
        ]);
    });
});

describe("what an SDK prints about the end of its connection", () => {
    const notice = (message: string) =>
        `failed to deliver log message. \nerror: Error: Channel has been shut down \noriginal message: ${message}\n message severity: error\n`;

    it("is left out, and the program's own errors are kept", () => {
        const ended = [
            "Error: Channel has been shut down\n    at a",
            "Error: 14 UNAVAILABLE: the update has ended\n    at b",
        ];
        assert.equal(withoutNotices(ended.map(notice).join("")), "");
        assert.equal(withoutNotices(notice("Error: mine\n    at c")), "Error: mine\n    at c\n");
    });
});

describe("what a cut off program reports", () => {
    const inner = "Channel has been shut down\n    at InternalChannel.createCall (x.js:1:1)";
    const within = (depth: number, text: string): string =>
        depth === 0 ? text : `error serializing property "p${depth}": ${within(depth - 1, text)}`;

    it("is known as that, however deep the property is in which the SDK noticed it, and nothing else is", () => {
        for (let depth = 0; depth < 5; depth++) {
            assert.ok(saysThatRunEnded(`Error: ${within(depth, inner)}`), `${depth}`);
            assert.ok(saysThatRunEnded(`unhandled exception:\n<ref *1> Error: ${within(depth, inner)}`), `${depth}`);
            assert.ok(!saysThatRunEnded(`Error: ${within(depth, "labels is no map")}`), `${depth}`);
        }
        assert.ok(!saysThatRunEnded("Error: the job says: Channel has been shut down"));
    });
});
