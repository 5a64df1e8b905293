import { strict as assert } from "node:assert";
import type { Sandbox } from "../../sandbox";
import { type Copy, copyOf, run } from "../support/quickstart";

/** More than any check waits for here. */
const LATE = 120_000;

describe("the gate of the quickstart", () => {
    let copy: Copy;
    before(() => {
        copy = copyOf("quickstart");
    });
    after(() => copy.remove());

    it("waits for grants that take 120 s of the sandbox's clock, says for what, and passes", async () => {
        const { succeeded, text, reports } = await run(copy, "up", {
            before: ({ sandbox: { cloud } }) => {
                cloud.iam.propagationMilliseconds = LATE;
                // Once a call was turned away for want of its grant, the time passes that the grant needs.
                const stop = cloud.decisions.onDecision(({ allowed, principal }) => {
                    if (allowed || !principal.startsWith("serviceAccount:fulfil")) {
                        return;
                    }
                    stop();
                    cloud.clock.advance(LATE);
                });
            },
        });
        assert.ok(succeeded, text);
        assert.match(text, /waiting: fulfil: fulfil → orders, stock, logging: .*403.*has not arrived everywhere/);
        const tries = reports.flatMap(({ probes }) => probes.map(({ attempts }) => attempts));
        assert.ok(Math.max(...tries) > 1, `tries: ${tries.join(", ")}`);
    });

    it("does not run again where nothing changed", async () => {
        const { succeeded, text, reports, evidence } = await run(copy, "up", { skipPreview: true });
        assert.ok(succeeded, text);
        assert.deepEqual(reports, []);
        assert.ok(
            evidence.some(({ name, verdict }) => name === "fulfil" && verdict === "passed"),
            "the evidence of a deploy has the checks that passed before",
        );
    });

    it("fails at the deadline where a grant arrives after it, and says so", async () => {
        const undo = [
            copy.edit("index.ts", "argument: { order", "deadline: 4, argument: { order"),
            // A service of another name needs a grant of its own.
            copy.edit("index.ts", `new InvokableService("orders"`, `new InvokableService("orders-two"`),
        ];
        const { succeeded, text } = await run(copy, "up", {
            skipPreview: true,
            before: ({ sandbox: { cloud } }) => {
                cloud.iam.propagationMilliseconds = LATE;
            },
        });
        undo.reverse().forEach((each) => each());
        assert.equal(succeeded, false, text);
        assert.match(text, /has not arrived everywhere.*\(gave up at the deadline of 4 s\)/);
    });

    it("stays red in the next update, though nothing was changed, and runs in no preview", async () => {
        const undo = copy.edit("index.ts", "left: 4", "left: 3");
        const first = await run(copy, "up", { skipPreview: true });
        assert.equal(first.succeeded, false, first.text);
        const preview = await run(copy, "preview");
        assert.ok(preview.succeeded, preview.text);
        assert.deepEqual(preview.reports, []);
        const second = await run(copy, "up", { skipPreview: true });
        assert.equal(second.succeeded, false, second.text);
        assert.equal(second.reports.find(({ name }) => name === "fulfil")?.verdict, "failed");
        undo();
        const fixed = await run(copy, "up", { skipPreview: true });
        assert.ok(fixed.succeeded, fixed.text);
    });

    it("fails at once where the policy can be read and lacks the binding", async () => {
        // A new argument makes the check run again.
        const undo = copy.edit("index.ts", `item: "lamp" }`, `item: "lamp", again: true }`);
        const { succeeded, text, reports } = await run(copy, "up", {
            skipPreview: true,
            before: async ({ sandbox }) => {
                for (const url of await services(sandbox)) {
                    const { body } = await sandbox.request("GET", `${url}:getIamPolicy`);
                    const policy = { ...(body as object), bindings: [] };
                    await sandbox.request("POST", `${url}:setIamPolicy`, { body: { policy } });
                }
            },
        });
        undo();
        assert.equal(succeeded, false, text);
        assert.match(text, /lacks run\.routes\.invoke on .*: the policy has no binding of roles\/run\.invoker for it/);
        assert.doesNotMatch(text, /deadline/);
        const workflow = reports.flatMap(({ probes }) => probes).find(({ kind }) => kind === "workflow");
        assert.equal(workflow?.attempts, 1);
    });
});

/** The REST URLs of the services that are deployed. */
async function services(sandbox: Sandbox): Promise<string[]> {
    const parent = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1";
    const { body } = await sandbox.request("GET", `${parent}/services`);
    return (body as { services: { name: string }[] }).services.map(
        ({ name }) => `https://run.googleapis.com/v2/${name}`,
    );
}
