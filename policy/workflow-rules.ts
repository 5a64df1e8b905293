import { auditFile } from "../workflow/auth";
import { at, type PolicyRule, textAt, textsIn } from "./rule";

/** The audit of `gcp-invoke audit` on the source of any workflow. */
export const workflowAuth: PolicyRule = {
    name: "workflow-auth",
    description: "every call of a workflow carries the credential that its receiver checks, and leaks none",
    check: ({ type, name, props }) => {
        const source = type === "gcp:workflows/workflow:Workflow" ? textAt(props, "sourceContents") : undefined;
        if (source === undefined) {
            return [];
        }
        const { findings, diagnostics } = auditFile(source, name, { env: textsIn(at(props, "userEnvVars")) });
        return [
            ...diagnostics.filter((d) => d.severity === "error").map(({ span, message }) => ({ span, text: message })),
            ...findings
                .filter((f) => f.severity === "error")
                .map(({ span, rule, what, fix }) => ({ span, text: `${rule}: ${what}; ${fix}` })),
        ].map(({ span, text }) => `${name}:${span.start.line}:${span.start.column}: ${text}`);
    },
};
