import { strict as assert } from "node:assert";
import { join } from "node:path";
import { Sandbox } from "../../sandbox";
import { type Copy, copyOf } from "../support/quickstart";

/** How a program fared: what it made, with which values, and who was allowed what on its behalf. */
interface Fared {
    result: string;
    resources: { urn: string; inputs: unknown }[];
    outputs: Record<string, unknown>;
    decisions: string[];
    executed: unknown;
}

describe("the quickstart's program", () => {
    let copy: Copy;
    before(() => {
        copy = copyOf("quickstart");
    });
    after(() => copy.remove());

    async function fare(mode: "proxy" | "endpoints"): Promise<Fared> {
        await using sandbox = await Sandbox.start({ mapping: join(copy.directory, "sandbox.yaml") });
        const variables = await sandbox.clientEnvironment({ mode });
        assert.equal("GOOGLE_WORKFLOWS_CUSTOM_ENDPOINT" in variables, mode === "endpoints");
        const stack = await sandbox.up(copy.directory, { environment: variables });
        assert.equal(stack.result, "succeeded", JSON.stringify(stack.diagnostics));
        const workflow = stack.resources.find(({ urn }) => urn.endsWith("gcp:workflows/workflow:Workflow::fulfil"));
        const executions = `https://workflowexecutions.googleapis.com/v1/${String(workflow?.id)}/executions`;
        const argument = JSON.stringify({ order: 7, item: "lamp" });
        const { body } = await sandbox.request("POST", executions, { body: { argument } });
        let execution = body as { name: string; state: string; result?: string };
        while (execution.state === "ACTIVE") {
            await new Promise((resolve) => setTimeout(resolve, 25));
            const read = await sandbox.request("GET", `https://workflowexecutions.googleapis.com/v1/${execution.name}`);
            execution = read.body as typeof execution;
        }
        const known = (text: unknown): unknown => JSON.parse(stable(JSON.stringify(text ?? null)));
        return {
            result: stack.result,
            // Which of two that do not depend on each other is first depends on the time.
            resources: stack.resources
                .map(({ urn, inputs }) => ({ urn, inputs: known(inputs) }))
                .sort((a, b) => a.urn.localeCompare(b.urn)),
            outputs: known(stack.outputs) as Record<string, unknown>,
            decisions: [
                ...new Set(
                    sandbox
                        .decisions()
                        .map(({ allowed, principal, permission, resource }) =>
                            stable(`${allowed ? "allowed" : "denied"} ${principal} ${permission} ${resource}`),
                        ),
                ),
            ].sort(),
            executed: [execution.state, stable(execution.result ?? "")],
        };
    }

    /** Names that the provider makes up, and what depends on them or on the time, are others in every deployment. */
    function stable(text: string): string {
        return text
            .replaceAll(/-[0-9a-f]{7}\b/g, "-…")
            .replaceAll(/(-?\b00000?1)-[0-9a-f]{3}\b/g, "$1-…")
            .replaceAll(/\b[0-9a-f]{7,}\b/g, "…")
            .replaceAll(/\b\d{10,}\b/g, "…")
            .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "…")
            .replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1")
            .replaceAll(/\/tmp\/gcp-invoke-\w+/g, "…");
    }

    it("has the same result with the proxy and with custom endpoints", async () => {
        const [proxy, endpoints] = await Promise.all([fare("proxy"), fare("endpoints")]);
        assert.ok(proxy.resources.length > 5 && proxy.decisions.length > 5);
        assert.match(JSON.stringify(proxy.executed), /SUCCEEDED/);
        assert.deepEqual(endpoints, proxy);
    });
});
