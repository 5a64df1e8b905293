import { compilePattern } from "../../../common";
import { messageOf } from "../../../errors";
import { invalidArgument } from "../framework";

const SEVERITIES = "DEFAULT DEBUG INFO NOTICE WARNING ERROR CRITICAL ALERT EMERGENCY".split(" ");

/**
 * A regular expression of a filter.
 * @throws ApiError INVALID_ARGUMENT
 */
export function regularExpression(source: string): (text: string) => boolean {
    try {
        return compilePattern(source);
    } catch (error) {
        throw invalidArgument(`Unparseable filter: ${messageOf(error)}`, "filter");
    }
}

/** Whether a comparison holds. Case does not matter in texts; severities are compared by rank, times and numbers by value. */
export function compare(path: string, found: string, operator: string, wanted: string): boolean {
    if (operator === ":") {
        return found.toLowerCase().includes(wanted.toLowerCase());
    }
    const measured = [found, wanted].map((text) => measure(path, text));
    const [a = 0, b = 0] = measured.every((value) => value !== undefined) ? measured : [];
    const order = measured.includes(undefined) ? found.toLowerCase().localeCompare(wanted.toLowerCase(), "en") : a - b;
    if (operator === "=") {
        return order === 0;
    }
    if (operator === "!=") {
        return order !== 0;
    }
    return operator.startsWith(">")
        ? order > 0 || (operator === ">=" && order === 0)
        : order < 0 || (operator === "<=" && order === 0);
}

/** The number that a text is compared by, if it is no plain text. */
function measure(path: string, text: string): number | undefined {
    if (path === "severity") {
        const rank = SEVERITIES.indexOf(text.toUpperCase());
        return rank < 0 ? Number(text) / 100 || 0 : rank;
    }
    if (/^\d{4}-\d{2}-\d{2}(T.*)?$/.test(text)) {
        return Date.parse(text) || undefined;
    }
    return /^-?\d+(\.\d+)?s?$/.test(text) ? Number.parseFloat(text) : undefined;
}
