import { memoizedPerProgram } from "./memo";

const names = memoizedPerProgram(() => new Map<string, number>());

/** A name for a hook, which must be unique in a program. Components of two types or below two parents may have the same name. */
export function hookName(name: string): string {
    const known = names();
    const count = (known.get(name) ?? 0) + 1;
    known.set(name, count);
    return count === 1 ? name : `${name}-${count}`;
}
