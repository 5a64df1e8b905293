import { callsIn, type Expression, subexpressions } from "../expression";
import { LIBRARY, connector, findMethod, HELPER_NAMES, isConnectorName, methodsOf, type Callee } from "../run";
import type { Scope } from "../control";
import { didYouMean } from "../../common";
import { valuesIn, type Severity, type Span, type Value } from "../syntax";
import { DEPLOY_LIMITS } from "./limits";
import type { Report } from "./report";

/** The callees of a program that are not in the standard library. */
export type Subworkflows = ReadonlyMap<string, Pick<Callee, "params">>;

/** Checks the names, calls and lengths of expressions. */
export class ExpressionChecker {
    constructor(
        private readonly report: Report,
        private readonly subworkflows: Subworkflows,
    ) {}

    /** @param what names the value in messages, as in `error evaluating return value: …`. */
    value(value: Value | undefined, scope: Scope, what: string): void {
        switch (value?.kind) {
            case "list":
            case "map":
                valuesIn(value).forEach((each) => this.value(each, scope, what));
                break;
            case "expression":
                if (value.text.length + 3 > DEPLOY_LIMITS.expression) {
                    this.report.add(
                        "limit",
                        `the expression has ${value.text.length + 3} characters, more than the ${DEPLOY_LIMITS.expression} that are allowed: split it over several assignments`,
                        value.span,
                    );
                }
                this.parts(value.expression, scope, (part, rule, message, severity) =>
                    this.report.addIn(value, part, rule, `error evaluating ${what}: ${message}`, severity),
                );
        }
    }

    /** Checks the default of a parameter, which may not wait for anything [K]. */
    default(value: Value | undefined, scope: Scope): void {
        this.value(value, scope, "default value");
        if (value?.kind === "expression" && this.waits(value.expression)) {
            this.report.add("blocking-call", "the default of a parameter cannot call a sub-workflow", value.span);
        }
    }

    /** Checks the indices in the target of an assignment. */
    target(target: Expression, span: Span, scope: Scope): void {
        this.parts(target, scope, (_, rule, message, severity) => this.report.add(rule, message, span, severity));
    }

    callee(name: string): Pick<Callee, "params" | "open"> | undefined {
        return this.subworkflows.get(name) ?? LIBRARY.get(name) ?? connector(name);
    }

    unknown(name: string): string {
        if (name.startsWith("googleapis.")) {
            const like = didYouMean(name, methodsOf(name)) || ": call the API with http.request instead";
            return `the connector '${name}' is not known here, so that a run here ends at it${like}`;
        }
        const known = [...this.subworkflows.keys(), ...LIBRARY.keys(), ...HELPER_NAMES];
        return `'${name}' is neither a function of the standard library nor a sub-workflow name${didYouMean(name, known)}`;
    }

    private parts(
        expression: Expression,
        scope: Scope,
        onProblem: (part: Expression, rule: string, message: string, severity?: Severity) => void,
    ): void {
        for (const part of subexpressions(expression)) {
            switch (part.kind) {
                case "variable":
                    if (scope.find(part.name) === undefined) {
                        onProblem(part, "undefined-variable", undefinedVariable(part.name, scope));
                    }
                    break;
                case "number":
                    if (part.integer && BigInt(part.text) > 2n ** 63n) {
                        onProblem(part, "integer-range", `the integer ${part.text} does not fit 64 bits`);
                    }
                    break;
                case "call":
                    this.call(part, (rule, message, severity) => onProblem(part, rule, message, severity));
            }
        }
    }

    private waits(expression: Expression): boolean {
        return callsIn(expression).some(({ callee }) => !LIBRARY.has(callee));
    }

    /** Whether a name has the form of a connector, and this table does not know it: Google Cloud may. */
    isUnknownConnector(name: string): boolean {
        return isConnectorName(name) && findMethod(name) === undefined;
    }

    private call(
        part: Expression & { kind: "call" },
        onProblem: (rule: string, message: string, severity?: Severity) => void,
    ): void {
        const callee = this.callee(part.callee);
        if (callee === undefined) {
            onProblem("undefined-function", this.unknown(part.callee));
            return;
        }
        if (this.isUnknownConnector(part.callee)) {
            onProblem("unknown-connector", this.unknown(part.callee), "warning");
            return;
        }
        if (LIBRARY.get(part.callee)?.blocking === true && !this.subworkflows.has(part.callee)) {
            onProblem("blocking-call", `${part.callee} blocks, so it cannot be used in an expression: use a call step`);
            return;
        }
        const most = callee.params?.length ?? 1;
        const least = callee.params?.filter((param) => !param.endsWith("?")).length ?? 0;
        if (part.args.length < least || part.args.length > most) {
            onProblem(
                "arguments",
                `${part.callee} takes ${least === most ? least : `${least} to ${most}`} arguments, got ${part.args.length}`,
            );
        }
    }
}

/** Google's message, and a similar name if there is one. */
export function undefinedVariable(name: string, scope: Scope): string {
    return `symbol '${name}' is neither a variable nor a sub-workflow name${didYouMean(name, scope.names())}`;
}
