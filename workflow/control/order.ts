import type { Node } from "./graph";

/**
 * The nodes that can be reached from one, in reverse postorder: each before those that it leads to, unless a loop leads
 * back. A data-flow analysis that visits nodes in this order needs the fewest visits.
 */
export function reversePostorder(entry: Node, successors: (node: Node) => readonly Node[]): Node[] {
    const seen = new Set([entry]);
    const done: Node[] = [];
    const open = [{ node: entry, rest: successors(entry).values() }];
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
        const next = last.rest.next();
        if (next.done === true) {
            done.push(last.node);
            open.pop();
        } else if (!seen.has(next.value)) {
            seen.add(next.value);
            open.push({ node: next.value, rest: successors(next.value).values() });
        }
    }
    return done.reverse();
}
