import { StackError } from "./errors";

/** The resources that an operation is limited to. Only one of `target` and `exclude` may be given. */
export interface Limits {
    /** URNs, or patterns of URNs (`*`, `**`), of the resources that the operation is limited to. @default - all */
    target?: string[];
    /** Whether the dependents of a target are targets too. @default false */
    targetDependents?: boolean;
    /** URNs, or patterns of URNs, of resources that the operation leaves as they are. @default - none */
    exclude?: string[];
    /** Whether the dependents of an excluded resource are excluded too. @default false */
    excludeDependents?: boolean;
}

/**
 * Patterns of URNs, in which `*` stands for any text without a colon and `**` for any text.
 * https://www.pulumi.com/docs/iac/cli/commands/pulumi_up/
 */
export class UrnPatterns {
    private readonly expressions: RegExp[];

    constructor(private readonly texts: string[]) {
        this.expressions = texts.map(expressionOf);
    }

    matches(urn: string): boolean {
        return this.expressions.some((expression) => expression.test(urn));
    }

    /** The URNs that no resource has. As with Pulumi, a pattern with a `*` may match nothing. */
    missing(known: { has(urn: string): boolean }[]): string[] {
        const literal = this.texts.filter((text) => !text.includes("*"));
        return literal.filter((text) => !known.some((urns) => urns.has(text)));
    }
}

/** The resources that an operation is limited to. */
export class Targets {
    private readonly named: UrnPatterns;
    private readonly excludes: boolean;
    private readonly withDependents: boolean;
    /** The URNs that the patterns match, and those of dependents that come with them. */
    private readonly matched = new Set<string>();

    /** Throws if both targets and exclusions are given. */
    constructor({ target, exclude, targetDependents = false, excludeDependents = false }: Limits) {
        if (target !== undefined && exclude !== undefined) {
            throw new StackError("target and exclude are both given", { fix: "leave one out" });
        }
        this.excludes = target === undefined;
        this.named = new UrnPatterns(target ?? exclude ?? []);
        this.withDependents = this.excludes ? excludeDependents : targetDependents;
    }

    /**
     * Whether the operation is limited to a resource. The resources that it depends on must be asked for before it.
     *
     * @param dependencies - the URNs of the resources that it depends on
     */
    matches(urn: string, dependencies: string[] = []): boolean {
        const named = this.named.matches(urn);
        const isDependent = this.withDependents && dependencies.some((other) => this.matched.has(other));
        if (named || isDependent) {
            this.matched.add(urn);
        }
        return this.matched.has(urn) !== this.excludes;
    }

    /** The targets that no resource has as its URN. */
    missing(known: { has(urn: string): boolean }[]): string[] {
        // It is no mistake to exclude a resource that does not exist.
        return this.excludes ? [] : this.named.missing(known);
    }
}

function expressionOf(text: string): RegExp {
    const escaped = text
        .split(/(\*\*|\*)/)
        .map((part) => (part === "**" ? ".*" : part === "*" ? "[^:]*" : part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&")));
    return new RegExp(`^${escaped.join("")}$`);
}
