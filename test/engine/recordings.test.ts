import assert from "node:assert/strict";
import { join } from "node:path";

import { beside, needBeside } from "../support/beside";
import { compare, type Line, type Observed, readRecording } from "./recorded";
import { Replay } from "./replay";

type Command = [name: string, environment?: Record<string, string>];

/** The differences that are right, and why. */
const KNOWN: [pattern: RegExp, reason: string][] = [
    [
        /: __(meta|pulumi_raw_state_delta) /,
        "Pulumi's bridge to Terraform notes this for itself, and no program sees it",
    ],
    [/Stash::\S+: \["\(id\)"\]/, "the id of a stash is random"],
    [
        /cloudscheduler.*: attemptDeadline /,
        "Google returns the default deadline of a job, the recorded stand-in does not",
    ],
];

/** Runs commands one after the other, and returns the differences from their recordings that are not known. */
async function differencesFrom(folder: string, replay: Replay, commands: Command[]): Promise<string[]> {
    const found: string[] = [];
    for (const [command, environment] of commands) {
        const observed = await replay.run(command, environment);
        found.push(...unexplained(compare(command, readRecording(folder, command), observed)));
    }
    return found;
}

function unexplained(differences: string[]): string[] {
    return differences.filter((difference) => !KNOWN.some(([pattern]) => pattern.test(difference)));
}

describe("the recordings of Pulumi's engine and provider (read from beside the checkout)", function () {
    this.timeout(180_000);
    const folder = beside("recordings", "engine") ?? "";
    let replay: Replay | undefined;
    before(function () {
        needBeside(this, "recordings", "engine");
    });
    afterEach(async () => {
        await replay?.close();
    });

    it("of a gate have the same answers and operations at every command", async () => {
        replay = await Replay.start("gate", join(folder, "gate-program.js"));
        const differences = await differencesFrom(folder, replay, [
            ["gate-01-preview"],
            ["gate-02-up-check-fails", { FAIL: "1" }],
            ["gate-03-up-check-fails-again", { FAIL: "1" }],
            ["gate-04-up-green"],
            ["gate-05-up-unchanged"],
            ["gate-06-preview-change", { REV: "2" }],
            ["gate-07-up-change-check-fails", { REV: "2", FAIL: "1" }],
            ["gate-08-up-change-green", { REV: "2" }],
            ["gate-09-up-replace-account", { REV: "2", ACCOUNT: "caller-two" }],
            ["gate-10-refresh"],
            ["gate-11-destroy"],
        ]);
        assert.deepEqual(differences, []);
    });

    it("of every type have the same answers and operations at every command", async () => {
        replay = await Replay.start("allapp", join(folder, "all-program.js"));
        const differences = await differencesFrom(folder, replay, [
            ["all-1-preview"],
            ["all-2-up"],
            ["all-3-unchanged"],
            ["all-4-preview-change", { REV: "2" }],
            ["all-5-up-change", { REV: "2" }],
            ["all-6-refresh", { REV: "2" }],
            ["all-7-destroy", { REV: "2" }],
        ]);
        assert.deepEqual(differences, []);
    });
});

/**
 * Holds the same comparison where nothing lies beside the checkout. The lines of `fixtures/recordings` were made by this
 * engine: they hold the comparison and what the engine did, and say nothing of what Pulumi does.
 */
describe("a small recording of our own", () => {
    const folder = join(__dirname, "fixtures", "recordings");
    const commands: Command[] = [
        ["own-1-preview"],
        ["own-2-up"],
        ["own-3-unchanged"],
        ["own-4-up-change", { REV: "2" }],
        ["own-5-destroy"],
    ];
    let replay: Replay;
    const observed = new Map<string, Observed>();
    before(async () => {
        replay = await Replay.start("own", join(folder, "own-program.js"));
        for (const [command, environment] of commands) {
            observed.set(command, await replay.run(command, environment));
        }
    });
    after(async () => {
        await replay.close();
    });

    /** The differences of a command from a recording, which a test may have changed. */
    function differences(command: string, lines: Line[]): string[] {
        const run = observed.get(command);
        assert.ok(run);
        return unexplained(compare(command, lines, run));
    }

    for (const [command] of commands) {
        it(`has the same answers and operations: ${command}`, () => {
            assert.deepEqual(differences(command, readRecording(folder, command)), []);
        });
    }

    it("differs where a line of it is missing, or has another value", () => {
        for (const [command] of commands) {
            const lines = readRecording(folder, command);
            for (const [at, line] of lines.entries()) {
                const text = JSON.stringify(line);
                const without = lines.toSpliced(at, 1);
                assert.notDeepEqual(differences(command, without), [], `${command} without ${text}`);
                for (const changed of changedAnswers(line)) {
                    const message = `${command} with ${JSON.stringify(changed)} in place of ${text}`;
                    assert.notDeepEqual(differences(command, lines.with(at, changed)), [], message);
                }
            }
        }
    });
});

/** The copies of a recorded registration in each of which one output, or one dependency, is another one. */
function changedAnswers(line: Line): Line[] {
    const { request, response } = line;
    const object = response?.object;
    if (line.method !== "ResourceMonitor/RegisterResource" || object === undefined) {
        return [];
    }
    // Computed outputs are only compared by whether they are known, so that other ones are changed here.
    const outputs = ["labels", "input"]
        .filter((key) => key in object)
        .map((key) => ({ ...line, response: { ...response, object: { ...object, [key]: "another value" } } }));
    const dependencies = (request.dependencies ?? []).map((urn, at) => ({
        ...line,
        request: { ...request, dependencies: (request.dependencies ?? []).with(at, `${urn}-another`) },
    }));
    return [...outputs, ...dependencies];
}
