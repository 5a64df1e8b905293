import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { Sandbox } from "../../sandbox";
import { Callbacks } from "../../engine/callbacks/callbacks";
import { Session } from "../../engine/program/session";

import { Bench } from "./helper";
import { compare, readRecording, type Observed } from "./recorded";
import { beside, needBeside } from "../support/beside";

const root = resolve(__dirname, "../..");
const recordings = beside("recordings", "engine") ?? "";

/** What differs, and why that is right. */
const KNOWN: [pattern: RegExp, reason: string][] = [
    [/: __(meta|pulumi_raw_state_delta) /, "notes of the bridge to itself, which no program sees"],
    [/Stash::fulfil-smoke: \["\(id\)"\]/, "a stash's id is random"],
    [/cloudscheduler.*: attemptDeadline /, "Google says a job's default deadline, the stand-in does not"],
];

describe("the recordings of Pulumi's engine and provider (read from beside the checkout)", function () {
    this.timeout(180_000);
    let directory = "";
    let sandbox: Sandbox;
    before(function () {
        needBeside(this, "recordings", "engine");
    });
    beforeEach(async () => {
        sandbox = await Sandbox.start({ project: "demo", projectNumber: "123456789" });
    });
    afterEach(async () => {
        await sandbox.close();
        rmSync(directory, { recursive: true, force: true });
    });

    function project(name: string, file: string): Bench {
        directory = mkdtempSync(join(tmpdir(), "recorded-"));
        symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
        copyFileSync(join(recordings, file), join(directory, "index.js"));
        writeFileSync(
            join(directory, "Pulumi.yaml"),
            `name: ${name}\nmain: index.js\nruntime: { name: nodejs, options: { typescript: false } }\nconfig: { gcp:project: demo, gcp:region: us-central1 }\n`,
        );
        return new Bench(directory);
    }

    /** Runs one command against the sandbox and returns what differs from its recording. */
    async function replay(bench: Bench, command: string, environment: Record<string, string>): Promise<string[]> {
        const stack = await bench.open(
            {},
            {
                environment,
                request: (method, url, body, headers) =>
                    sandbox.request(method, url, { body, ...(headers && { headers }) }),
            },
        );
        const observed: Omit<Observed, "events" | "resources"> = { answers: [], outputs: [], hooks: [] };
        const restore = [
            spy(Session.prototype, "registerResource", async (answer) => observed.answers.push(await answer)),
            spy(Session.prototype, "registerResourceOutputs", (_, urn, outputs) =>
                observed.outputs.push({ urn, outputs }),
            ),
            spy(Callbacks.prototype, "invoke", (_, __, request) => observed.hooks.push(request)),
        ];
        try {
            if (command.includes("refresh")) {
                await stack.refresh();
            } else if (command.includes("destroy")) {
                await stack.destroy();
            } else if (command.includes("preview")) {
                await stack.preview();
            } else {
                await stack.up({ preview: false });
            }
        } finally {
            restore.forEach((undo) => undo());
        }
        return compare(command, readRecording(recordings, command), {
            ...observed,
            events: bench.events,
            resources: stack.resources,
        });
    }

    it("of a gate: every command gives the same answers and operations", async () => {
        const bench = project("gate", "gate-program.js");
        const commands: [string, Record<string, string>][] = [
            ["gate-01-preview", {}],
            ["gate-02-up-check-fails", { FAIL: "1" }],
            ["gate-03-up-check-fails-again", { FAIL: "1" }],
            ["gate-04-up-green", {}],
            ["gate-05-up-unchanged", {}],
            ["gate-06-preview-change", { REV: "2" }],
            ["gate-07-up-change-check-fails", { REV: "2", FAIL: "1" }],
            ["gate-08-up-change-green", { REV: "2" }],
            ["gate-09-up-replace-account", { REV: "2", ACCOUNT: "caller-two" }],
            ["gate-10-refresh", {}],
            ["gate-11-destroy", {}],
        ];
        const differences: string[] = [];
        for (const [command, environment] of commands) {
            differences.push(...(await replay(bench, command, environment)));
        }
        bench.close();
        assert.deepEqual(unexplained(differences), []);
    });

    it("of every type: preview, update, nothing, change, refresh and destroy", async () => {
        const bench = project("allapp", "all-program.js");
        const commands: [string, Record<string, string>][] = [
            ["all-1-preview", {}],
            ["all-2-up", {}],
            ["all-3-unchanged", {}],
            ["all-4-preview-change", { REV: "2" }],
            ["all-5-up-change", { REV: "2" }],
            ["all-6-refresh", { REV: "2" }],
            ["all-7-destroy", { REV: "2" }],
        ];
        const differences: string[] = [];
        for (const [command, environment] of commands) {
            differences.push(...(await replay(bench, command, environment)));
        }
        bench.close();
        assert.deepEqual(unexplained(differences), []);
    });
});

/** Listens to a method's results and arguments. Returns what takes the listener away. */
function spy<T extends object, K extends keyof T>(
    target: T,
    name: K,
    listen: T[K] extends (...args: infer A) => infer R ? (result: R, ...args: A) => unknown : never,
): () => void {
    const original = target[name] as (...args: unknown[]) => unknown;
    const replaced = function (this: T, ...args: unknown[]): unknown {
        const result = original.apply(this, args);
        void Promise.resolve((listen as (...all: unknown[]) => unknown)(result, ...args)).catch(() => undefined);
        return result;
    };
    target[name] = replaced as T[K];
    return () => {
        target[name] = original as T[K];
    };
}

function unexplained(differences: string[]): string[] {
    return differences.filter((difference) => !KNOWN.some(([pattern]) => pattern.test(difference)));
}
