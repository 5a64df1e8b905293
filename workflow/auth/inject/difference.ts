import { defined } from "../../../common";
import type { CallAction, Entry, Program, Routine, Span } from "../../syntax";

/** A place where a program differs from what it was before its source was edited. */
export interface Difference {
    /** The place before the edits; the nearest that has one. */
    before?: Span;
    /** The place after the edits. */
    after?: Span;
    /** The step or routine that it is in, such as `step "ask"`. */
    place?: string;
    /** The call whose credential is not the one that was meant for it. */
    call?: CallAction;
}

/** The differences that are intended. */
export interface Meant {
    /** The calls that get another entry in their `args`, with that entry. */
    calls: ReadonlyMap<CallAction, Pick<Entry, "key" | "value">>;
    /** The names of the steps that a routine gets at its beginning. */
    steps: ReadonlyMap<Routine, ReadonlySet<string>>;
}

/**
 * Everything in which two programs differ but for what is meant. Without a difference both do the same in every run:
 * nothing is compared but what the interpreter goes by, and all of that.
 */
export function differences(before: Program, after: Program, meant: Meant): Difference[] {
    const comparison = new Comparison(meant);
    comparison.compare(before, after, {});
    return comparison.found;
}

type Fields = Readonly<Record<string, unknown>>;

class Comparison {
    readonly found: Difference[] = [];

    constructor(private readonly meant: Meant) {}

    compare(before: unknown, after: unknown, outer: Difference): void {
        if (Array.isArray(before) && Array.isArray(after)) {
            this.compareLists(before, after, outer);
        } else if (isFields(before) && isFields(after)) {
            const at = placeIn(before, after, outer);
            const entry = isCall(before) ? this.meant.calls.get(before) : undefined;
            const steps = isRoutine(before) ? this.meant.steps.get(before) : undefined;
            if (isCall(before) && entry !== undefined) {
                this.compareCall(before, after, entry, at);
            } else if (steps !== undefined) {
                this.compareFields(before, this.withoutFirst(steps, after, at), at);
            } else {
                this.compareFields(before, after, at);
            }
        } else if (!Object.is(before, after)) {
            this.found.push(placeIn(before, after, outer));
        }
    }

    private compareFields(before: Fields, after: Fields, at: Difference): void {
        for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
            if (!/span$/i.test(name)) {
                this.compare(before[name], after[name], at);
            }
        }
    }

    /** Compares both lists. An item that only one of them has is a difference, and the items after it are compared too. */
    private compareLists(before: readonly unknown[], after: readonly unknown[], at: Difference): void {
        const names = new Set(before.map(identifierOf));
        let index = 0;
        for (const item of after) {
            const name = identifierOf(item);
            if (name !== undefined && !names.has(name)) {
                this.found.push(only("after", item, at));
                continue;
            }
            while (index < before.length && identifierOf(before[index]) !== name) {
                this.found.push(only("before", before[index++], at));
            }
            if (index === before.length) {
                this.found.push(only("after", item, at));
            } else {
                this.compare(before[index++], item, at);
            }
        }
        this.found.push(...before.slice(index).map((item) => only("before", item, at)));
    }

    /** A routine without the steps that it got. */
    private withoutFirst(names: ReadonlySet<string>, routine: Fields, at: Difference): Fields {
        const steps = routine["steps"] as unknown[];
        const rest = steps.slice(names.size);
        if (steps.slice(0, names.size).some((step) => !names.has(identifierOf(step) ?? ""))) {
            this.found.push(at);
        }
        return { ...routine, steps: rest };
    }

    private compareCall(
        before: CallAction,
        after: Fields,
        { key, value }: Pick<Entry, "key" | "value">,
        at: Difference,
    ): void {
        const withoutEntry = ({ args, ...rest }: Fields): Fields => ({
            ...rest,
            args: entriesOf(args).filter((entry) => entry.key !== key),
        });
        this.compareFields(withoutEntry({ ...before }), withoutEntry(after), at);
        const now = entriesOf(after["args"]).find((entry) => entry.key === key)?.value;
        const comparison = new Comparison(this.meant);
        comparison.compare(sorted(value), sorted(now), at);
        if (comparison.found.length > 0) {
            this.found.push({ ...at, call: before });
        }
    }
}

/** The order of the entries of `auth` and `headers` makes no difference. */
function sorted(value: unknown): unknown {
    const entries = entriesOf(value);
    return entries.length === 0 ? value : [...entries].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function entriesOf(value: unknown): Entry[] {
    return isFields(value) && value["kind"] === "map" ? (value["entries"] as Entry[]) : [];
}

function placeIn(before: unknown, after: unknown, outer: Difference): Difference {
    const [old, now] = [spanOf(before), spanOf(after)];
    return { ...outer, ...defined({ before: old, after: now, place: placeOf(before) }) };
}

/** The place of an item that only one side has. */
function only(side: "before" | "after", item: unknown, { place, [side]: outer }: Difference): Difference {
    return defined({ place, [side]: spanOf(item) ?? outer });
}

function placeOf(item: unknown): string | undefined {
    const name = identifierOf(item);
    if (!isFields(item) || name === undefined) {
        return undefined;
    }
    return "action" in item ? `step "${name}"` : isRoutine(item) ? `routine "${name}"` : undefined;
}

function spanOf(item: unknown): Span | undefined {
    if (!isFields(item)) {
        return undefined;
    }
    const { keySpan, targetSpan, span, name } = item;
    return (keySpan ?? targetSpan ?? (isFields(name) ? name["span"] : undefined) ?? span) as Span | undefined;
}

/**
 * The key or name that identifies an entry, a step or a routine among its neighbours. Other items have their order
 * only.
 */
function identifierOf(item: unknown): string | undefined {
    if (!isFields(item)) {
        return undefined;
    }
    const { key, name } = item;
    return typeof key === "string"
        ? key
        : isFields(name) && typeof name["text"] === "string"
          ? name["text"]
          : undefined;
}

function isCall(item: Fields): item is Fields & CallAction {
    return item["kind"] === "call";
}

function isRoutine(item: Fields): item is Fields & Routine {
    return "params" in item && "steps" in item;
}

function isFields(item: unknown): item is Fields {
    return typeof item === "object" && item !== null;
}
