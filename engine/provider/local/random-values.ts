import { createHash, randomInt } from "node:crypto";

import { ProviderError } from "../../errors";
import { asText, type Properties, type Value } from "../../values";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const DIGITS = "0123456789";
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/** Random numbers below a limit. A seed always gives the same ones. */
function numbers(seed: Value | undefined): (limit: number) => number {
    if (seed === undefined || seed === null || seed === "") {
        return (limit) => randomInt(limit);
    }
    let count = 0;
    return (limit) => {
        const digest = createHash("sha256")
            .update(`${asText(seed)} ${count++}`)
            .digest();
        return digest.readUIntBE(0, 6) % limit;
    };
}

/** Members in a random order: by Fisher and Yates. */
function mixed<T>(members: readonly T[], next: (limit: number) => number): T[] {
    const list = [...members];
    for (let at = list.length - 1; at > 0; at--) {
        const other = next(at + 1);
        [list[at], list[other]] = [list[other] as T, list[at] as T];
    }
    return list;
}

export const shuffled = {
    /** A whole number from 0 up to a limit, which is not among them. */
    pick: (limit: number, seed: Value | undefined): number => numbers(seed)(limit),
    /** That many members in random order. If it is more than there are, all of them come again in another order. */
    list(members: readonly Value[], count: number, seed: Value | undefined): Value[] {
        const next = numbers(seed);
        const found: Value[] = [];
        while (members.length > 0 && found.length < count) {
            found.push(...mixed(members, next));
        }
        return found.slice(0, count);
    },
};

/** A random text of the kinds of characters that the inputs of a password or a string allow, with the least of each. */
export function characters(inputs: Properties): string {
    const length = Number(inputs["length"]);
    const allowed = (key: string, other?: string): boolean =>
        (inputs[key] ?? (other === undefined ? undefined : inputs[other]) ?? true) === true;
    const special = asText(inputs["overrideSpecial"] ?? "");
    const kinds: [allowed: boolean, from: string, least: number][] = [
        [allowed("lower"), LOWER, Number(inputs["minLower"] ?? 0)],
        [allowed("upper"), UPPER, Number(inputs["minUpper"] ?? 0)],
        [allowed("numeric", "number"), DIGITS, Number(inputs["minNumeric"] ?? 0)],
        [allowed("special"), special === "" ? SPECIAL : special, Number(inputs["minSpecial"] ?? 0)],
    ];
    const least = kinds.reduce((sum, [, , count]) => sum + count, 0);
    const all = kinds.map(([isAllowed, from]) => (isAllowed ? from : "")).join("");
    if (length < 1 || length < least || all === "") {
        throw new ProviderError(
            `length is ${length}, and at least ${Math.max(1, least)} characters of ${all === "" ? "no kind" : "the allowed kinds"} are asked for`,
            { fix: "give a larger length, or allow more kinds of characters" },
        );
    }
    const pick = (from: string): string => from[randomInt(from.length)] ?? "";
    const required = kinds.flatMap(([, from, count]) => Array.from({ length: count }, () => pick(from)));
    const rest = Array.from({ length: length - least }, () => pick(all));
    return mixed([...required, ...rest], (limit) => randomInt(limit)).join("");
}
