import assert from "node:assert/strict";
import { injectFile, parseAddress } from "../../../workflow/auth";
import { survey } from "../../../workflow/auth/audit";
import { applyEdits } from "../../../workflow/auth/edit";
import { runWorkflow, type StubRequest, type StubResponse } from "../../../workflow/run";
import { parseWorkflow } from "../../../workflow/syntax";
import { corpusFiles, needCorpus, targetsOf } from "./corpus";
import { withoutEntry } from "./mutants";

/** Fields that definitions read of their arguments and of answers where any text would not do. */
const anything = {
    "Release Date": "2026-01-01",
    size: 100,
    total: 1,
    items: [],
    data: { bucket: "b", name: "n" },
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
        this.timeout(60_000);
        const reached: string[] = [];
        let injected = 0;
        for (const { name, text } of corpusFiles()) {
            const targets = targetsOf(text);
            const { text: source, changes } = injectFile(withoutAuth(text, name), name, { targets });
            if (changes.length === 0 || source.includes("$${")) {
                continue;
            }
            injected += changes.length;
            const env = Object.fromEntries(targets.map(({ urlVariable = "", url = "" }) => [urlVariable, url]));
            const calls = await run(source, env);
            for (const { url, auth, connector } of calls) {
                const address = parseAddress(url);
                if (connector !== undefined || address === undefined) {
                    continue;
                }
                if (address.kind === "google-api") {
                    assert.equal(auth?.type, "OAuth2", `${name}: ${url}`);
                } else if (address.kind !== "external") {
                    assert.deepEqual(auth, { type: "OIDC", audience: address.audience }, `${name}: ${url}`);
                } else {
                    assert.equal(auth, undefined, `${name}: ${url}`);
                    continue;
                }
                reached.push(`${name} ${url}`);
            }
        }
        console.log(`      ${injected} calls injected, ${new Set(reached).size} of them run`);
        assert.ok(new Set(reached).size >= 40, [...new Set(reached)].join("\n"));
    });
});

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
            return { headers: { "X-Workflow-Run-Id": "r" }, body: data };
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

function withoutAuth(text: string, file: string): string {
    const edits = survey(parseWorkflow(text, { file }), {}).sites.flatMap((site) => {
        const auth = site.entries.find((entry) => entry.key === "auth");
        return auth === undefined ? [] : [withoutEntry(text, auth)];
    });
    return applyEdits(text, edits);
}
