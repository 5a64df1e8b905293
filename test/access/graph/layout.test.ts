import { strict as assert } from "node:assert";
import fc from "fast-check";
import type { GraphNode } from "../../../access/graph";
import { fittingLabel, layoutOf, textWidth } from "../../../access/graph/layout";

describe("the label of a node", () => {
    const placed = (label: string) => {
        const node: GraphNode = { id: "one", label, kind: "service" };
        const [found] = layoutOf({ nodes: [node], edges: [], notes: [] }).nodes;
        assert.ok(found);
        return found;
    };

    it("never reaches the edge of its box, and keeps as much of the name as there is room for", () => {
        const letters = fc.constantFrom(...Array.from("abcimwMWOT0-._@é€漢😀 "));
        fc.assert(
            fc.property(fc.string({ unit: letters, maxLength: 80 }), (label) => {
                const node = placed(label);
                const shown = fittingLabel(node);
                assert.ok(textWidth(shown, 13) + 24 <= node.width, `${shown} in ${node.width}`);
                assert.ok(shown === label || (shown.endsWith("…") && label.startsWith(shown.slice(0, -1))));
            }),
        );
    });

    it("is whole for names as people give them", () => {
        for (const label of ["orders", "fulfil", "warehouse-inventory", "WWWWWWWWWW"]) {
            assert.equal(fittingLabel(placed(label)), label);
        }
    });
});
