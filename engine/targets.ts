import { StackError } from "./errors";

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
    private readonly expressions: RegExp[];

    constructor(private readonly texts: string[]) {
        this.expressions = texts.map(expressionOf);
    }

    matches(urn: string): boolean {
        return this.expressions.some((expression) => expression.test(urn));
    }

    /** Those that are none of the resources that there are. As with Pulumi, a pattern may match nothing. */
    unknown(known: { has(urn: string): boolean }[]): string[] {
        const literal = this.texts.filter((text) => !text.includes("*"));
        return literal.filter((text) => !known.some((urns) => urns.has(text)));
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
        if (target !== undefined && exclude !== undefined) {
            throw new StackError("target and exclude are given, which cannot both decide", { fix: "leave one out" });
        }
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
        if (named || comes) {
            this.meant.add(urn);
        }
        return this.meant.has(urn) !== this.excludes;
    }

    /** The targets that are none of the resources that there are. */
    unknown(known: { has(urn: string): boolean }[]): string[] {
        // To leave alone what is not there is no mistake.
        return this.excludes ? [] : this.named.unknown(known);
    }
}

function expressionOf(text: string): RegExp {
    const escaped = text
        .split(/(\*\*|\*)/)
        .map((part) => (part === "**" ? ".*" : part === "*" ? "[^:]*" : part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&")));
    return new RegExp(`^${escaped.join("")}$`);
}
