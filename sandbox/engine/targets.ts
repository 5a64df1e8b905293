/**
 * The resources to which an operation is limited: URNs, in which `*` stands for a part and `**` for anything.
 * https://www.pulumi.com/docs/iac/cli/commands/pulumi_up/
 */
export class Targets {
    private readonly patterns: { text: string; expression: RegExp; matched: boolean }[];

    constructor(texts: string[]) {
        this.patterns = texts.map((text) => ({ text, expression: expressionOf(text), matched: false }));
    }

    matches(urn: string): boolean {
        const found = this.patterns.filter(({ expression }) => expression.test(urn));
        found.forEach((pattern) => (pattern.matched = true));
        return found.length > 0;
    }

    /** Throws where a target was none of the resources that were asked for so far. */
    refuseUnknown(): void {
        const unknown = this.patterns.filter(({ matched }) => !matched).map(({ text }) => `"${text}"`);
        if (unknown.length > 0)
            throw new Error(`no resource of the stack is ${unknown.join(", ")}; give a URN as the state lists it`);
    }
}

function expressionOf(text: string): RegExp {
    const escaped = text
        .split(/(\*\*|\*)/)
        .map((part) => (part === "**" ? ".*" : part === "*" ? "[^:]*" : part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&")));
    return new RegExp(`^${escaped.join("")}$`);
}
