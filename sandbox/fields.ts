import { ControlError } from "./cloud";

/** What one value may be. What is read has the right type: no later code need look at it again. */
export interface Field<T> {
    /** After "it must be". */
    readonly allowed: string;
    /** Whether it may be left out. */
    readonly optional?: true;
    /** Whether an error keeps silent about the value, which may hold a token. */
    readonly secret?: true;
    readonly accepts: (value: unknown) => value is T;
}

/** A value by each name. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

export type Values<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** The longest time that anything here may last, in milliseconds: dates after it stay within those that Google's APIs take. */
export const LONGEST_DURATION = 365 * 24 * 3_600_000;
/** The longest text, but for contents. */
const LONGEST_TEXT = 2000;

/**
 * @param given the values by name; one that is `undefined` is left out
 * @throws ControlError or `Refusal`, naming a value that is missing, wrong or unknown, what was found and what is allowed
 */
export function readFields<F extends Fields>(
    given: Readonly<Record<string, unknown>>,
    fields: F,
    Refusal: new (wrong: string, details: { fix: string }) => Error = ControlError,
): Values<F> {
    const names = Object.keys(fields);
    const unknown = Object.keys(given).find((name) => !names.includes(name) && given[name] !== undefined);
    if (unknown !== undefined) {
        const known = names.length === 0 ? "nothing is to be given here" : `known are ${names.join(", ")}`;
        throw new Refusal(`${shown(unknown)} is not known here`, { fix: known });
    }
    for (const [name, field] of Object.entries(fields)) {
        const value = Object.hasOwn(given, name) ? given[name] : undefined;
        if (value === undefined ? !field.optional : !field.accepts(value)) {
            const found = value === undefined ? "missing" : field.secret ? "no such value" : shown(value);
            throw new Refusal(`${name} is ${found}`, { fix: `it must be ${field.allowed}` });
        }
    }
    return given as Values<F>;
}

function shown(value: unknown): string {
    // JSON has no word for these numbers, and none for a function.
    const written =
        typeof value === "number" ? String(value) : ((JSON.stringify(value) as string | undefined) ?? typeof value);
    return written.length > 60 ? `${written.slice(0, 60)}…` : written;
}

/** That a value may be left out. */
export function optional<T>(field: Field<T>): Field<T | undefined> {
    return { ...field, optional: true };
}

/** That errors do not show a value. */
export function secret<T>(field: Field<T>): Field<T> {
    return { ...field, secret: true };
}

/** @param form what the whole text must match */
export function text(allowed: string, form = /./s, longest = LONGEST_TEXT): Field<string> {
    return {
        allowed: `${allowed}, of at most ${longest} characters`,
        accepts: (value): value is string =>
            // No name holds a NUL, at which the system would cut it off.
            typeof value === "string" && value.length <= longest && !value.includes("\0") && form.test(value),
    };
}

/** A whole number. */
export function whole(from: number, to: number): Field<number> {
    return {
        allowed: `a whole number from ${from} to ${to}`,
        accepts: (value): value is number =>
            Number.isSafeInteger(value) && Number(value) >= from && Number(value) <= to,
    };
}

/** A number of milliseconds. @param above what it must be above; 0 is allowed by default */
export function duration(above = -1, longest = LONGEST_DURATION): Field<number> {
    return {
        allowed: `a number of milliseconds ${above < 0 ? "from" : "above"} 0 to ${longest}`,
        accepts: (value): value is number =>
            typeof value === "number" && value > above && value >= 0 && value <= longest,
    };
}

/** A share of all, above 0. */
export const share: Field<number> = {
    allowed: "a number above 0 and at most 1",
    accepts: (value): value is number => typeof value === "number" && value > 0 && value <= 1,
};

export const flag: Field<boolean> = {
    allowed: "true or false",
    accepts: (value) => typeof value === "boolean",
};

export function oneOf<T extends string>(known: readonly T[]): Field<T> {
    return {
        allowed: `one of ${known.join(", ")}`,
        accepts: (value): value is T => known.some((one) => one === value),
    };
}

/** @param most how many there may be */
export function listOf<T>({ allowed, accepts }: Field<T>, most = 10_000): Field<T[]> {
    return {
        allowed: `a list of at most ${most}, each ${allowed}`,
        accepts: (value): value is T[] => Array.isArray(value) && value.length <= most && value.every(accepts),
    };
}

/** Values by names that match. */
export function recordOf<T>(names: RegExp, { allowed, accepts }: Field<T>): Field<Record<string, T>> {
    return {
        allowed: `a map of names to values, each ${allowed}`,
        accepts: (value): value is Record<string, T> =>
            typeof value === "object" &&
            value !== null &&
            !Array.isArray(value) &&
            Object.entries(value).every(([name, one]) => names.test(name) && accepts(one)),
    };
}

/** Any JSON. */
export const json: Field<unknown> = { allowed: "JSON", accepts: (value): value is unknown => value !== undefined };
