import assert from "node:assert/strict";
import { styleText } from "node:util";
import type { Terminal } from "../../../../cli/render";
import { DecisionRows, isTelling, shortMember, shortResource } from "../../../../cli/sandbox/shown";
import type { Decision } from "../../../../sandbox/light";

const account = "serviceAccount:fulfil-1@demo.iam.gserviceaccount.com";
const allowed: Decision = {
    ...{ id: 1, time: "2026-01-02T03:04:05.678Z", allowed: true, principal: account, permission: "run.routes.invoke" },
    resource: "//run.googleapis.com/projects/demo/locations/l/services/orders-1",
    ...{ reason: `roles/run.invoker is granted to ${account} on service orders-1`, stage: "iam" },
    request: "POST https://orders-1-x.a.run.app/reserve",
};
const denied: Decision = {
    ...{ ...allowed, allowed: false, reason: "no role holds run.routes.invoke; grant roles/run.invoker to it" },
    missing: { role: "roles/run.invoker", member: account, resource: allowed.resource },
};

function shown(decisions: readonly Decision[], { color = false, requests = false } = {}): string {
    let text = "";
    const style: Terminal["style"] = (how, each) => (color ? styleText(how, each, { validateStream: false }) : each);
    const screen = { write: (more: string) => void (text += more), interactive: false, color, columns: 100, style };
    const rows = new DecisionRows(screen, requests);
    decisions.forEach((decision) => rows.print(decision));
    rows.end();
    return text;
}

describe("the table of decisions", () => {
    it("shows when, who, what and on what by short names, and the role that allowed it", () => {
        assert.match(
            shown([allowed]),
            /^2026-01-02\n03:04:05\.678 ✓ fulfil-1 +run\.routes\.invoke +service orders-1 +roles\/run\.invoker\n$/,
        );
    });

    it("shows why something was denied, and the grant that would allow it", () => {
        assert.match(
            shown([denied]),
            /03:04:05\.678 ✗ fulfil-1 .* no role holds run\.routes\.invoke\n +fix: grant roles\/run\.invoker to serviceAccount:\S+ on service orders-1\n$/,
        );
    });

    it("shows method and target of a request where the permission says less", () => {
        assert.match(shown([allowed], { requests: true }), /✓ fulfil-1 +POST +orders-1-x\.a\.run\.app\/reserve +roles/);
    });

    it("counts what is decided again and again, and says each new day", () => {
        const text = shown([allowed, allowed, allowed, denied, { ...allowed, time: "2026-01-03T00:00:00.000Z" }]);
        assert.equal(text.match(/✓/g)?.length, 2);
        assert.match(text, /and 2 more times\n/);
        assert.match(text, /^2026-01-03$/m);
    });

    it("has colours where the screen has them, and none where it has not", () => {
        const escape = String.fromCharCode(27);
        assert.ok(shown([allowed], { color: true }).includes(escape));
        assert.ok(!shown([allowed, denied]).includes(escape));
    });

    it("leaves out reads and what a command of the sandbox asked, and never a refusal", () => {
        assert.equal(isTelling(allowed), true);
        assert.equal(isTelling({ ...allowed, tool: true }), false);
        assert.equal(isTelling({ ...allowed, permission: "workflows.executions.get" }), false);
        assert.equal(isTelling({ ...denied, tool: true }), true);
        assert.equal(isTelling({ ...denied, permission: "workflows.executions.get" }), true);
    });

    it("shortens a name only where the rest says nothing", () => {
        assert.equal(shortMember("anonymous"), "anonymous");
        assert.equal(shortMember("user:ann@example.com"), "ann@example.com");
        assert.equal(shortResource("//cloudresourcemanager.googleapis.com/projects/demo"), "project demo");
        assert.equal(shortResource("odd"), "odd");
    });
});
