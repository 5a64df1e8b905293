import { dirname, relative, resolve } from "node:path";
import { writePrivateFile } from "../../common";
import { redactJson } from "../../credentials";
import { type Outcome, toPlain } from "../../workflow";
import type { Recording } from "./recording";

/** Writes a module with a test that runs a workflow with recorded answers, and expects the end that the run had. */
export function saveTest(file: string, source: string, recording: Recording, outcome: Outcome): void {
    const path = relative(dirname(resolve(file)), resolve(source)).replaceAll("\\", "/");
    const ended =
        outcome.state === "SUCCEEDED"
            ? { state: outcome.state, result: toPlain(outcome.result) }
            : { state: outcome.state, payload: outcome.error.payload };
    const { argument, env, answers } = redactJson(recording);
    writePrivateFile(
        file,
        `import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { HostError, runWorkflow } from "pulumi-gcp-invoke/workflow";

// The answers that a run got. What looked like a token was replaced.
const answers = ${literal(answers)};

test(${literal(`${path} ends as it was recorded`)}, async () => {
    const left = [...answers];
    const { state, result, error } = await runWorkflow(readFileSync(new URL(${literal(path)}, import.meta.url), "utf8"), {
        argument: JSON.parse(${literal(argument)}),
        env: ${literal(env)},
        http: ({ method, url }) => {
            const place = left.findIndex((each) => each.method === method && each.url === url);
            const [found] = place < 0 ? [] : left.splice(place, 1);
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
