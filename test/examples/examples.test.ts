import assert from "node:assert/strict";
import type { Stack, StackResult } from "../../engine";
import { writeAsRefreshed } from "../engine/as-refreshed";
import { everything, policies } from "./remains";
import { examples, location, Stage } from "./support";
import { exercise, given, idle } from "./usage";

function told({ diagnostics }: StackResult): string {
    return diagnostics
        .filter(({ severity }) => severity === "error")
        .map(({ message }) => message)
        .join("\n");
}

/** What is granted and yet not used here, and why. */
const unused: [role: string, grant: RegExp, why: string][] = [
    ["roles/storage.objectViewer", /-build$/, "the sandbox builds no functions: nobody reads the source"],
    ["roles/artifactregistry.writer", /-build-2$/, "the sandbox builds no functions: nobody writes an image"],
    ["roles/logging.logWriter", /-build-3$/, "the sandbox builds no functions: nobody writes a build's log"],
    ["roles/pubsub.publisher", /-dead-letters$/, "no message is refused until it is a dead letter"],
    ["roles/pubsub.subscriber", /-dead-letters-2$/, "no message is refused until it is a dead letter"],
    [
        "roles/servicemanagement.serviceController",
        /^proxy-reads$/,
        "it is asked for each request; only its lack is kept",
    ],
];

/** Roles of Google's service agents, which all stacks of a project share: the component leaves their grants, and says so. */
const shared = new Set(["roles/servicedirectory.pscAuthorizedService"]);

function withoutShared(kept: Map<string, string>): Map<string, string> {
    const own = (value: string): string => {
        const policy = JSON.parse(value) as { bindings?: { role: string }[] };
        return policy.bindings === undefined
            ? value
            : JSON.stringify({ ...policy, bindings: policy.bindings.filter(({ role }) => !shared.has(role)) });
    };
    return new Map([...kept].map(([name, value]) => [name, own(value)]));
}

describe("the examples", () => {
    let stage: Stage;
    before(async () => {
        stage = await Stage.open();
        // A project has a policy before anyone writes it: from here on it is among what is kept.
        const project = `https://cloudresourcemanager.googleapis.com/v1/projects/${stage.sandbox.project}`;
        const { body: policy } = await stage.sandbox.request("POST", `${project}:getIamPolicy`);
        await stage.sandbox.request("POST", `${project}:setIamPolicy`, { body: { policy } });
    });
    after(() => stage.close());

    it("are fifteen and the quickstart", () => assert.equal(examples.length, 16));

    for (const name of examples) {
        describe(name, () => {
            let stack: Stack;
            let before: Map<string, string>;
            let since: number;
            it("is deployed, and its checks are green", async () => {
                before = withoutShared(everything(stage.sandbox));
                since = stage.sandbox.cloud.decisions.list().at(-1)?.id ?? 0;
                stack = await stage.stack(name);
                const up = await stack.up();
                assert.equal(told(up), "");
                assert.equal(up.result, "succeeded");
                const untried = up.diagnostics
                    .flatMap(({ message }) => message.split("\n"))
                    .filter((line) => /not tried|nothing proves/.test(line) && !/^smoke check of|expired/.test(line));
                assert.deepEqual(untried, [], "what is not tried but for expired tokens");
            });

            it("is unchanged the second time", async () => {
                const again = await stack.up();
                assert.equal(again.result, "succeeded", told(again));
                assert.deepEqual(Object.keys(again.changes), ["same"]);
            });

            it("is unchanged and keeps every grant where the real provider has refreshed the state", async () => {
                const { projectNumber } = stage.sandbox.cloud.settings;
                const granted = policies(stage.sandbox);
                const place = { project: stage.sandbox.project, number: projectNumber, location };
                const written = writeAsRefreshed(stage.stateFile(name), place);
                assert.notDeepEqual(written, [], "the real provider writes every value of this example as it was");
                stack = await stage.stack(name);
                const again = await stack.up({ preview: false });
                assert.deepEqual([told(again), Object.keys(again.changes)], ["", ["same"]]);
                const refreshed = await stack.refresh();
                assert.equal(refreshed.result, "succeeded", told(refreshed));
                const planned = await stack.preview();
                assert.deepEqual([told(planned), Object.keys(planned.changes)], ["", ["same"]]);
                assert.deepEqual(policies(stage.sandbox), granted);
            });

            it("grants what is used, and nothing that is not", async () => {
                const { sandbox } = stage;
                await exercise(sandbox, stack);
                const grants = given(stack);
                const expected = grants.filter(
                    (grant) => !unused.some(([role, what]) => grant.role === role && what.test(grant.name)),
                );
                const left = () => idle(sandbox, since, expected);
                // What was set going ends by itself.
                for (let tries = 0; left().length > 0 && tries < 1000; tries += 1) {
                    await new Promise((resolve) => setTimeout(resolve, 50));
                }
                assert.deepEqual(left(), []);
                const own = new Set(grants.map(({ member }) => member));
                const denied = sandbox.cloud.decisions
                    .list()
                    .filter(({ id, allowed, principal }) => id > since && !allowed && own.has(principal));
                assert.deepEqual(denied, [], "an account lacks what it tried to use");
            });

            if (name === "fleet-check") {
                it("has run each of two hundred specs in one of four tasks, and all are green", () => {
                    const entries = stage.sandbox
                        .logs("fleet-check")
                        .filter(({ stream }) => stream === "stdout")
                        .map((line) => JSON.parse(line.text) as { check: string; verdict?: string });
                    const summaries = entries.filter(({ verdict }) => verdict !== undefined);
                    assert.deepEqual([...new Set(summaries.map(({ verdict }) => verdict))], ["passed"]);
                    const checks = summaries.map(({ check }) => check);
                    assert.equal(checks.length, 200);
                    assert.equal(new Set(checks).size, 200);
                    const parts = stage.sandbox
                        .logs("fleet-check")
                        .flatMap(({ text }) => /^part \d of 4: 50 of 200/.exec(text) ?? []);
                    assert.equal(new Set(parts).size, 4);
                });
            }

            it("is destroyed, and leaves nothing", async () => {
                assert.notDeepEqual(
                    withoutShared(everything(stage.sandbox)),
                    before,
                    "nothing is seen of what was deployed",
                );
                const gone = await stack.destroy();
                assert.equal(gone.result, "succeeded", told(gone));
                assert.deepEqual(stack.resources, []);
                assert.deepEqual(withoutShared(everything(stage.sandbox)), before);
            });
        });
    }
});
