import { type CallNode, graphOf } from "../../control";
import type { Expression } from "../../expression";
import { LIBRARY } from "../../run";
import type { CallAction, Program, Routine, Step, Value } from "../../syntax";
import { givenFor } from "./argument";
import { connectorResult } from "./connectors";
import { none, part, text, unknown, type Values } from "./domain";
import { callFunction, evaluate, evaluateValue, type Scope } from "./evaluate";
import { explained } from "./explain";
import { Analysis } from "./analysis";
import type { RoutineState, FlowKind } from "./routine-state";
import type { DeclaredTarget } from "../types";

/** A call in a source with everything that its arguments can be. */
export interface ResolvedCall {
    routine: Routine;
    step: Step;
    action: CallAction;
    /** The values of `args`. */
    args: Values;
    /** What an expression can be right before the call. */
    evaluate(expression: Expression): Values;
    /** Says how a value of the call can be what `from` names: which variable, assigned where, and when. */
    explain(value: Value, from: string): string | undefined;
}

export interface ResolveOptions {
    targets?: readonly DeclaredTarget[];
    /** The values of `sys.get_env` that are known. */
    env?: Readonly<Record<string, string>>;
    /** For tests of the resolver's own proof: the ways of one kind are not followed. */
    without?: FlowKind;
}

/**
 * Follows every value of a program along every way that a run can take (the graph of `control/`, which runs take too),
 * and gives each call with what its arguments can be. Calls that cannot be reached are given as if nothing were known.
 */
export function resolveCalls(program: Program, options: ResolveOptions = {}): ResolvedCall[] {
    const routines = new Map(program.routines.map((routine) => [routine.name.text, initialState(routine)]));
    const scope: Pick<Scope, "variable" | "without"> = {
        variable: (name) => environment(name, options),
        without: options.without,
    };
    const analysis: Analysis = new Analysis(routines, {
        ...scope,
        ...(options.without && { without: options.without }),
        call: ({ callee }, args, subworkflow) =>
            subworkflow() ??
            connectorResult(callee.text, args) ??
            callFunction(callee.text, argumentsOf(callee.text, args), {
                ...scope,
                read: () => none,
                subworkflow: () => undefined,
            }),
    });
    const main = routines.get("main");
    if (main !== undefined) {
        analysis.enter(main, (name) => ({
            values: unknown("caller", `the execution argument ${name}`),
            mayLack: true,
        }));
        analysis.solve();
    }
    // What nothing calls is analysed for itself: its callers are elsewhere, or yet to be written.
    for (const routine of [...routines.values()].filter(({ isCalled }) => !isCalled)) {
        analysis.enter(routine, (name) => ({ values: unknown("unknown", `the parameter ${name}`), mayLack: true }));
    }
    analysis.solve();
    return [...routines.values()].flatMap((routine) =>
        routine.graph.nodes
            .filter((node) => node.kind === "call")
            .sort((one, other) => offsetOf(one) - offsetOf(other))
            .map((node) => resolved(analysis, routine, node)),
    );
}

function initialState(routine: Routine): RoutineState {
    const graph = graphOf(routine);
    return { graph, states: [], passed: [], omitted: [], isCalled: false, users: new Set() };
}

const offsetOf = ({ action }: CallNode): number => action.callee.span.start.offset;

function resolved(analysis: Analysis, routine: RoutineState, node: CallNode): ResolvedCall {
    const { action, step } = node;
    const scope = analysis.scopeAt(routine, node, undefined);
    return {
        routine: routine.graph.routine,
        step,
        action,
        args: action.args === undefined ? none : evaluateValue(action.args, scope),
        evaluate: (expression) => evaluate(expression, scope),
        explain: (value, from) => explained(analysis, { routine, node }, value, from),
    };
}

/** The arguments of a library function in order, or `undefined` if one is not given. */
function argumentsOf(callee: string, args: Values): (Values | undefined)[] {
    const params = LIBRARY.get(callee)?.params ?? [];
    const given = params.map((param, index) => givenFor(args, param.replace("?", ""), index));
    return given.map(({ values, mayLack }) =>
        values.length === 0 && mayLack ? undefined : mayLack ? [...values, { kind: "scalar", value: null }] : values,
    );
}

function environment(name: string, { targets = [], env = {} }: ResolveOptions): Values | undefined {
    for (const target of targets) {
        const { urlVariable, audienceVariable, privateService } = target;
        const what = urlVariable === name ? "url" : audienceVariable === name ? "audience" : undefined;
        const known = what ?? (privateService?.variable === name ? "private service" : undefined);
        if (known !== undefined) {
            return part({ kind: "target", name: target.name, what: known });
        }
    }
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    return value === undefined ? undefined : text(value);
}
