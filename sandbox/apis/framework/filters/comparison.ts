import type { Field } from "./fields";

/** What a comparison looks for: a text, or a function of Cloud Monitoring with its text. */
export interface Wanted {
    text: string;
    function?: string;
}

/** The functions that can stand for a value. https://cloud.google.com/monitoring/api/v3/sorting-and-filtering */
const FUNCTIONS: Record<string, (found: string, text: string) => boolean> = {
    starts_with: (found, text) => found.startsWith(text),
    ends_with: (found, text) => found.endsWith(text),
    has_substring: (found, text) => found.includes(text),
};

/** What is wrong with a comparison, as "expected …"; undefined if nothing is. */
export function problemOf({ kind, allowed = [] }: Field<never>, operator: string, wanted: Wanted): string | undefined {
    const { text } = wanted;
    if (wanted.function !== undefined) {
        return Object.hasOwn(FUNCTIONS, wanted.function) && (operator === "=" || operator === "!=")
            ? undefined
            : `one of the functions ${Object.keys(FUNCTIONS).join(", ")} after = or !=`;
    }
    if (operator === ":" && text === "*") {
        return undefined;
    }
    switch (kind) {
        case "number":
            return text.trim() === "" || Number.isNaN(Number(text)) ? "a number" : undefined;
        case "flag":
            return text === "true" || text === "false" ? undefined : "true or false";
        case "enum":
            return allowed.includes(text) ? undefined : `one of ${allowed.join(", ")}`;
        case "time":
            return timeOf(text) === undefined ? "a time such as 2030-01-01T00:00:00Z" : undefined;
        case "duration":
            return durationOf(text) === undefined ? "a duration such as 3.5s" : undefined;
        case "map":
            return operator === ":" ? undefined : "the operator : and a key, or a key behind a dot";
        case "message":
            return "the operator : and *, or a field of it behind a dot";
        default:
            return undefined;
    }
}

/** Whether one of the values of a field is what a comparison wants. */
export function holds(field: Field<never>, values: readonly string[], operator: string, wanted: Wanted): boolean {
    if (operator === ":" && wanted.text === "*") {
        return values.some((found) => found !== field.unset);
    }
    const equal = (found: string): boolean => isEqual(field, found, wanted);
    switch (operator) {
        case "=":
            return values.some(equal);
        case "!=":
            return values.length > 0 && !values.some(equal);
        case ":":
            return values.some((found) =>
                field.kind === "text" || field.kind === "any" ? contains(found, wanted.text) : equal(found),
            );
        default:
            return values.some((found) => isOrdered(compare(field, found, wanted.text), operator));
    }
}

function isOrdered(order: number, operator: string): boolean {
    return operator.startsWith(">")
        ? order > 0 || (operator === ">=" && order === 0)
        : order < 0 || (operator === "<=" && order === 0);
}

function isEqual(field: Field<never>, found: string, wanted: Wanted): boolean {
    if (wanted.function !== undefined) {
        return FUNCTIONS[wanted.function]?.(found, wanted.text) ?? false;
    }
    const { text } = wanted;
    const isText = field.kind === "text" || field.kind === "any";
    return isText && STARS.test(text) ? fits(found, text) : compare(field, found, text) === 0;
}

function contains(found: string, text: string): boolean {
    const [whole, part] = [found.toLowerCase(), text.toLowerCase()];
    return STARS.test(part) ? fits(whole, part) : whole.includes(part);
}

/** A star at the beginning or at the end stands for any text. */
const STARS = /^\*|\*$/;

function fits(found: string, pattern: string): boolean {
    const part = pattern.replace(/^\*|\*$/g, "");
    if (pattern.startsWith("*") && pattern.endsWith("*")) {
        return found.includes(part);
    }
    return pattern.startsWith("*") ? found.endsWith(part) : found.startsWith(part);
}

/** The order of two values of a field: negative, zero or positive. */
export function compare({ kind }: Field<never>, a: string, b: string): number {
    const [left, right] = [measure(kind, a), measure(kind, b)];
    if (left !== undefined && right !== undefined) {
        return left - right;
    }
    return a < b ? -1 : a > b ? 1 : 0;
}

function measure(kind: Field<never>["kind"], text: string): number | undefined {
    switch (kind) {
        case "number":
            return Number(text);
        case "time":
            return timeOf(text);
        case "duration":
            return durationOf(text);
        case "any":
            return timeOf(text) ?? durationOf(text) ?? (/^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined);
        default:
            return undefined;
    }
}

/** Milliseconds since 1970, of a date or a time. */
function timeOf(text: string): number | undefined {
    if (!/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[-+]\d{2}:\d{2})?)?$/.test(text)) {
        return undefined;
    }
    const time = Date.parse(text.includes("T") && !/(Z|[-+]\d{2}:\d{2})$/.test(text) ? `${text}Z` : text);
    return Number.isNaN(time) ? undefined : time;
}

function durationOf(text: string): number | undefined {
    return /^-?\d+(\.\d+)?s$/.test(text) ? Number.parseFloat(text) : undefined;
}
