import { auditFile, type Severity } from "../workflow";
import { at, type PolicyRule, type Subject, textAt, textsIn } from "./rule";

/** What the audit finds of one severity in the source of a workflow, each with its place. */
function found({ type, name, props }: Subject, severity: Severity): string[] {
    const source = type === "gcp:workflows/workflow:Workflow" ? textAt(props, "sourceContents") : undefined;
    if (source === undefined) {
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

/** The errors of `gcp-invoke audit` on the source of any workflow. */
export const workflowAuth: PolicyRule = {
    name: "workflow-auth",
    description: "every call of a workflow carries the credential that its receiver checks, and leaks none",
    check: (subject) => found(subject, "error"),
};

/** Its warnings. */
export const workflowAuthWarnings: PolicyRule = {
    name: "workflow-auth-warnings",
    description: "audiences, schemes and hosts of a workflow's calls are what a reader can be sure of",
    level: "advisory",
    check: (subject) => found(subject, "warning"),
};
