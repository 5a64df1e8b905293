import { INSIDE_SOURCE } from "../common";
import { auditFile, type Severity } from "../workflow";
import { at, type PolicyRule, type Subject, textAt, textsIn } from "./rule";

/** What the audit finds in the source of a workflow with one severity, each with its line and column. */
function problemsIn({ type, name, props }: Subject, severity: Severity): string[] {
    const source = type === "gcp:workflows/workflow:Workflow" ? textAt(props, "sourceContents") : undefined;
    // The workflow of smoke checks is told whom it calls, and runs as an account without any grant.
    if (source === undefined || source === INSIDE_SOURCE) {
        return [];
    }
    const { findings, diagnostics } = auditFile(source, name, { env: textsIn(at(props, "userEnvVars")) });
    return [
        ...diagnostics.map((d) => ({ ...d, text: d.message })),
        ...findings.map((f) => ({ ...f, text: `${f.rule}: ${f.what}; ${f.fix}` })),
    ]
        .filter((each) => each.severity === severity)
        .map(({ span, text }) => `${name}:${span.start.line}:${span.start.column}: ${text}`);
}

/** Refuses what `gcp-invoke audit` finds as errors in the source of any workflow. */
export const workflowAuth: PolicyRule = {
    name: "workflow-auth",
    description: "every call of a workflow carries the credential that its receiver checks, and leaks none",
    check: (subject) => problemsIn(subject, "error"),
};

/** Shows what `gcp-invoke audit` finds as warnings. */
export const workflowAuthWarnings: PolicyRule = {
    name: "workflow-auth-warnings",
    description: "the audience, scheme and host of each call of a workflow are certain",
    level: "advisory",
    check: (subject) => problemsIn(subject, "warning"),
};
