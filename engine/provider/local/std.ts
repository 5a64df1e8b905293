import { createHash, randomUUID } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";

import { messageOf } from "../../../errors";
import { ProviderError } from "../../errors";
import { asText, isObject, type Properties, same, type Value } from "../../values";
import { bcrypt } from "./bcrypt";
import type { LocalPackage } from "./provider";

type Call = (args: Properties) => Value;

const text = ({ input }: Properties): string => asText(input ?? "");
const number = ({ input }: Properties): number => Number(input ?? 0);
const list = (value: Value | undefined): Value[] => (Array.isArray(value) ? value : []);
const items = ({ input }: Properties): Value[] => list(input);
const map = (value: Value | undefined): Properties => (isObject(value) ? value : {});
const hash =
    (algorithm: string, encoding: "hex" | "base64"): Call =>
    (args) =>
        createHash(algorithm).update(text(args)).digest(encoding);
const distinct = (values: Value[]): Value[] =>
    values.filter((value, at) => values.findIndex((other) => same(other, value)) === at);
const trimmed = (value: string, cut: string, ends: { start?: boolean; end?: boolean }): string => {
    let result = value;
    while (ends.start === true && cut !== "" && result !== "" && cut.includes(result[0] ?? "")) {
        result = result.slice(1);
    }
    while (ends.end === true && cut !== "" && result !== "" && cut.includes(result.at(-1) ?? "")) {
        result = result.slice(0, -1);
    }
    return result;
};
const compare = (a: Value, b: Value): number => (asText(a) < asText(b) ? -1 : asText(a) > asText(b) ? 1 : 0);
const contains = (values: Value[], wanted: Value): boolean => values.some((value) => same(value, wanted));

/** The functions that need neither a file nor a clock of their own. https://www.pulumi.com/registry/packages/std/ */
const calls: Record<string, Call> = {
    abs: (args) => Math.abs(number(args)),
    base64decode: (args) => Buffer.from(text(args), "base64").toString("utf8"),
    base64encode: (args) => Buffer.from(text(args)).toString("base64"),
    base64gunzip: (args) => gunzipSync(Buffer.from(text(args), "base64")).toString("utf8"),
    base64gzip: (args) => gzipSync(text(args)).toString("base64"),
    base64sha256: hash("sha256", "base64"),
    base64sha512: hash("sha512", "base64"),
    basename: (args) => text(args).replace(/\/+$/, "").split("/").at(-1) ?? "",
    bcrypt: (args) => bcrypt(text(args)),
    ceil: (args) => Math.ceil(number(args)),
    chomp: (args) => text(args).replace(/[\r\n]+$/, ""),
    chunklist: ({ input, size }) =>
        list(input).flatMap((_, at, all) => (at % Number(size) === 0 ? [all.slice(at, at + Number(size))] : [])),
    coalesce: (args) => items(args).find((value) => value !== null && value !== "") ?? null,
    compact: (args) => items(args).filter((value) => value !== null && value !== ""),
    concat: (args) => items(args).flatMap(list),
    contains: ({ input, element = null }) => contains(list(input), element),
    dirname: (args) => text(args).replace(/\/[^/]*$/, "") || (text(args).startsWith("/") ? "/" : "."),
    distinct: (args) => distinct(items(args)),
    element: ({ input, index }) => list(input)[Number(index) % Math.max(1, list(input).length)] ?? null,
    endswith: ({ input, suffix }) => asText(input ?? "").endsWith(asText(suffix ?? "")),
    flatten: (args) => items(args).flat(Infinity as 1),
    floor: (args) => Math.floor(number(args)),
    indent: ({ input, spaces }) => asText(input ?? "").replaceAll("\n", `\n${" ".repeat(Number(spaces))}`),
    join: ({ input, separator }) =>
        list(input)
            .map(asText)
            .join(asText(separator ?? "")),
    jsondecode: (args) => JSON.parse(text(args)) as Value,
    jsonencode: ({ input }) => JSON.stringify(input ?? null),
    keys: ({ input }) => Object.keys(map(input)).sort(),
    lookup: ({ map: all, key, default: other = null }) => map(all)[asText(key ?? "")] ?? other,
    lower: (args) => text(args).toLowerCase(),
    max: (args) => Math.max(...items(args).map(Number)),
    md5: hash("md5", "hex"),
    merge: (args) => Object.assign({}, ...items(args).map(map)) as Properties,
    min: (args) => Math.min(...items(args).map(Number)),
    parseint: ({ input, base }) => Number.parseInt(asText(input ?? ""), Number(base ?? 10)),
    pow: ({ base, exponent }) => Number(base) ** Number(exponent),
    range: ({ start = 0, limit, step = 1 }) =>
        Array.from(
            { length: Math.max(0, Math.ceil((Number(limit) - Number(start)) / Number(step))) },
            (_, at) => Number(start) + at * Number(step),
        ),
    replace: ({ text: whole, search, replace }) => {
        const pattern = asText(search ?? "");
        const expression = /^\/(.*)\/$/s.exec(pattern)?.[1];
        const other = asText(replace ?? "");
        return expression === undefined
            ? asText(whole ?? "").replaceAll(pattern, () => other)
            : asText(whole ?? "").replace(new RegExp(expression, "g"), other.replaceAll(/\$\{?(\w+)\}?/g, "$$$1"));
    },
    reverse: (args) => items(args).toReversed(),
    sha1: hash("sha1", "hex"),
    sha256: hash("sha256", "hex"),
    sha512: hash("sha512", "hex"),
    signum: (args) => Math.sign(number(args)),
    slice: ({ list: all, from, to }) => list(all).slice(Number(from ?? 0), to === undefined ? undefined : Number(to)),
    sort: (args) => items(args).toSorted(compare),
    split: ({ text: whole, separator }) => asText(whole ?? "").split(asText(separator ?? "")),
    startswith: ({ input, prefix }) => asText(input ?? "").startsWith(asText(prefix ?? "")),
    strrev: (args) => Array.from(text(args)).reverse().join(""),
    sum: (args) => items(args).reduce<number>((sum, value) => sum + Number(value), 0),
    title: (args) => text(args).replace(/(^|\s)\S/g, (letter) => letter.toUpperCase()),
    timestamp: () => new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    trim: ({ input, cutset }) => trimmed(asText(input ?? ""), asText(cutset ?? ""), { start: true, end: true }),
    trimprefix: ({ input, prefix }) => {
        const [whole, start] = [asText(input ?? ""), asText(prefix ?? "")];
        return whole.startsWith(start) ? whole.slice(start.length) : whole;
    },
    trimspace: (args) => text(args).trim(),
    trimsuffix: ({ input, suffix }) => {
        const [whole, end] = [asText(input ?? ""), asText(suffix ?? "")];
        return end !== "" && whole.endsWith(end) ? whole.slice(0, -end.length) : whole;
    },
    upper: (args) => text(args).toUpperCase(),
    urlencode: (args) => encodeURIComponent(text(args)).replaceAll("%20", "+"),
    uuid: () => randomUUID(),
    values: ({ input }) =>
        Object.entries(map(input))
            .sort(([a], [b]) => compare(a, b))
            .map(([, value]) => value),
    zipmap: ({ keys, values }) =>
        Object.fromEntries(list(keys).map((key, at) => [asText(key), list(values)[at] ?? null])),
};

/** `@pulumi/std`: each function returns its `result`. */
export const std: LocalPackage = {
    name: "std",
    types: {},
    functions: Object.fromEntries(
        Object.entries(calls).map(([name, call]) => [
            `std:index:${name}`,
            (args: Properties) => {
                try {
                    return { result: call(args) };
                } catch (error) {
                    throw new ProviderError(`std.${name}: ${messageOf(error)}`, {
                        fix: "correct its arguments",
                    });
                }
            },
        ]),
    ),
};
