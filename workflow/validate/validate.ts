import { Scope } from "../control";
import type { Diagnostic, Parsed, Program, Routine } from "../syntax";
import { ExpressionChecker, type Subworkflows } from "./expressions";
import { checkFlow } from "./flow";
import { DEPLOY_LIMITS } from "./limits";
import { Report } from "./report";
import { StepChecker } from "./steps";

/**
 * Everything that a deploy would refuse, and what it would accept although its author will hardly have meant it (`severity: "warning"`):
 * the diagnostics of the parser and those of the checks.
 */
export function validateWorkflow(parsed: Parsed): Diagnostic[] {
    const report = new Report(parsed.source);
    if (parsed.program !== undefined) {
        checkProgram(parsed.program, report);
    }
    return [...parsed.diagnostics, ...report.diagnostics].sort((a, b) => a.span.start.offset - b.span.start.offset);
}

/**
 * The error of the Workflows API for a deploy of a source with these diagnostics; undefined if it accepts the source.
 * https://cloud.google.com/workflows/docs/troubleshooting
 */
export function deployError(diagnostics: readonly Diagnostic[]): string | undefined {
    const error = diagnostics.find(({ severity }) => severity === "error");
    if (error === undefined) {
        return undefined;
    }
    const { line, column } = error.span.start;
    const where =
        error.step === undefined ? `parse error: line ${line}, column ${column}` : `error in step ${error.step}`;
    return `failed to build: ${where}: ${error.message}`;
}

function checkProgram(program: Program, report: Report): void {
    const subworkflows: Subworkflows = new Map(
        program.routines
            .filter(({ name }) => name.text !== "main")
            .map(({ name, params }) => [
                name.text,
                { params: params.map((param) => param.name.text + (param.default === undefined ? "" : "?")) },
            ]),
    );
    const expressions = new ExpressionChecker(report, subworkflows);
    const steps = new StepChecker(report, expressions, subworkflows);
    if (!program.routines.some(({ name }) => name.text === "main")) {
        report.add(
            "no-main",
            "the routine 'main' is missing: a workflow with named routines starts there",
            program.span,
        );
    }
    for (const routine of program.routines) {
        report.step = undefined;
        checkParams(routine, report);
        const scope = Scope.routine(routine);
        routine.params.forEach((param) => expressions.default(param.default, scope));
        steps.steps(routine.steps, { scope, jumps: { break: false, continue: false }, parallelDepth: 0 });
        checkFlow(routine, report);
    }
}

function checkParams({ name, params }: Routine, report: Report): void {
    const most = name.text === "main" ? 1 : DEPLOY_LIMITS.params;
    if (params.length > most) {
        report.add(
            "limit",
            `'${name.text}' has ${params.length} parameters, more than the ${most} that are allowed`,
            name.span,
        );
    }
    params.forEach((param, index) => {
        if (params.findIndex((each) => each.name.text === param.name.text) < index) {
            report.add("duplicate-name", `the parameter '${param.name.text}' occurs twice`, param.name.span);
        }
    });
}
