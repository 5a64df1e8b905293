/** The keys of an object whose values may be undefined. */
type UndefinedKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** An object as it is once the keys without a value are gone. */
export type Defined<T> = { [K in Exclude<keyof T, UndefinedKeys<T>>]: T[K] } & {
    [K in UndefinedKeys<T>]?: Exclude<T[K], undefined>;
};

/**
 * A copy of an object without the keys whose value is `undefined`. Everything else stays: `null`, `false`, `0` and `""`
 * are values.
 *
 * @example
 * new Topic(name, { name, ...defined({ project: args.project, labels: args.labels }) });
 */
export function defined<T extends object>(values: T): Defined<T> {
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
