import { isAlias, isCollection, isScalar, visit, type Alias, type Document, type Node } from "yaml";

/** Finds the node that an alias of a document refers to: the last one before it that has its anchor. */
export class Anchors {
    private targets: Map<Alias, Node> | undefined;

    constructor(private readonly document: Document) {}

    /** The node of an alias; undefined if no anchor with that name comes before it. */
    of(alias: Alias): Node | undefined {
        this.targets ??= this.find();
        return this.targets.get(alias);
    }

    private find(): Map<Alias, Node> {
        const anchored = new Map<string, Node>();
        const targets = new Map<Alias, Node>();
        visit(this.document, {
            Node: (_key, node) => {
                if (isAlias(node)) {
                    const target = anchored.get(node.source);
                    if (target !== undefined) {
                        targets.set(node, target);
                    }
                } else if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) {
                    anchored.set(node.anchor, node);
                }
            },
        });
        return targets;
    }
}
