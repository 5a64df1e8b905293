import assert from "node:assert/strict";
import fc from "fast-check";
import {
    callGraph,
    type CallFact,
    EDGE_STATES,
    factsOfDecisions,
    formatGraphPage,
    formatMermaid,
    formatSvg,
    layoutOf,
    type NamedNode,
} from "../../../access/graph";

const url = (name: string): string => `https://run.googleapis.com/v2/projects/demo/locations/l/services/${name}`;
const member = (name: string): string => `serviceAccount:${name}@demo.iam.gserviceaccount.com`;

const letters = fc.constantFrom("a", "b", "c", "d", "e", "f");
/** Each name is a caller and a target, so that circles and calls of oneself are among them. */
const named: NamedNode[] = ["a", "b", "c", "d"].map((name) => ({
    ...{ id: name, label: name, kind: "service" },
    names: [member(name), url(name)],
}));
const fact: fc.Arbitrary<CallFact> = fc
    .record({ from: letters, to: letters, state: fc.constantFrom(...EDGE_STATES), why: fc.string() })
    .map(({ from, to, ...rest }) => ({ from: member(from), to: url(to), ...rest }));
const facts = fc.array(fact, { maxLength: 30 });
const hostile = fc.oneof(
    fc.string(),
    fc.constantFrom(
        '"]; click n0 "javascript:alert(1)"',
        "<script>alert(1)</script>",
        "]]>",
        "a\nb --> c",
        "`${x}`",
        "#quot;",
    ),
);

describe("the graph of who may call whom", () => {
    it("tells an agent of Google from an account, and an entry of Service Directory from a service of Cloud Run", () => {
        const agent = "serviceAccount:service-123456789012@gcp-sa-workflows.iam.gserviceaccount.com";
        const entry =
            "https://servicedirectory.googleapis.com/v1/projects/demo/locations/l/namespaces/inner/services/orders";
        const { nodes } = callGraph(
            [
                { from: agent, to: entry, state: "bound", why: "" },
                { from: member("service"), to: url("orders"), state: "bound", why: "" },
            ],
            [],
        );
        assert.deepEqual(nodes.map(({ label, kind }) => `${label}: ${kind}`).sort(), [
            ...["gcp-sa-workflows: agent", "orders: private service", "orders: service", "service: account"],
        ]);
    });

    it("has one edge a pair, with the most telling state of its facts, in whatever order they come", () => {
        fc.assert(
            fc.property(facts, (given) => {
                const graph = callGraph(given, named);
                assert.deepEqual(
                    new Set(
                        callGraph(given.toReversed(), named).edges.map(
                            ({ from, to, state }) => `${from} ${to} ${state}`,
                        ),
                    ),
                    new Set(graph.edges.map(({ from, to, state }) => `${from} ${to} ${state}`)),
                );
                const pairs = new Set(given.map(({ from, to }) => `${from} ${to}`));
                assert.equal(graph.edges.length, pairs.size);
                for (const { from, to, state, why } of given) {
                    const [caller, target] = [from.slice(15, 16), to.at(-1)];
                    const edge = graph.edges.find((each) => label(each.from) === caller && label(each.to) === target);
                    assert.ok(edge && EDGE_STATES.indexOf(edge.state) >= EDGE_STATES.indexOf(state));
                    assert.ok(edge.evidence.includes(why), "nothing that is known is dropped");
                }
                const ids = new Set(graph.nodes.map(({ id }) => id));
                assert.ok(graph.edges.every(({ from, to }) => ids.has(from) && ids.has(to)));
                assert.ok(named.every(({ id }) => ids.has(id)));
            }),
        );
        function label(id: string): string {
            return id.startsWith("https:") ? id.slice(-1) : id.startsWith("serviceAccount:") ? id.slice(15, 16) : id;
        }
    });

    it("draws every node and edge, no node over another, callers left of what they call", () => {
        fc.assert(
            fc.property(facts, (given) => {
                const graph = callGraph(given, named);
                const { nodes, edges, width, height } = layoutOf(graph);
                assert.equal(nodes.length, graph.nodes.length);
                assert.equal(edges.length, graph.edges.length);
                for (const [at, one] of nodes.entries()) {
                    assert.ok(one.x >= 0 && one.y >= 0 && one.x + one.width <= width && one.y + one.height <= height);
                    for (const other of nodes.slice(at + 1)) {
                        const apart =
                            one.x + one.width <= other.x ||
                            other.x + other.width <= one.x ||
                            one.y + one.height <= other.y ||
                            other.y + other.height <= one.y;
                        assert.ok(apart, `${one.id} lies over ${other.id}`);
                    }
                }
                assert.ok(edges.every(({ path }) => /^M[-\d.]+ [-\d.]+[CL]/.test(path) && !path.includes("NaN")));
            }),
        );
    });

    it("puts callers left of their targets where no circle is", () => {
        const chain = callGraph(
            ["ab", "bc", "ac"].map(([from = "", to = ""]) => ({
                from: member(from),
                to: url(to),
                state: "bound",
                why: "",
            })),
            named,
        );
        const x = new Map(layoutOf(chain).nodes.map((node) => [node.id, node.x]));
        assert.ok(x.get("a")! < x.get("b")! && x.get("b")! < x.get("c")!);
    });

    it("writes no text of others as markup, in any format", () => {
        fc.assert(
            fc.property(hostile, hostile, (label, why) => {
                const graph = callGraph(
                    [{ from: member("a"), to: url("a"), state: "bound", why, role: why, fix: why }],
                    [{ id: "a", label, kind: "service", names: [member("a"), url("a")] }],
                    [why],
                );
                const tags =
                    /<(?!\/?(svg|title|desc|style|rect|g|path|text)\b|!doctype|html|head|meta|body|h1|div|table|thead|tbody|tr|th|td|span|br|code|p|\/(html|head|body|h1|div|table|thead|tbody|tr|th|td|span|code|p)\b)/;
                assert.doesNotMatch(formatSvg(graph), tags);
                assert.doesNotMatch(formatGraphPage(graph), tags);
                for (const line of formatMermaid(graph).split("\n").slice(1)) {
                    assert.match(line, /^ {4}(n\d+\["[^"\]]*"\]|n\d+ \S+\|\w+\| n\d+|%% .*)$/s);
                }
            }),
        );
    });
});

describe("what decisions of a sandbox tell of calls", () => {
    const declared: CallFact[] = [
        { from: member("a"), to: url("b"), state: "untried", role: "roles/run.invoker", why: "" },
    ];
    const base = {
        ...{ time: "2026-01-01T00:00:00Z", allowed: true, principal: member("a"), permission: "run.routes.invoke" },
        ...{ resource: "//run.googleapis.com/projects/demo/locations/l/services/b", reason: "r" },
    };
    const states = (decisions: Parameters<typeof factsOfDecisions>[0]): string[] =>
        factsOfDecisions(decisions, declared, named).map(({ state }) => state);

    it("is a call that got in, and a declared one of which the latest was refused", () => {
        assert.deepEqual(states([base]), ["used"]);
        assert.deepEqual(states([base, { ...base, allowed: false }]), ["violated"]);
        assert.deepEqual(states([{ ...base, allowed: false }, base]), ["used"]);
    });

    it("is nothing of a call that nobody declared and that was refused, of a tool's own, and of another resource", () => {
        const stranger = { ...base, principal: member("z") };
        assert.deepEqual(states([stranger]), ["used"]);
        assert.deepEqual(states([{ ...stranger, allowed: false }]), []);
        assert.deepEqual(states([{ ...base, tool: true }]), []);
        assert.deepEqual(states([{ ...base, resource: `${base.resource}x` }]), []);
        assert.deepEqual(states([{ ...base, allowed: false, missing: { role: "roles/run.viewer" } }]), []);
        assert.deepEqual(states([{ ...base, allowed: false, missing: { role: "roles/run.invoker" } }]), ["violated"]);
    });
});
