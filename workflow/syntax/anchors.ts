import { isAlias, isCollection, isScalar, visit, type Alias, type Document, type Node } from "yaml";

/** What the aliases of a document stand for: the last node before them that has their anchor. */
export class Anchors {
    private targets: Map<Alias, Node> | undefined;

    constructor(private readonly document: Document) {}

    /** `undefined` where no anchor of that name stands before the alias. */
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
