import * as pulumi from "@pulumi/pulumi";
import { argumentError } from "./errors";

type Plain<T> = Exclude<T, Promise<unknown> | pulumi.OutputInstance<unknown>>;

/** Arguments of a resource as a component writes them: objects and lists are plain, and texts and numbers may be outputs. */
export type Editable<T> = [Plain<NonNullable<T>>] extends [string | number | boolean] ? T : EditableObject<Plain<T>>;

type EditableObject<T> = T extends (infer Entry)[]
    ? Editable<Entry>[]
    : T extends object
      ? { [Key in keyof T]: Editable<T[Key]> }
      : T;

/** Changes the arguments of a resource in place, or returns others that take their place. */
// TypeScript gives a function without a return statement the type void, which is not undefined.
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type
export type Transform<Args> = (args: Editable<Args>) => Args | Editable<Args> | undefined | void;

/**
 * What a transform may not change: the path of each property, such as `template.serviceAccount`, and what to do instead. A path
 * that ends in `[]` is a list of variables or a map, to which a transform may add, and of which what is there stays.
 */
export type Kept = Record<string, string>;

/**
 * The arguments of a resource after the user's transform.
 * @param word Which resource it is, as users name it: `service` for `transform: { service: … }`.
 * @throws ResourceError if the transform changes what the component promises, or returns no arguments
 */
export function transformed<Args extends object>(
    component: pulumi.Resource,
    word: string,
    args: Args,
    transform: Transform<Args> | undefined,
    kept: Kept,
): Args {
    if (transform === undefined) {
        return args;
    }
    const argument = `transform.${word}`;
    const copy = copied(args) as Editable<Args>;
    const returned: unknown = transform(copy) ?? copy;
    if (!isPlain(returned)) {
        const found =
            returned instanceof Promise
                ? "a promise"
                : pulumi.Output.isInstance(returned)
                  ? "an output"
                  : typeof returned;
        const reason = `returned ${found}; change the arguments that it gets, or return an object of such arguments`;
        throw argumentError(component, argument, reason);
    }
    // The function may keep what it returned, and change it after it was checked.
    const result = copied(returned) as Args;
    for (const [path, instead] of Object.entries(kept)) {
        const isExtendable = path.endsWith("[]");
        const place = path.replace("[]", "");
        const before = valueAt(args, place);
        const after = valueAt(result, place);
        if (!(isExtendable ? isWithin(before, after) : isSame(before, after))) {
            throw argumentError(component, argument, `must leave ${place} as the component set it; ${instead}`);
        }
    }
    return result;
}

/** Refuses a transform of a resource that exists already, because it is used as it is. */
export function refuseTransform(component: pulumi.Resource, transform: object | undefined): void {
    const [word] = Object.keys(transform ?? {});
    if (word !== undefined) {
        const reason = "changes a resource that is made, and existing is used as it is; keep one of the two";
        throw argumentError(component, `transform.${word}`, reason);
    }
}

function copied(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(copied);
    }
    return isPlain(value)
        ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copied(member)]))
        : value;
}

function valueAt(args: object, path: string): unknown {
    return path
        .split(".")
        .reduce<unknown>(
            (value, key) => (isPlain(value) || Array.isArray(value) ? Reflect.get(value, key) : value),
            args,
        );
}

/** Whether two inputs are certainly the same. An output is the same only as itself: what it comes to is not known yet. */
function isSame(one: unknown, other: unknown): boolean {
    if (Array.isArray(one) && Array.isArray(other)) {
        return one.length === other.length && one.every((entry, index) => isSame(entry, other[index]));
    }
    if (isPlain(one) && isPlain(other)) {
        const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
        return [...keys].every((key) => isSame(one[key], other[key]));
    }
    // For Google, what is switched off is as if it were not there.
    return (one ?? false) === (other ?? false);
}

/** Whether everything of a map, or of a list of variables, is certainly there still, and only once. */
function isWithin(before: unknown, after: unknown): boolean {
    if (Array.isArray(before) && Array.isArray(after)) {
        const names = new Set(before.map(variableName));
        return isSame(
            before,
            after.filter(
                (entry) => !isPlain(entry) || typeof variableName(entry) !== "string" || names.has(variableName(entry)),
            ),
        );
    }
    if (isPlain(before) && isPlain(after)) {
        return Object.keys(before).every((key) => isSame(before[key], after[key]));
    }
    return before === undefined || isSame(before, after);
}

/** The name of a variable. */
function variableName(entry: unknown): unknown {
    return isPlain(entry) ? (entry["name"] ?? entry["key"]) : undefined;
}

function isPlain(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
