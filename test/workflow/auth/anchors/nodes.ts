import { isAlias, isMap, isScalar, isSeq, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import type { Random } from "../proof/random";

/** What {@link nodeOf} takes: data, in which nodes may stand already. */
export type Data = string | number | boolean | null | Node | Data[] | { [key: string]: Data };

/** A YAML node of data. */
export function nodeOf(data: Data): Node {
    if (Array.isArray(data)) {
        const list = new YAMLSeq();
        list.items = data.map(nodeOf);
        return list;
    }
    if (typeof data !== "object" || data === null) {
        return new Scalar(data);
    }
    if (isNode(data)) {
        return data;
    }
    const map = new YAMLMap();
    map.items = Object.entries(data).map(([key, value]) => new Pair(new Scalar(key), nodeOf(value)));
    return map;
}

function isNode(data: object): data is Node {
    return isMap(data) || isSeq(data) || isScalar(data) || isAlias(data);
}

/** Gives collections and texts the ways in which people write them, and comments. */
export function styled(node: unknown, random: Random): void {
    if (isMap(node) || isSeq(node)) {
        node.flow = random.chance(0.15);
        node.items.forEach((item) => {
            styled(item instanceof Pair ? item.value : item, random);
        });
    } else if (isScalar(node) && typeof node.value === "string") {
        const quoted = random.pick([undefined, "QUOTE_DOUBLE", "QUOTE_SINGLE"] as const);
        const block = /^\$|^\s|\n/.test(node.value)
            ? undefined
            : random.pick(["BLOCK_LITERAL", "BLOCK_FOLDED"] as const);
        const type = random.chance(0.3) ? block : quoted;
        if (type !== undefined) {
            node.type = type;
        }
    } else {
        return;
    }
    if (random.chance(0.05)) {
        node.comment = " why";
    }
}
