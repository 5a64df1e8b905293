import type { Expression } from "../expression/ast";
import type { Entry, Value } from "../syntax/ast";
import type { Abstract, Part, Values } from "./domain";
import { literalOf, none, numberFrom, originsOf, singleLiteral, text, unknown, worst } from "./domain";
import { concat, join, union } from "./join";
import { field, library, listOf, type LibraryContext } from "./library";

/** What each variable can be at a place in a routine. Never changed in place. */
export type Variables = ReadonlyMap<string, Values>;

/** What evaluation needs to know of the rest of the program. */
export interface Scope extends LibraryContext {
    /** Calls a subworkflow with positional arguments; `undefined` where there is none of that name. */
    subworkflow(name: string, args: Values[]): Values | undefined;
}

/** Everything that a value in a source can be. */
export function evaluateValue(value: Value, variables: Variables, scope: Scope): Values {
    switch (value.kind) {
        case "literal":
            return typeof value.value === "string" ? text(value.value) : [{ kind: "scalar", value: value.value }];
        case "expression":
            return evaluate(value.expression, variables, scope);
        case "list":
            return listOf(value.items.map((item) => evaluateValue(item, variables, scope)));
        case "map":
            return [written(value.entries, variables, scope)];
    }
}

/** A map as it is written; what YAML's merge key `<<` brings in gives way to what the map says itself. */
function written(entries: Entry[], variables: Variables, scope: Scope): Abstract {
    const own = new Map(entries.map((entry) => [entry.key, evaluateValue(entry.value, variables, scope)]));
    const merged = own.get("<<")?.[0];
    own.delete("<<");
    return merged?.kind === "map"
        ? { kind: "map", fields: new Map([...merged.fields, ...own]), rest: merged.rest }
        : { kind: "map", fields: own, rest: none };
}

/** Everything that an expression can give. */
export function evaluate(expression: Expression, variables: Variables, scope: Scope): Values {
    const sub = (inner: Expression): Values => evaluate(inner, variables, scope);
    switch (expression.kind) {
        case "literal":
            return typeof expression.value === "string"
                ? text(expression.value)
                : [{ kind: "scalar", value: expression.value }];
        case "number":
            return [{ kind: "scalar", value: expression.integer ? BigInt(expression.text) : Number(expression.text) }];
        case "variable":
            return variables.get(expression.name) ?? none;
        case "member":
            return field(sub(expression.object), expression.name);
        case "index":
            return indexed(sub(expression.object), sub(expression.index));
        case "call": {
            const args = expression.args.map(sub);
            return callFunction(expression.callee, args, scope);
        }
        case "unary":
            return numberFrom(sub(expression.operand));
        case "binary":
            return expression.operator === "+"
                ? added(sub(expression.left), sub(expression.right))
                : numberFrom([...sub(expression.left), ...sub(expression.right)]);
        case "list":
            return listOf(expression.items.map(sub));
        case "map":
            return [mapOf(expression.entries.map((e): [Values, Values] => [sub(e.key), sub(e.value)]))];
    }
}

/** A library function or a subworkflow with positional arguments. */
export function callFunction(name: string, args: Values[], scope: Scope): Values {
    if (args.some((arg) => arg.length === 0)) {
        return none;
    }
    const known = Object.hasOwn(library, name) ? library[name] : undefined;
    return (
        known?.apply(args, scope) ??
        scope.subworkflow(name, args) ??
        unknown(worst(["data", ...args.flat().flatMap(originsOf)]), `the result of ${name}`)
    );
}

function added(left: Values, right: Values): Values {
    const numeric = (value: Abstract): boolean =>
        value.kind === "scalar" || (value.kind === "text" && value.parts.length === 1 && value.parts.every(isNumber));
    return left.length > 0 && right.length > 0 && left.every(numeric) && right.every(numeric)
        ? numberFrom([...left, ...right])
        : concat(left, right);
}

function isNumber(part: Part): boolean {
    return part.kind === "word" || (part.kind === "encoded" && part.number === true);
}

function mapOf(entries: [Values, Values][]): Abstract {
    const fields = new Map<string, Values>();
    let rest = none;
    for (const [key, value] of entries) {
        const name = singleLiteral(key);
        if (name === undefined) {
            rest = union(rest, value);
            fields.forEach((old, known) => fields.set(known, union(old, value)));
        } else {
            fields.set(name, value);
        }
    }
    return { kind: "map", fields, rest };
}

function indexed(object: Values, index: Values): Values {
    const [list] = object;
    const [only] = index;
    if (list?.kind === "list" && object.length === 1 && only?.kind === "scalar" && index.length === 1) {
        return list.items?.[Number(only.value)] ?? list.each;
    }
    return field(object, singleLiteral(index));
}

/** The variables after `target = value`. Fields of maps are followed; what cannot be followed is joined. */
export function assign(variables: Variables, target: Expression, value: Values, scope: Scope): Variables {
    const path: (string | undefined)[] = [];
    let root = target;
    while (root.kind === "member" || root.kind === "index") {
        path.unshift(root.kind === "member" ? root.name : keyIn(root.index, variables, scope));
        root = root.object;
    }
    if (root.kind !== "variable") {
        return variables;
    }
    const next = new Map(variables);
    next.set(root.name, updated(variables.get(root.name) ?? none, path, value));
    return next;
}

function keyIn(index: Expression, variables: Variables, scope: Scope): string | undefined {
    const [only, ...more] = evaluate(index, variables, scope);
    return only !== undefined && more.length === 0 ? literalOf(only) : undefined;
}

const emptyMap: Abstract = { kind: "map", fields: new Map(), rest: none };

function updated(object: Values, path: (string | undefined)[], value: Values): Values {
    const [name, ...more] = path;
    if (path.length === 0) {
        return value;
    }
    return join(
        (object.length === 0 ? [emptyMap] : object).map((old): Abstract => {
            if (old.kind === "list") {
                return { kind: "list", each: union(old.each, updated(old.each, more, value)) };
            }
            const fields = new Map<string, Values>(old.kind === "map" ? old.fields : []);
            const rest = old.kind === "map" ? old.rest : field([old], undefined);
            if (name === undefined) {
                // It may be any key, those that are known too.
                fields.forEach((known, key) => fields.set(key, union(known, updated(known, more, value))));
                return { kind: "map", fields, rest: union(rest, updated(rest, more, value)) };
            }
            fields.set(name, updated(fields.get(name) ?? rest, more, value));
            return { kind: "map", fields, rest };
        }),
    );
}
