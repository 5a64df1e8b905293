import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { Session } from "../../sandbox/engine/session";
import type { Properties } from "../../sandbox/engine/values";

import { Bench } from "./helper";

const root = resolve(__dirname, "../..");
const recordings = resolve(root, "../shared/recordings/engine");

interface Line {
    method: string;
    request: Properties & { urn?: string; preview?: boolean };
    response?: { urn?: string; id?: string; object?: Properties };
}

interface Answer {
    urn: string;
    id?: string;
    outputs: Properties;
}

/**
 * Properties whose values are the cloud's and not the provider's or the engine's, so that another stand-in gives others;
 * and the bridge's own notes (`__…`), which only it reads. Compared is whether they are there and known.
 */
const OF_THE_CLOUD =
    /^(__meta|__pulumi_raw_state_delta|etag|uniqueId|uid|generation|observedGeneration|latest.*Revision|terminalConditions|createTime|updateTime|state|name|version|status|versionId|url|gcfUri|urls|uri|httpsTriggerUrl)$/;

/** What differs, and why that is right. */
const KNOWN: [pattern: RegExp, reason: string][] = [
    [/Stash::fulfil-smoke: id/, "a stash's id is random"],
    [/secretVersion.*: id /, "the recording's stand-in names projects by number, ours as asked"],
    [/secretVersion.*: secretDataWo/, "write-only arguments are not kept; the bridge marks even their absence secret"],
    [/preview.*secretVersion.*: project/, "the bridge does not know that the project of a version is never set"],
    [/preview.*cloudscheduler.*: attemptDeadline/, "the provider hides its own default, which the input shows"],
];

describe("the recordings of Pulumi's engine and provider", function () {
    this.timeout(180_000);
    let directory = "";
    before(function () {
        if (!existsSync(recordings)) {
            console.log(`      no recordings in ${recordings}`);
            this.skip();
        }
    });
    afterEach(() => {
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

    /** Runs one command and returns what differs from its recording. */
    async function replay(bench: Bench, command: string, environment: Record<string, string>): Promise<string[]> {
        const real = read(command);
        const stack = await bench.open({}, { environment });
        const answers: Answer[] = [];
        // eslint-disable-next-line @typescript-eslint/unbound-method -- called below with its own `this`
        const original = Session.prototype.registerResource;
        Session.prototype.registerResource = async function (request) {
            const answer = await original.call(this, request);
            answers.push(answer);
            return answer;
        };
        try {
            if (command.includes("refresh")) await stack.refresh();
            else if (command.includes("destroy")) await stack.destroy();
            else if (command.includes("preview")) await stack.preview();
            else await stack.up({ preview: false });
        } finally {
            Session.prototype.registerResource = original;
        }
        return [...compareAnswers(command, answers, real), ...compareOperations(command, bench, real)];
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
        for (const [command, environment] of commands) differences.push(...(await replay(bench, command, environment)));
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
        for (const [command, environment] of commands) differences.push(...(await replay(bench, command, environment)));
        bench.close();
        assert.deepEqual(unexplained(differences), []);
    });
});

function read(command: string): Line[] {
    return readFileSync(join(recordings, `${command}.jsonl`), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Line);
}

function unexplained(differences: string[]): string[] {
    return differences.filter((difference) => !KNOWN.some(([pattern]) => pattern.test(difference)));
}

/** Automatic names end differently each time. */
function settled(value: unknown): string {
    return JSON.stringify(value ?? null, (_, member: unknown) => {
        // The bridge turns a map or a list that is not there into an empty one as soon as its resource changes.
        if (Array.isArray(member)) return member.length === 0 ? null : (member as unknown[]);
        if (member === null || typeof member !== "object") return member;
        const entries = Object.entries(member);
        return entries.length === 0 ? null : Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    }).replace(/-[0-9a-f]{7}(?![0-9a-z])/g, "-0000000");
}

function compareAnswers(command: string, ours: Answer[], lines: Line[]): string[] {
    const real = lines.filter(
        ({ method, response }) => method === "ResourceMonitor/RegisterResource" && response?.urn !== undefined,
    );
    const found: string[] = [];
    const missing = real.filter(({ response }) => !ours.some(({ urn }) => urn === response?.urn));
    found.push(...missing.map(({ response }) => `${command} ${short(response?.urn)}: not answered`));
    for (const { urn, id, outputs } of ours) {
        const answer = real.find(({ response }) => response?.urn === urn)?.response;
        if (answer === undefined) found.push(`${command} ${short(urn)}: answered, not in the recording`);
        else {
            if (settled(id) !== settled(answer.id))
                found.push(`${command} ${short(urn)}: id ${settled(id)}, recorded ${settled(answer.id)}`);
            for (const key of new Set([...Object.keys(outputs), ...Object.keys(answer.object ?? {})])) {
                const [a, b] = [settled(outputs[key]), settled(answer.object?.[key])];
                if (a !== b && !OF_THE_CLOUD.test(key))
                    found.push(`${command} ${short(urn)}: ${key} ${a}, recorded ${b}`);
            }
        }
    }
    return found;
}

function compareOperations(command: string, bench: Bench, lines: Line[]): string[] {
    const calls = {
        "ResourceProvider/Create": "create",
        "ResourceProvider/Update": "update",
        "ResourceProvider/Delete": "delete",
    };
    const real = lines
        .flatMap(({ method, request }) => {
            const operation = calls[method as keyof typeof calls] as string | undefined;
            return operation === undefined ? [] : [`${operation} ${short(request.urn)}`];
        })
        .sort();
    const names: Record<string, string> = {
        create: "create",
        "create-replacement": "create",
        update: "update",
        delete: "delete",
        "delete-replaced": "delete",
    };
    const dry = command.includes("preview");
    const ours = bench.events
        .flatMap((event) => {
            if (event.type !== "step" || event.phase !== "done" || !event.step.type.startsWith("gcp:")) return [];
            const operation = names[event.step.operation];
            return operation === undefined || (dry && operation === "delete")
                ? []
                : [`${operation} ${short(event.step.urn)}`];
        })
        .sort();
    return settled(ours) === settled(real)
        ? []
        : [`${command}: operations ${settled(ours)}, recorded ${settled(real)}`];
}

function short(urn: string | undefined): string {
    return (urn ?? "").split("::").slice(2).join("::");
}
