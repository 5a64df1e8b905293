import type { Expression } from "../expression";
import { rootOf, Scope } from "../control";
import type { Action, ForAction, Name, ParallelAction, Routine, Step, TryAction, Value } from "../syntax";
import { children } from "../expression";
import type { Report } from "./report";
import { union, Variables, type State } from "./variables";

/** Walks of one routine; one in which that many jumps back depend on each other is not told about. */
const MAX_WALKS = 50;

/** What is around a step. */
interface Place {
    scope: Scope;
    /** The steps that can be jumped to. */
    targets: ReadonlyMap<string, Step>;
    /** The `for` that `break` and `continue` are about. */
    loop?: ForAction;
    /** What sees the variables of every step within: `try` for its `except`, `parallel` for its other branches. */
    watchers: readonly Action[];
}

/**
 * Reports the reads of variables that no path to them assigns: they would raise an error in every execution that gets
 * there [INF: whether a deploy sees all of them]. Paths meet at steps that are jumped to, at loops and at handlers, so
 * a routine is walked until nothing new arrives there.
 */
export function checkFlow(routine: Routine, report: Report): void {
    new Flow(routine, report).check();
}

class Flow {
    private readonly scopes = new Map<object, Scope>();
    private readonly variables = new Variables();
    /** What arrives at the places where paths meet. */
    private readonly arrivals = new Map<object, bigint>();
    private told = 0n;
    private changed = true;
    private telling = false;

    constructor(
        private readonly routine: Routine,
        private readonly report: Report,
    ) {}

    check(): void {
        const { params, steps } = this.routine;
        const scope = Scope.routine(this.routine);
        const place: Place = { scope, targets: new Map(), watchers: [] };
        const walk = (): void => {
            this.report.step = undefined;
            const start = params.reduce<State>((before, param) => {
                this.read(param.default, before, place);
                return this.variables.with(before, param.name.text, scope);
            }, 0n);
            this.steps(steps, start, place);
        };
        for (let walks = 0; this.changed && walks < MAX_WALKS; walks++) {
            this.changed = false;
            walk();
        }
        this.telling = !this.changed;
        walk();
    }

    private steps(steps: Step[], start: State, around: Place): State {
        const place = { ...around, targets: new Map([...around.targets, ...steps.map(named)]) };
        let state = start;
        for (const step of steps) {
            this.report.step = step.name.text;
            state = union(state, this.arrivals.get(step));
            state = step.action === undefined ? state : this.action(step.action, state, place);
            if (step.next !== undefined) {
                this.jump(step.next, state, place);
                state = undefined;
            }
        }
        return state;
    }

    private jump({ text }: Name, state: State, { targets, loop }: Place): void {
        const target = text === "end" ? undefined : targets.get(text);
        if (target !== undefined) {
            this.arrive(target, state);
        } else if (loop !== undefined && text === "break") {
            this.arrive(loop, state);
        } else if (loop !== undefined && text === "continue") {
            this.arrive(loop.steps, state);
        }
    }

    private action(action: Action, state: State, place: Place): State {
        switch (action.kind) {
            case "assign":
                return action.assignments.reduce((before, { target, targetSpan, value }) => {
                    this.read(value, before, place);
                    if (target.kind === "variable") {
                        return this.assign(target.name, before, place);
                    }
                    this.use(rootOf(target), before, place, () => targetSpan);
                    return before;
                }, state);
            case "call":
                this.read(action.args, state, place);
                return action.result === undefined ? state : this.assign(action.result.text, state, place);
            case "switch":
                return this.switch(action, state, place);
            case "for":
                return this.for(action, state, place);
            case "parallel":
                return this.parallel(action, state, place);
            case "try":
                return this.try(action, state, place);
            case "raise":
            case "return":
                this.read(action.value, state, place);
                return undefined;
            case "steps":
                return this.steps(action.steps, state, place);
        }
    }

    private switch({ cases }: Action & { kind: "switch" }, state: State, place: Place): State {
        let after: State;
        for (const { condition, action, next } of cases) {
            this.read(condition, state, place);
            const end = action === undefined ? state : this.action(action, state, place);
            if (next === undefined) {
                after = union(after, end);
            } else {
                this.jump(next, end, place);
            }
            if (isTrue(condition)) {
                return after;
            }
        }
        return union(after, state);
    }

    private for(action: ForAction, state: State, place: Place): State {
        this.read(action.in ?? action.range, state, place);
        const scope = this.scope(action, () => place.scope.block([action.value, action.index], action.steps));
        this.arrive(action.steps, this.variables.begin(scope, [action.value, action.index], state));
        const inside = { ...place, scope, loop: action };
        const end = this.steps(action.steps, this.arrivals.get(action.steps), inside);
        this.arrive(action.steps, end);
        return union(union(state, end), this.arrivals.get(action));
    }

    private parallel(action: ParallelAction, state: State, { scope, watchers }: Place): State {
        const { shared, branches = [], for: loop } = action;
        this.read(action.concurrencyLimit, state, { scope });
        this.read(loop?.in ?? loop?.range, state, { scope });
        shared.forEach(({ text, span }) => this.use(text, state, { scope }, () => span));
        const names = [loop?.value, loop?.index];
        for (const steps of loop === undefined ? branches.map((step) => [step]) : [loop.steps]) {
            const inner = this.scope(steps[0] ?? action, () => scope.branch(names, steps, shared));
            const start = this.variables.begin(inner, names, union(state, this.arrivals.get(action)));
            this.steps(steps, start, { scope: inner, targets: new Map(), watchers: [...watchers, action] });
        }
        return union(state, this.arrivals.get(action));
    }

    private try(action: TryAction, state: State, place: Place): State {
        const { body, retry, except } = action;
        this.arrive(action, state);
        const failed = this.arrivals.get(action);
        const start = retry === undefined ? state : failed;
        const end = this.action(body, start, { ...place, watchers: [...place.watchers, action] });
        if (except === undefined) {
            return end;
        }
        const scope = this.scope(action, () => place.scope.block([except.as], except.steps));
        return union(
            end,
            this.steps(except.steps, this.variables.begin(scope, [except.as], failed), { ...place, scope }),
        );
    }

    private assign(name: string, state: State, { scope, watchers }: Place): State {
        const after = this.variables.with(state, name, scope);
        watchers.forEach((each) => this.arrive(each, after));
        return after;
    }

    private arrive(at: object, state: State): void {
        const known = this.arrivals.get(at);
        const all = union(known, state);
        if (all !== undefined && all !== known) {
            this.arrivals.set(at, all);
            this.changed = true;
        }
    }

    private read(value: Value | undefined, state: State, place: Pick<Place, "scope">): void {
        switch (value?.kind) {
            case "list":
                value.items.forEach((item) => this.read(item, state, place));
                break;
            case "map":
                value.entries.forEach((entry) => this.read(entry.value, state, place));
                break;
            case "expression":
                reads(value.expression).forEach((part) =>
                    this.use(part.name, state, place, () => this.report.spanIn(value, part)),
                );
        }
    }

    private use(name: string, state: State, { scope }: Pick<Place, "scope">, span: () => Name["span"]): void {
        const bit = this.variables.bit(name, scope);
        // What no block has at all is reported where names are looked up.
        if (!this.telling || state === undefined || ((state | this.told) & bit) !== 0n || !scope.find(name)) {
            return;
        }
        this.told |= bit;
        const message = `symbol '${name}' has no value here: no step that runs before assigns it`;
        this.report.add("undefined-variable", message, span());
    }

    private scope(of: object, make: () => Scope): Scope {
        const scope = this.scopes.get(of) ?? make();
        this.scopes.set(of, scope);
        return scope;
    }
}

const named = (step: Step): [string, Step] => [step.name.text, step];

function reads(part: Expression): (Expression & { kind: "variable" })[] {
    return part.kind === "variable" ? [part] : children(part).flatMap(reads);
}

function isTrue(value: Value): boolean {
    return value.kind === "literal"
        ? value.value === true
        : value.kind === "expression" && value.expression.kind === "literal" && value.expression.value === true;
}
