import { type Abstract, type Part, present, type Values } from "../../../../workflow/auth/flow/domain";
import { literal } from "../../../../workflow/run/values/literal";
import { Double, doubleText, isMapValue, type RuntimeValue } from "../../../../workflow/run/values/value";
import { ORDERS, STOCK } from "./programs";
import { SERVICE } from "./hostile-host";

/** Whether a value that a run had is one of those that the analysis gave. */
export function contains(values: Values, value: RuntimeValue): boolean {
    return present(values).some((each) => containsOne(each, value));
}

function containsOne(one: Abstract, value: RuntimeValue): boolean {
    switch (one.kind) {
        case "unknown":
            return true;
        case "scalar":
            return sameScalar(literal(one.value), value);
        case "text": {
            const text = textOf(value, one.parts);
            return text !== undefined && new RegExp(`^${one.parts.map(pattern).join("")}$`, "s").test(text);
        }
        case "list":
            return (
                Array.isArray(value) &&
                (one.items === undefined
                    ? value.every((item) => contains(one.each, item))
                    : one.items.length === value.length &&
                      one.items.every((item, index) => contains(item, value[index] ?? null)) &&
                      value.every((item) => contains(one.each, item)))
            );
        case "map":
            return (
                isMapValue(value) &&
                Array.from(value).every(([key, each]) => contains(one.fields.get(key) ?? one.rest, each)) &&
                Array.from(one.fields).every(([key, each]) => value.has(key) || each.some((v) => v.kind === "absent"))
            );
        default:
            return false;
    }
}

function sameScalar(one: RuntimeValue, other: RuntimeValue): boolean {
    return one instanceof Double ? other instanceof Double && Object.is(one.value, other.value) : one === other;
}

/** A number or a boolean is told by its text where the analysis knows no more of it. */
function textOf(value: RuntimeValue, parts: Part[]): string | undefined {
    if (typeof value === "string") {
        return value;
    }
    const isAlone = parts.length === 1 && (parts[0]?.kind === "word" || parts[0]?.kind === "encoded");
    if (!isAlone) {
        return undefined;
    }
    return value instanceof Double
        ? doubleText(value.value)
        : typeof value === "number" || typeof value === "bigint" || typeof value === "boolean"
          ? String(value)
          : undefined;
}

function pattern(part: Part): string {
    switch (part.kind) {
        case "text":
            return escaped(part.text);
        case "word":
            return "[A-Za-z0-9_-]*";
        case "encoded":
            return "[A-Za-z0-9_.~%+-]*";
        case "target":
            return escaped(part.name === "orders" ? ORDERS : STOCK);
        case "service":
            return escaped(SERVICE);
        case "hole":
            return ".*";
    }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
