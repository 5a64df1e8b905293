import type { CallAction, Program, Routine, Step } from "../syntax/ast";
import type { Values } from "./domain";
import { keyOfAll, none, part, text, unknown } from "./domain";
import { union } from "./join";
import type { Scope, Variables } from "./evaluate";
import { callFunction, evaluateValue } from "./evaluate";
import { flowOf, solve, type Flow, type World } from "./flow";
import { library } from "./library";
import { relevantOf } from "./relevant";
import type { DeclaredTarget } from "./types";
import { connectorResult } from "./connectors";

/** A call in a source with everything that its arguments can be. */
export interface ResolvedCall {
    routine: Routine;
    step: Step;
    action: CallAction;
    /** The values of `args`. */
    args: Values;
    /** The variables before the call, and what evaluating needs beside them. */
    variables: Variables;
    scope: Scope;
}

interface RoutineState {
    routine: Routine;
    flow: Flow;
    params: Map<string, Values>;
    returned: Values;
    called: boolean;
}

/** How often the whole program is gone through at most; values are bounded, so that few programs need more than 4. */
const MAX_ROUNDS = 12;

/**
 * Follows every value of a program through assignments, branches, loops, jumps, subworkflows, environment variables
 * and connectors, and gives each call with what its arguments can be. Calls that cannot be reached are given as if
 * nothing were known.
 */
export function resolveCalls(
    program: Program,
    targets: readonly DeclaredTarget[],
    env: Readonly<Record<string, string>>,
    source: string,
): ResolvedCall[] {
    // The rule about public invokers looks into the arguments of every call.
    const relevant = relevantOf(program, /all(Authenticated)?Users/.test(source));
    const routines = new Map<string, RoutineState>(
        program.routines.map((routine) => [
            routine.name.text,
            {
                routine,
                flow: flowOf(routine, relevant),
                params: new Map(),
                returned: none,
                called: routine.name.text === "main",
            },
        ]),
    );
    let changed = false;

    function enter(name: string, args: (param: string, index: number) => Values): Values | undefined {
        const state = routines.get(name);
        if (state === undefined) {
            return undefined;
        }
        changed ||= !state.called;
        state.called = true;
        for (const [index, param] of state.routine.params.entries()) {
            const given = args(param.name.text, index);
            const value =
                given.length === 0 && param.default !== undefined
                    ? evaluateValue(param.default, new Map(), scope)
                    : given;
            const old = state.params.get(param.name.text) ?? none;
            const now = union(old, value);
            if (keyOfAll(now) !== keyOfAll(old)) {
                state.params.set(param.name.text, now);
                changed = true;
            }
        }
        return state.returned;
    }

    const scope: Scope = {
        variable: (name) => environment(name, targets, env),
        subworkflow: (name, args) => enter(name, (_, index) => args[index] ?? none),
    };

    function world(state: RoutineState): World {
        return {
            ...scope,
            call: (action, _step, variables) => {
                const name = action.callee.text;
                const args = action.args === undefined ? none : evaluateValue(action.args, variables, scope);
                const named = (param: string, index: number): Values => argument(args, param, index);
                const params = Object.hasOwn(library, name) ? library[name]?.params : undefined;
                return (
                    enter(name, named) ??
                    connectorResult(name) ??
                    callFunction(name, params === undefined ? [] : trimmed(params.map(named)), scope)
                );
            },
            returned: (values) => {
                const now = union(state.returned, values);
                if (keyOfAll(now) !== keyOfAll(state.returned)) {
                    state.returned = now;
                    changed ||= state.routine.name.text !== "main";
                }
            },
        };
    }

    const states = new Map<RoutineState, (Variables | undefined)[]>();
    function round(): boolean {
        changed = false;
        for (const state of routines.values()) {
            if (state.called) {
                states.set(state, solve(state.flow, entryOf(state), world(state)));
            }
        }
        return changed;
    }
    // What nothing calls is analysed for itself: its callers are elsewhere, or yet to be written.
    function callTheUncalled(): boolean {
        const uncalled = [...routines.values()].filter((state) => !state.called);
        for (const state of uncalled) {
            state.called = true;
            for (const param of state.routine.params) {
                state.params.set(param.name.text, unknown("unknown", `the parameter ${param.name.text}`));
            }
        }
        return uncalled.length > 0;
    }
    if (!relevant.empty) {
        for (let rounds = 0; rounds < MAX_ROUNDS && (round() || callTheUncalled()); rounds++);
    }
    return [...routines.values()].flatMap((state) =>
        state.flow.nodes.flatMap(({ call }, index) => {
            const variables = states.get(state)?.[index] ?? new Map<string, Values>();
            return call === undefined
                ? []
                : {
                      routine: state.routine,
                      ...call,
                      variables,
                      scope,
                      args: call.action.args === undefined ? none : evaluateValue(call.action.args, variables, scope),
                  };
        }),
    );
}

/** The argument of a name, or of a place where the arguments are a list. */
export function argument(args: Values, name: string, index: number): Values {
    return args.reduce<Values>((all, value) => {
        switch (value.kind) {
            case "map":
                return union(all, value.fields.get(name) ?? value.rest);
            case "list":
                return union(all, value.items?.[index] ?? (value.items === undefined ? value.each : none));
            case "unknown":
                return union(all, unknown(value.origin, `${value.from}.${name}`));
            default:
                return all;
        }
    }, none);
}

/** Without the optional arguments at the end that were not given. */
function trimmed(args: Values[]): Values[] {
    const last = args.findLastIndex((arg) => arg.length > 0);
    return args.slice(0, last + 1);
}

function entryOf(state: RoutineState): Variables {
    return new Map(
        state.routine.params.map((param) => [
            param.name.text,
            state.routine.name.text === "main"
                ? unknown("caller", `the execution argument ${param.name.text}`)
                : (state.params.get(param.name.text) ?? none),
        ]),
    );
}

function environment(
    name: string,
    targets: readonly DeclaredTarget[],
    env: Readonly<Record<string, string>>,
): Values | undefined {
    const target = targets.find((t) => t.urlVariable === name || t.audienceVariable === name);
    if (target !== undefined) {
        return part({ kind: "target", name: target.name, what: target.urlVariable === name ? "url" : "audience" });
    }
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    return value === undefined ? undefined : text(value);
}
