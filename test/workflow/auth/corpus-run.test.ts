import assert from "node:assert/strict";
import { injectFile, parseAddress } from "../../../workflow/auth";
import { survey } from "../../../workflow/auth/checks/audit";
import { applyEdits } from "../../../workflow/auth/edit/edit";
import { runWorkflow, type StubRequest, type StubResponse } from "../../../workflow";
import { parseWorkflow } from "../../../workflow/syntax";
import { corpusFiles, needCorpus, targetsOf } from "./corpus";
import { withoutEntry } from "./mutants";

/** Fields that definitions read of their arguments and of answers where any text would not do. */
const anything = {
    "Release Date": "2026-01-01",
    size: 100,
    total: 1,
    items: [],
    data: { bucket: "b", name: "n", size: 100 },
    status: "DONE",
    state: "SUCCEEDED",
    step_status: "SUCCEEDED",
    message: "{}",
    workflow_execution_id: "w",
    // What an answer says is no receiver that a token is meant for.
    selfLink: "https://elsewhere.example/",
    countries: ["c"],
};

describe("other people's definitions, injected and run", () => {
    it("send each receiver the token that is meant for it", async function () {
        needCorpus(this);
        let injected = 0;
        const missed: string[] = [];
        for (const { name, text } of corpusFiles()) {
            const targets = targetsOf(text);
            const { text: source, changes } = injectFile(withoutAuth(text, name), name, { targets });
            if (changes.length === 0) {
                continue;
            }
            injected += changes.length;
            const env = Object.fromEntries(targets.map(({ urlVariable = "", url = "" }) => [urlVariable, url]));
            const reached = new Set(meant(await run(source, env), name));
            // What no run can reach, such as steps below one that always raises, runs by itself.
            for (const call of reached.size < changes.length ? callsOf(source) : []) {
                meant(await run(call, env), name).forEach((url) => reached.add(url));
            }
            if (reached.size < changes.length) {
                missed.push(`${name}: ${changes.length} injected, run: ${[...reached].join()}`);
            }
        }
        console.log(`      ${injected} calls injected, ${missed.length} files in which not all of them were run`);
        assert.ok(injected >= 40);
        assert.deepEqual(missed, []);
    });
});

/** The URLs of Google's and declared receivers, once each is known to get its token, and all others none. */
function meant(calls: StubRequest[], name: string): string[] {
    return calls.flatMap(({ url, auth, connector }) => {
        const address = parseAddress(url);
        if (connector !== undefined || address === undefined) {
            return [];
        }
        if (address.kind === "external") {
            assert.equal(auth, undefined, `${name}: ${url}`);
            return [];
        }
        if (address.kind === "google-api") {
            assert.equal(auth?.type, "OAuth2", `${name}: ${url}`);
        } else {
            assert.deepEqual(auth, { type: "OIDC", audience: address.audience }, `${name}: ${url}`);
        }
        return [url];
    });
}

/** Every call of a run; again where a field was missed, until it gets no further. */
async function run(source: string, env: Record<string, string>): Promise<StubRequest[]> {
    const data: Record<string, unknown> = { ...anything };
    for (;;) {
        const calls: StubRequest[] = [];
        const http = (request: StubRequest): StubResponse => {
            calls.push(request);
            if (calls.length > 30) {
                throw new Error("enough");
            }
            const content = request.host === "storage.googleapis.com" && request.method === "GET";
            return { headers: { "X-Workflow-Run-Id": "r" }, body: content ? "text ".repeat(1000) : data };
        };
        const problem = await runWorkflow(source, { argument: data, env, http }).then(
            ({ error }) => error?.context ?? "",
            String,
        );
        const missed = /key not found: (\w+)/.exec(problem)?.[1];
        if (missed === undefined || missed in data) {
            return calls;
        }
        data[missed] = "x";
    }
}

/** Each HTTP call of a definition as a workflow of its own. */
function callsOf(source: string): string[] {
    return survey(parseWorkflow(source, { file: "w.yaml" }), {}).sites.flatMap(({ call: { action } }) => {
        const { start, end } = action.args?.span ?? action.span;
        const args = " ".repeat(start.column - 1) + source.slice(start.offset, end.offset);
        return action.args === undefined ? [] : [`- only:\n    call: ${action.callee.text}\n    args:\n${args}`];
    });
}

function withoutAuth(text: string, file: string): string {
    const edits = survey(parseWorkflow(text, { file }), {}).sites.flatMap((site) => {
        const auth = site.entries.find((entry) => entry.key === "auth");
        return auth === undefined ? [] : [withoutEntry(text, auth)];
    });
    return applyEdits(text, edits);
}
