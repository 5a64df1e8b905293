import { defined } from "../../common";
import { covers, parsePath } from "./paths";
import { isKind, isObject, type Properties, UNKNOWN, type Value } from "./values";

/** A difference between an old and a new value. */
export interface PropertyDiff {
    path: string;
    kind: "add" | "delete" | "update";
    replaces: boolean;
    before?: unknown;
    after?: unknown;
}

/** Whether two values are equal. Assets are equal if their hashes are. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
    if (a === b) {
        return true;
    }
    if (Array.isArray(a)) {
        return Array.isArray(b) && a.length === b.length && a.every((member, i) => same(member, b[i]));
    }
    if (!isObject(a) || !isObject(b)) {
        return false;
    }
    if ((isKind(a, "asset") || isKind(a, "archive")) && typeof a["hash"] === "string") {
        return a["hash"] === b["hash"];
    }
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]));
}

/**
 * The differences between two property bags, one for each leaf. An unknown value differs from every other value. The notes
 * of a provider (`__defaults`) are ignored.
 *
 * @param replaces - whether a difference at a path forces a replacement
 */
export function differences(
    olds: Properties,
    news: Properties,
    replaces: (path: string[]) => boolean = () => false,
): PropertyDiff[] {
    const found: PropertyDiff[] = [];
    walk(olds, news, [], found, replaces);
    return found;
}

function walk(
    old: Value | undefined,
    now: Value | undefined,
    path: string[],
    found: PropertyDiff[],
    replaces: (path: string[]) => boolean,
): void {
    if (same(old, now) && now !== UNKNOWN) {
        return;
    }
    const both = (isObject(old) && isObject(now)) || (Array.isArray(old) && Array.isArray(now));
    if (both && !isKind(now, "secret") && !isKind(now, "asset") && !isKind(now, "archive")) {
        // The members of an array have their indexes as keys.
        const before = old as unknown as Properties;
        const after = now as unknown as Properties;
        for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
            if (key !== "__defaults") {
                walk(before[key], after[key], [...path, key], found, replaces);
            }
        }
        return;
    }
    const absent = (value: Value | undefined): boolean => value === undefined || value === null;
    if (absent(old) && absent(now)) {
        return;
    }
    found.push({
        path: format(path),
        kind: absent(old) ? "add" : absent(now) ? "delete" : "update",
        replaces: replaces(path),
        ...defined({ before: old, after: now }),
    });
}

/** The differences that are shown: all except those at or below the paths of `hideDiffs`. */
export function visibleDifferences(detailed: PropertyDiff[], hidden: string[]): PropertyDiff[] {
    const patterns = hidden.map(parsePath);
    return detailed.filter(({ path }) => !patterns.some((pattern) => covers(pattern, parsePath(path))));
}

/** A path in Pulumi's notation: `template.containers[0].image`. */
function format(path: string[]): string {
    return path
        .map((segment, index) => {
            if (/^\d+$/.test(segment)) {
                return `[${segment}]`;
            }
            if (!/^[\w$-]+$/.test(segment)) {
                return `[${JSON.stringify(segment)}]`;
            }
            return index === 0 ? segment : `.${segment}`;
        })
        .join("");
}
