/** To what an operation is limited. Of `target` and `exclude` one may be given. */
export interface Limits {
    /** URNs, or patterns of URNs (`*`, `**`), of the only resources that are touched. @default - everything */
    target?: string[];
    /** Whether what depends on a target is one too. @default false */
    targetDependents?: boolean;
    /** URNs, or patterns of them, of resources that are left alone. @default - none */
    exclude?: string[];
    /** Whether what depends on an excluded resource is left alone too. @default false */
    excludeDependents?: boolean;
}

/**
 * Resources by their URNs, in which `*` stands for a part and `**` for anything.
 * https://www.pulumi.com/docs/iac/cli/commands/pulumi_up/
 */
export class Patterns {
    private readonly patterns: { text: string; expression: RegExp; matched: boolean }[];

    constructor(texts: string[]) {
        this.patterns = texts.map((text) => ({ text, expression: expressionOf(text), matched: false }));
    }

    matches(urn: string): boolean {
        const found = this.patterns.filter(({ expression }) => expression.test(urn));
        found.forEach((pattern) => (pattern.matched = true));
        return found.length > 0;
    }

    /** Throws where one was none of the resources that were asked for so far. */
    refuseUnknown(): void {
        const unknown = this.patterns.filter(({ matched }) => !matched).map(({ text }) => `"${text}"`);
        if (unknown.length > 0)
            throw new Error(`no resource of the stack is ${unknown.join(", ")}; give a URN as the state lists it`);
    }
}

/** The resources to which an operation is limited. */
export class Targets {
    private readonly named: Patterns;
    private readonly excludes: boolean;
    private readonly withDependents: boolean;
    /** What was named, or came with it as its dependent. */
    private readonly meant = new Set<string>();

    /** Throws where resources are both named and excluded. */
    constructor({ target, exclude, targetDependents = false, excludeDependents = false }: Limits) {
        if (target !== undefined && exclude !== undefined)
            throw new Error("target and exclude are given, which cannot both decide; leave one out");
        this.excludes = target === undefined;
        this.named = new Patterns(target ?? exclude ?? []);
        this.withDependents = this.excludes ? excludeDependents : targetDependents;
    }

    /**
     * Whether a resource is to be touched. Those that it depends on are to be asked for before it.
     *
     * @param dependencies - the URNs of what it depends on
     */
    matches(urn: string, dependencies: string[] = []): boolean {
        const named = this.named.matches(urn);
        const comes = this.withDependents && dependencies.some((other) => this.meant.has(other));
        if (named || comes) this.meant.add(urn);
        return this.meant.has(urn) !== this.excludes;
    }

    /** Throws where a target was none of the resources that were asked for so far. */
    refuseUnknown(): void {
        // To leave alone what is not there is no mistake.
        if (!this.excludes) this.named.refuseUnknown();
    }
}

function expressionOf(text: string): RegExp {
    const escaped = text
        .split(/(\*\*|\*)/)
        .map((part) => (part === "**" ? ".*" : part === "*" ? "[^:]*" : part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&")));
    return new RegExp(`^${escaped.join("")}$`);
}
