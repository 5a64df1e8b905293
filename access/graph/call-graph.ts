import { accountOf, isPublic, normalMember } from "../members";
import { labelOf } from "../names";
import {
    type CallFact,
    type CallGraph,
    EDGE_STATES,
    type EdgeState,
    type GraphEdge,
    type GraphNode,
    type NamedNode,
} from "./types";

const rank = (state: EdgeState): number => EDGE_STATES.indexOf(state);

/** Puts facts together: one edge for each pair, with the most telling state of all that is known of it. */
export function callGraph(
    facts: readonly CallFact[],
    named: readonly NamedNode[] = [],
    notes: readonly string[] = [],
): CallGraph {
    const known = new Map(named.flatMap((node) => node.names.map((name) => [keyOf(name), node] as const)));
    const nodes = new Map<string, GraphNode>();
    const nodeOf = (name: string): GraphNode => {
        const { id, label, kind } = known.get(keyOf(name)) ?? nodeOfName(name);
        const node = nodes.get(id) ?? { id, label, kind };
        nodes.set(id, node);
        return node;
    };
    const edges = new Map<string, GraphEdge>();
    const sorted = facts.toSorted((one, other) => rank(other.state) - rank(one.state));
    for (const { from, to, state, role, why, fix } of sorted) {
        const [caller, target] = [nodeOf(from), nodeOf(to)];
        const key = JSON.stringify([caller.id, target.id]);
        const edge = edges.get(key) ?? {
            ...{ from: caller.id, to: target.id, state },
            ...{ roles: [], evidence: [], fixes: [] },
        };
        add(edge.roles, role);
        add(edge.evidence, why);
        add(edge.fixes, fix);
        edges.set(key, edge);
    }
    for (const node of named) {
        const { id, label, kind, names } = node;
        // What another stack names too is drawn once, by the name that its edges have.
        const isElsewhere = names.length > 0 && names.every((name) => known.get(keyOf(name)) !== node);
        if (kind !== "check" && !nodes.has(id) && !isElsewhere) {
            nodes.set(id, { id, label, kind });
        }
    }
    return { nodes: [...nodes.values()], edges: [...edges.values()], notes: [...new Set(notes)] };
}

function add(list: string[], text: string | undefined): void {
    if (text !== undefined && !list.includes(text)) {
        list.push(text);
    }
}

/** The project in the URL of an account can be written in several ways, and members in upper and lower case. */
function keyOf(name: string): string {
    return name.startsWith("https:")
        ? name.replace(/\/projects\/[^/]+(?=\/serviceAccounts\/)/, "").toLowerCase()
        : normalMember(name);
}

/** What stands for a member or a resource that no program names. */
function nodeOfName(name: string): GraphNode {
    if (name.startsWith("https:")) {
        const [kind = ""] =
            /(service|function|workflow|job|topic|queue|secret|project)s?(?=\/[^/]+$)/i.exec(name) ?? [];
        const special = /serviceAccounts/.test(name) ? "account" : /servicedirectory/.test(name) && "private service";
        return { id: name, label: labelOf(name), kind: special || kind.replace(/s$/, "") || "resource" };
    }
    if (isPublic(name)) {
        return { id: name, label: name === "allUsers" ? "everybody" : name, kind: "public" };
    }
    const account = accountOf(name);
    const [, agent] = /^service-\d+@(gcp-sa-[^.]+)\./.exec(account ?? "") ?? [];
    if (agent !== undefined) {
        return { id: name, label: agent, kind: "agent" };
    }
    if (account !== undefined) {
        return { id: name, label: account.replace(/@.*/s, ""), kind: "account" };
    }
    const [, prefix = "", rest = name] = /^(user|group|domain):(.+)$/s.exec(name) ?? [];
    return { id: name, label: rest, kind: prefix === "user" ? "person" : prefix || "member" };
}
