import { isKind, isObject, mapMembers, type Properties, type Value } from "./values";

/**
 * A property path in Pulumi's notation, as its segments: `template.containers[0]["a.b"]`. `*` means every member.
 * https://www.pulumi.com/docs/iac/concepts/options/ignorechanges/#specify-property-paths
 */
export function parsePath(path: string): string[] {
    return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)].map(
        ([, quoted, index, name]) => quoted?.replace(/\\(.)/g, "$1") ?? index ?? name ?? "",
    );
}

/** Whether a pattern names this path, or one above it. */
export function covers(pattern: string[], path: string[]): boolean {
    return (
        pattern.length <= path.length && pattern.every((segment, index) => segment === "*" || segment === path[index])
    );
}

/** New inputs in which the values at some paths are those of the old inputs, as `ignoreChanges` asks. */
export function keepPaths(news: Properties, olds: Properties, paths: string[]): Properties {
    return paths.reduce((result, path) => keep(result, olds, parsePath(path)) as Properties, news);
}

function keep(news: Value, olds: Value | undefined, path: string[]): Value {
    const [segment, ...rest] = path;
    if (segment === undefined) {
        return olds ?? null;
    }
    if (isObject(news) && isKind(news, "secret")) {
        return { ...news, value: keep(news["value"] ?? null, openSecret(olds), path) };
    }
    const before = openSecret(olds);
    if (Array.isArray(news)) {
        return mapMembers(news, (member, key) =>
            segment === "*" || segment === key
                ? keepMember(member, Array.isArray(before) ? before[Number(key)] : undefined, rest)
                : member,
        );
    }
    if (!isObject(news)) {
        return news;
    }
    const old = isObject(before) ? before : {};
    const keys = segment === "*" ? [...new Set([...Object.keys(news), ...Object.keys(old)])] : [segment];
    const result = new Map(Object.entries(news));
    for (const key of keys) {
        const member = result.get(key);
        const oldMember = old[key];
        if (rest.length > 0) {
            if (member !== undefined) {
                result.set(key, keep(member, oldMember, rest));
            }
        } else if (oldMember === undefined) {
            result.delete(key);
        } else {
            result.set(key, oldMember);
        }
    }
    return Object.fromEntries(result);
}

function keepMember(member: Value, old: Value | undefined, rest: string[]): Value {
    return rest.length === 0 ? (old ?? member) : keep(member, old, rest);
}

function openSecret(value: Value | undefined): Value | undefined {
    return isKind(value, "secret") ? value["value"] : value;
}
