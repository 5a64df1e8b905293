import type { CallGraph, GraphEdge, GraphNode } from "./types";

/** Sizes in pixels. */
const NODE_HEIGHT = 46;
const ROW_GAP = 18;
const COLUMN_GAP = 110;
const MARGIN = 16;
const [NARROWEST, WIDEST] = [112, 240];
/** What a node has left and right of its label, together. */
const PADDING = 24;
/** The sizes of the two lines of a node. */
const [NAME_SIZE, KIND_SIZE] = [13, 11];
/** How wide letters are at most, in parts of the size: as in DejaVu Sans Bold, which is wider than most. */
const WIDTHS: readonly (readonly [letters: RegExp, width: number])[] = [
    [/[ijl.,:;'|!I -]/, 0.42],
    [/[ftr()[\]/]/, 0.51],
    [/[mwMW@%…]/, 1.11],
    [/[A-Z&~<>=+]/, 0.86],
    [/[\u0020-\u024f]/, 0.72],
];
/** How high the place is that an edge takes in a column that it crosses. */
const LANE = 12;

export interface PlacedNode extends GraphNode {
    x: number;
    y: number;
    width: number;
    height: number;
}

export interface PlacedEdge extends GraphEdge {
    /** The path of the line, as SVG writes it. */
    path: string;
    /** Where its state is written. */
    at: { x: number; y: number };
}

export interface Layout {
    width: number;
    height: number;
    nodes: PlacedNode[];
    edges: PlacedEdge[];
}

/** What stands in a column: a node, or the place where an edge crosses it. */
interface Slot {
    id: string;
    node?: GraphNode;
    /** The slots of the column before that lead to it. */
    before: Slot[];
    y: number;
}

/** Draws callers at the left and what they call at the right, in columns; lines cross seldom. */
export function layoutOf({ nodes, edges }: CallGraph): Layout {
    const ranks = ranksOf(nodes, edges);
    const columns: Slot[][] = [];
    const slots = new Map<string, Slot>();
    const put = (rank: number, slot: Slot): Slot => {
        (columns[rank] ??= []).push(slot);
        return slot;
    };
    for (const node of nodes) {
        slots.set(node.id, put(ranks.get(node.id) ?? 0, { id: node.id, node, before: [], y: 0 }));
    }
    const ways = edges.map((edge) => {
        const [from, to] = [slots.get(edge.from), slots.get(edge.to)];
        const between: Slot[] = [];
        let last = from;
        const end = ranks.get(edge.to) ?? 0;
        for (let rank = (ranks.get(edge.from) ?? 0) + 1; rank < end; rank++) {
            last = put(rank, { id: `${edge.from} ${edge.to} ${rank}`, before: last ? [last] : [], y: 0 });
            between.push(last);
        }
        if (to && last && (ranks.get(edge.from) ?? 0) < end) {
            to.before.push(last);
        }
        return { edge, between };
    });
    order(columns);
    return place(columns, ways, ranks);
}

/** The column of each node: one after the last of its callers. A call that closes a circle is left out of that. */
function ranksOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Map<string, number> {
    const callers = new Map<string, string[]>();
    for (const { from, to } of edges) {
        callers.set(to, [...(callers.get(to) ?? []), from]);
    }
    const ranks = new Map<string, number>();
    const open = new Set<string>();
    const rankOf = (id: string): number => {
        const known = ranks.get(id);
        if (known !== undefined || open.has(id)) {
            return known ?? -1;
        }
        open.add(id);
        const found = Math.max(0, ...(callers.get(id) ?? []).map((from) => rankOf(from) + 1));
        open.delete(id);
        ranks.set(id, found);
        return found;
    };
    nodes.forEach(({ id }) => rankOf(id));
    return ranks;
}

/** Orders each column by the middle of what leads to its slots. */
function order(columns: readonly Slot[][]): void {
    const places = new Map<Slot, number>();
    for (const column of columns) {
        const middle = (slot: Slot, at: number): number =>
            slot.before.length === 0
                ? at
                : slot.before.reduce((sum, each) => sum + (places.get(each) ?? 0), 0) / slot.before.length;
        const keyed = column.map((slot, at) => ({ slot, key: middle(slot, at) }));
        keyed.sort((one, other) => one.key - other.key);
        column.splice(0, column.length, ...keyed.map(({ slot }) => slot));
        column.forEach((slot, at) => places.set(slot, at));
    }
}

function place(
    columns: readonly Slot[][],
    ways: readonly { edge: GraphEdge; between: readonly Slot[] }[],
    ranks: ReadonlyMap<string, number>,
): Layout {
    const heights = columns.map((column) =>
        column.reduce((sum, { node }) => sum + (node ? NODE_HEIGHT : LANE) + ROW_GAP, -ROW_GAP),
    );
    const tallest = Math.max(0, ...heights);
    const placed = new Map<string, PlacedNode>();
    const starts: { x: number; width: number }[] = [];
    let x = MARGIN;
    columns.forEach((column, rank) => {
        const width = Math.max(...column.map(({ node }) => (node ? widthOf(node) : 0)));
        let y = MARGIN + (tallest - (heights[rank] ?? 0)) / 2;
        for (const slot of column) {
            const height = slot.node ? NODE_HEIGHT : LANE;
            slot.y = y + height / 2;
            if (slot.node) {
                placed.set(slot.id, { ...slot.node, x, y, width, height });
            }
            y += height + ROW_GAP;
        }
        starts.push({ x, width });
        x += width + COLUMN_GAP;
    });
    const bottom = MARGIN + tallest;
    let circles = 0;
    const edges = ways.flatMap(({ edge, between }): PlacedEdge[] => {
        const [from, to] = [placed.get(edge.from), placed.get(edge.to)];
        if (!from || !to) {
            return [];
        }
        const forward = (ranks.get(edge.from) ?? 0) < (ranks.get(edge.to) ?? 0);
        const line = forward ? across(from, to, between, starts, ranks) : around(from, to, bottom, circles++);
        return [{ ...edge, ...line }];
    });
    const below = circles > 0 ? (circles + 1) * ROW_GAP : 0;
    return {
        width: Math.max(0, x - COLUMN_GAP) + MARGIN,
        height: bottom + below + MARGIN,
        nodes: [...placed.values()],
        edges,
    };
}

const widthOf = ({ label, kind }: GraphNode): number =>
    Math.min(
        WIDEST,
        Math.max(NARROWEST, Math.ceil(Math.max(textWidth(label, NAME_SIZE), textWidth(kind, KIND_SIZE)) + PADDING)),
    );

/** How wide a text is at most, in pixels. */
export function textWidth(text: string, size: number): number {
    return Array.from(text).reduce(
        (sum, letter) => sum + (WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? 1.11) * size,
        0,
    );
}

/** A label as it fits into a node. */
export function fittingLabel({ label, width }: PlacedNode): string {
    const fits = (text: string): boolean => textWidth(text, NAME_SIZE) + PADDING <= width;
    let letters = Array.from(label);
    if (fits(label)) {
        return label;
    }
    while (letters.length > 0 && !fits(`${letters.join("")}…`)) {
        letters = letters.slice(0, -1);
    }
    return `${letters.join("")}…`;
}

/** A curve from the right side of a caller to the left side of what it calls, through its places in the columns between. */
function across(
    from: PlacedNode,
    to: PlacedNode,
    between: readonly Slot[],
    starts: readonly { x: number; width: number }[],
    ranks: ReadonlyMap<string, number>,
): Pick<PlacedEdge, "path" | "at"> {
    const first = (ranks.get(from.id) ?? 0) + 1;
    const stops = between.flatMap(({ y }, index) => {
        const { x = 0, width = 0 } = starts[first + index] ?? {};
        return [
            { x, y },
            { x: x + width, y },
        ];
    });
    const points = [
        { x: from.x + from.width, y: from.y + from.height / 2 },
        ...stops,
        { x: to.x - 5, y: to.y + to.height / 2 },
    ];
    const [start = { x: 0, y: 0 }, ...rest] = points;
    let last = start;
    let path = `M${round(start.x)} ${round(start.y)}`;
    for (const next of rest) {
        const middle = round((last.x + next.x) / 2);
        path += `C${middle} ${round(last.y)} ${middle} ${round(next.y)} ${round(next.x)} ${round(next.y)}`;
        last = next;
    }
    const before = points.at(-2) ?? start;
    return { path, at: { x: (before.x + last.x) / 2, y: (before.y + last.y) / 2 } };
}

/** A line below all nodes, for a call that closes a circle. */
function around(from: PlacedNode, to: PlacedNode, bottom: number, number: number): Pick<PlacedEdge, "path" | "at"> {
    const y = bottom + (number + 1) * ROW_GAP;
    const [start, end] = [from.x + from.width, to.x - 5];
    const [one, other] = [from.y + from.height / 2, to.y + to.height / 2];
    const path =
        `M${round(start)} ${round(one)}C${round(start + 50)} ${round(one)} ${round(start + 50)} ${round(y)} ${round(start)} ${round(y)}` +
        `L${round(end)} ${round(y)}C${round(end - 50)} ${round(y)} ${round(end - 50)} ${round(other)} ${round(end)} ${round(other)}`;
    return { path, at: { x: (start + end) / 2, y } };
}

const round = (value: number): number => Math.round(value * 10) / 10;
