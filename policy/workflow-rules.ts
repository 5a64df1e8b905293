import { auditFile } from "../workflow/auth";
import { at, type PolicyRule, textAt } from "./rule";

/** The audit of `gcp-invoke audit` on the source of any workflow. */
export const workflowAuth: PolicyRule = {
    name: "workflow-auth",
    description: "every call of a workflow carries the credential that its receiver checks, and leaks none",
    check: ({ type, name, props }) => {
        const source = type === "gcp:workflows/workflow:Workflow" ? textAt(props, "sourceContents") : undefined;
        if (source === undefined) {
            return [];
        }
        const env = Object.entries((at(props, "userEnvVars") ?? {}) as Record<string, unknown>).filter(
            (entry): entry is [string, string] => typeof entry[1] === "string",
        );
        const { findings, diagnostics } = auditFile(source, name, { env: Object.fromEntries(env) });
        return [
            ...diagnostics.filter((d) => d.severity === "error").map(({ span, message }) => ({ span, text: message })),
            ...findings
                .filter((f) => f.severity === "error")
                .map(({ span, rule, what, fix }) => ({ span, text: `${rule}: ${what}; ${fix}` })),
        ].map(({ span, text }) => `${name}:${span.start.line}:${span.start.column}: ${text}`);
    },
};
