/**
 * The resources to which an operation is limited: URNs, in which `*` stands for a part and `**` for anything.
 * https://www.pulumi.com/docs/iac/cli/commands/pulumi_up/
 */
export class Targets {
    private readonly expressions: RegExp[];

    constructor(private readonly texts: string[]) {
        this.expressions = texts.map(expressionOf);
    }

    matches(urn: string): boolean {
        return this.expressions.some((expression) => expression.test(urn));
    }

    /** What is wrong where a target is none of the resources that there are. As with Pulumi, a pattern may match nothing. */
    unknown(...known: { has(urn: string): boolean }[]): string | undefined {
        const literal = this.texts.filter((text) => !text.includes("*"));
        const unknown = literal.filter((text) => !known.some((urns) => urns.has(text)));
        if (unknown.length === 0) return undefined;
        return `no resource of the stack is ${unknown.map((text) => `"${text}"`).join(", ")}; give a URN as the state lists it`;
    }
}

function expressionOf(text: string): RegExp {
    const escaped = text
        .split(/(\*\*|\*)/)
        .map((part) => (part === "**" ? ".*" : part === "*" ? "[^:]*" : part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&")));
    return new RegExp(`^${escaped.join("")}$`);
}
