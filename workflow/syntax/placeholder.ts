/** A placeholder that another tool should have filled in before the source is deployed. */
export interface Placeholder {
    text: string;
    /** The tool whose syntax it is. */
    tool: string;
}

const PATTERNS: readonly [RegExp, string][] = [
    [/\$\$\{[^}]*\}/, "Terraform's escape of ${…} in a heredoc"],
    [/\{\{[^{}]*\}\}/, "a Jinja or Mustache template"],
    [/\bREPLACE_\w+/, "a text to replace by hand or with sed"],
];

/** Finds the first template placeholder in a text. */
export function findPlaceholder(text: string): Placeholder | undefined {
    for (const [pattern, tool] of PATTERNS) {
        const found = pattern.exec(text)?.[0];
        if (found !== undefined) {
            return { text: found, tool };
        }
    }
    return undefined;
}
