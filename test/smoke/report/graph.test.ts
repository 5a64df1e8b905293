import assert from "node:assert/strict";
import { formatHtml, type ProbeReport, type Report } from "../../../smoke";
import { graphOfReports } from "../../../smoke/report";

const resource = "https://run.googleapis.com/v2/projects/demo/locations/l/services/orders-1";
const caller = "serviceAccount:fulfil@demo.iam.gserviceaccount.com";

const row = (more: Partial<ProbeReport>): ProbeReport => ({
    ...{
        name: "fulfil → orders",
        kind: "workflow",
        caller: "fulfil",
        target: "orders",
        token: "none",
        expected: "",
        got: "",
    },
    ...{
        verdict: "passed",
        attempts: 1,
        seconds: 0,
        grants: [{ member: caller, role: "roles/run.invoker", resource, label: "orders" }],
    },
    ...more,
});

const report = (...probes: ProbeReport[]): Report => ({
    ...{
        version: 1,
        name: "fulfil",
        project: "demo",
        startedAt: "2026-01-01T00:00:00Z",
        seconds: 1,
        verdict: "passed",
    },
    ...{ identity: "none", probes, untried: [] },
});

const states = (...probes: ProbeReport[]): string[] =>
    graphOfReports([report(...probes)]).edges.map(({ state }) => state);

describe("the graph in a report", () => {
    it("proves a call that a check made, and not one that it only saw bound, did not try or was refused", () => {
        assert.deepEqual(states(row({})), ["proven"]);
        assert.deepEqual(states(row({ kind: "policy" })), ["bound"]);
        assert.deepEqual(states(row({ verdict: "not-tried" })), ["untried"]);
        assert.deepEqual(states(row({ verdict: "failed" })), ["violated"]);
        assert.deepEqual(states(row({ kind: "policy", verdict: "failed" })), ["violated"]);
        assert.deepEqual(states(row({ grants: [] })), []);
    });

    it("draws strangers and everybody as violations with the command that ends them, and administrators as a note", () => {
        const ways = (["stranger", "public", "caller", "administrator"] as const).map((kind) => ({
            ...{ kind, member: kind === "public" ? "allUsers" : `user:${kind}@example.com`, path: `${kind} → orders` },
            ...(kind === "stranger" && { fix: "gcloud run services remove-iam-policy-binding orders" }),
        }));
        const probe = row({ kind: "callers", grants: [], resource, access: { verdict: "violated", ways, unread: [] } });
        const { edges, notes, nodes } = graphOfReports([report(probe)]);
        assert.deepEqual(edges.map(({ state }) => state).sort(), ["bound", "violated", "violated"]);
        assert.ok(edges.some(({ fixes }) => fixes.some((fix) => fix.startsWith("gcloud run"))));
        assert.ok(nodes.some(({ kind, label }) => kind === "public" && label === "everybody"));
        assert.match(notes.join(), /administrator@example\.com/);
        assert.ok(!nodes.some(({ label }) => label.includes("administrator")));
    });

    it("says of tokens that they are minted, and of everything else that it is called", () => {
        const ways = [{ kind: "administrator" as const, member: "user:administrator@example.com", path: "" }];
        const notes = (target: string, verdict: "proven" | "unknown", unread: { what: string; why: string }[] = []) =>
            graphOfReports([
                report({
                    ...row({ kind: "callers", grants: [], resource, access: { verdict, ways, unread } }),
                    target,
                }),
            ]).notes.join();
        assert.match(notes("tokens of a@example.com", "proven"), /may also be minted by/);
        assert.match(notes("orders", "proven"), /may also be called by/);
        const unread = [{ what: "a policy", why: "403" }];
        assert.match(notes("tokens of a@example.com", "unknown", unread), /who else may mint tokens of a@/);
    });

    it("says what could not be read, and never that nobody else may call", () => {
        const unread = [{ what: "the policy of project demo", why: "403" }];
        const probe = row({ kind: "callers", grants: [], resource, access: { verdict: "unknown", ways: [], unread } });
        assert.match(
            graphOfReports([report(probe)]).notes.join(),
            /not known who else may call orders: the policy of project demo: 403/,
        );
    });

    it("is a part of the page, and is left out of one whose reports tell nothing of it", () => {
        assert.match(formatHtml([report(row({}))]), /<h2>Who may call whom<\/h2>\n<div class="scroll"><svg /);
        assert.doesNotMatch(formatHtml([report(row({ grants: [] }))]), /<svg/);
    });
});
