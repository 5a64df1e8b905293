import { memoizedPerProgram } from "./memo";

const origins = new WeakMap<object, object>();

/** The component that a target came from: also if the target is its plain data, as it is in other languages. */
export const originOf = (target: object): object => origins.get(target) ?? target;

/** Remembers which component plain data came from. @returns the data */
export function withOrigin<T extends object>(data: T, component: object): T {
    origins.set(data, component);
    return data;
}

/** The components that a program in another language has made until now, by their URNs. */
export const componentsMade = memoizedPerProgram(() => new Map<string, object>());
