import { dirname, relative, resolve } from "node:path";
import { writePrivateFile } from "../../common";
import { redactJson } from "../../credentials";
import { compileWorkflow, execute, fromJson, type Program, type Recording, toPlain } from "../../workflow";
import { ReplayHost } from "./recording";

/** A workflow, and where its source is, if it is in a file. */
interface Tested {
    program: Program;
    source: string;
    path?: string;
}

/**
 * Writes a module with a test that runs a workflow with recorded answers, at the recorded times, and expects the end that
 * it has with them. The test reads the source from its file, or has it itself if there is none.
 */
export async function saveTest(file: string, tested: Tested, recording: Recording): Promise<void> {
    const { argument, env, answers, uuids, startedAt, callbacks = [], ...rest } = redactJson(recording);
    const outcome = await execute(compileWorkflow(tested.program), {
        argument: fromJson(argument),
        env,
        host: new ReplayHost({ ...rest, argument, env, answers, uuids, startedAt, callbacks }, () => undefined),
    });
    const requests = callbacks.flatMap((each) => each.requests.map(({ request }) => request ?? null));
    const path =
        tested.path === undefined
            ? undefined
            : relative(dirname(resolve(file)), resolve(tested.path)).replaceAll("\\", "/");
    const source =
        path === undefined
            ? literal(tested.source)
            : `readFileSync(new URL(${literal(path)}, import.meta.url), "utf8")`;
    const ended =
        outcome.state === "SUCCEEDED"
            ? { state: outcome.state, result: toPlain(outcome.result) }
            : { state: outcome.state, payload: outcome.error.payload };
    writePrivateFile(
        file,
        `import assert from "node:assert/strict";
${path === undefined ? "" : 'import { readFileSync } from "node:fs";\n'}import nodeTest from "node:test";
import { HostError, runWorkflow, VirtualClock } from "pulumi-gcp-invoke/workflow";

// The answers that a run got. What looked like a token was replaced.
const answers = ${literal(answers)};

// In a test runner that has \`it\`, such as Mocha, the test is one of its own.
const test = globalThis.it ?? nodeTest;

test(${literal(`${path ?? "the workflow"} ends as it was recorded`)}, async () => {
    const left = [...answers];
    const uuids = ${literal(uuids)};
    const requests = ${literal(requests)};
    const clock = new VirtualClock(${startedAt});
    const source = ${source};
    const { state, result, error } = await runWorkflow(source, {
        argument: JSON.parse(${literal(argument)}),
        env: ${literal(env)},
        clock,
        uuid: () => uuids.shift() ?? "00000000-0000-4000-8000-000000000000",
        callback: () => requests.shift() ?? undefined,
        http: ({ method, url }) => {
            const place = left.findIndex((each) => each.method === method && each.url === url);
            const [found] = place < 0 ? [] : left.splice(place, 1);
            clock.advance(Math.max(0, (found?.at ?? 0) - clock.now()));
            if (found?.error !== undefined) {
                throw new HostError(found.error.tag, found.error.message);
            }
            const { status, headers, text, base64 } = found?.answer ?? {};
            return found && { status, headers, body: base64 === undefined ? text : Buffer.from(base64, "base64") };
        },
    });
    const ended = state === "SUCCEEDED" ? { state, result } : { state, payload: error.payload };
    assert.deepEqual(ended, ${literal(redactJson(ended))});
});
`,
    );
}

/** A value as JavaScript. */
function literal(value: unknown): string {
    const text = JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? `${each}n` : each), 4);
    return text.replaceAll("\n", "\n    ");
}
