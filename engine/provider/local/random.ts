import { randomBytes, randomInt, randomUUID } from "node:crypto";

import { ProviderError } from "../../errors";
import { asText, type Properties } from "../../values";
import { bcrypt } from "./bcrypt";
import type { LocalPackage, LocalType } from "./provider";
import { ADJECTIVES, ADVERBS, NAMES } from "./pet-words";
import { characters, shuffled } from "./random-values";

const keepers = "{string}^";

/** `result` of a UUID, whose version the type says. */
const uuid = (make: () => string): LocalType => ({
    inputs: { keepers },
    outputs: { result: "string+" },
    create: () => identified(make()),
    import: (id) => ({ ...identified(id), inputs: {} }),
});

const identified = (result: string): { id: string; outputs: Properties } => ({ id: result, outputs: { result } });

const textInputs = {
    keepers,
    length: "number!^",
    lower: "boolean^+",
    minLower: "number^+",
    minNumeric: "number^+",
    minSpecial: "number^+",
    minUpper: "number^+",
    number: "boolean^+",
    numeric: "boolean^+",
    overrideSpecial: "string^",
    special: "boolean^+",
    upper: "boolean^+",
};

/** What a text has if the program does not say. `number` is the older name of `numeric`. */
function textOutputs(inputs: Properties): Properties {
    const digits = inputs["numeric"] ?? inputs["number"] ?? true;
    const least = ["minLower", "minNumeric", "minSpecial", "minUpper"].map((key) => [key, inputs[key] ?? 0]);
    const kinds = ["lower", "special", "upper"].map((key) => [key, inputs[key] ?? true]);
    const others = Object.fromEntries([...least, ...kinds]) as Properties;
    return { ...inputs, ...others, number: digits, numeric: digits };
}

const fill = (value: string): Properties => textOutputs({ length: value.length });

/** The bytes of an identifier in the ways in which the provider writes them, each with the prefix. */
function identifier(bytes: Buffer, prefix: string): { id: string; outputs: Properties } {
    const url = bytes.toString("base64url");
    const written = {
        b64Std: bytes.toString("base64"),
        b64Url: url,
        dec: BigInt(`0x0${bytes.toString("hex")}`).toString(),
        hex: bytes.toString("hex"),
    };
    const outputs = Object.fromEntries(Object.entries(written).map(([key, value]) => [key, `${prefix}${value}`]));
    return { id: url, outputs };
}

const byteValues = (bytes: Buffer): Properties => ({ base64: bytes.toString("base64"), hex: bytes.toString("hex") });

const one = (words: readonly string[]): string => words[randomInt(words.length)] ?? "";

function pet(inputs: Properties): { id: string; outputs: Properties } {
    const length = Number(inputs["length"] ?? 2);
    const separator = asText(inputs["separator"] ?? "-");
    const last = length > 1 ? [one(ADJECTIVES), one(NAMES)] : [one(NAMES)];
    const words = [...Array.from({ length: Math.max(0, length - 2) }, () => one(ADVERBS)), ...last];
    const prefix = inputs["prefix"] === undefined ? [] : [asText(inputs["prefix"])];
    return { id: [...prefix, ...words].join(separator), outputs: { length, separator } };
}

/** https://www.pulumi.com/registry/packages/random/api-docs/ */
const types: Record<string, LocalType> = {
    "random:index/randomId:RandomId": {
        inputs: { byteLength: "number!^", keepers, prefix: "string^" },
        outputs: { b64Std: "string+", b64Url: "string+", dec: "string+", hex: "string+" },
        create: ({ byteLength, prefix }) => identifier(randomBytes(Number(byteLength)), asText(prefix ?? "")),
        import: (id) => {
            const comma = id.lastIndexOf(",");
            const [prefix, bytes] = [id.slice(0, Math.max(0, comma)), Buffer.from(id.slice(comma + 1), "base64url")];
            const inputs = { byteLength: bytes.length, ...(prefix !== "" && { prefix }) };
            return { ...identifier(bytes, prefix), inputs };
        },
    },
    "random:index/randomPassword:RandomPassword": {
        inputs: textInputs,
        outputs: { bcryptHash: "string+*", result: "string+*" },
        create: (inputs) => {
            const result = characters(inputs);
            return { id: "none", outputs: { ...textOutputs(inputs), result, bcryptHash: bcrypt(result) } };
        },
        import: (result) => ({
            id: "none",
            inputs: fill(result),
            outputs: { ...fill(result), result, bcryptHash: bcrypt(result) },
        }),
    },
    "random:index/randomString:RandomString": {
        inputs: textInputs,
        outputs: { result: "string+" },
        create: (inputs) => {
            const result = characters(inputs);
            return { id: result, outputs: { ...textOutputs(inputs), result } };
        },
        import: (result) => ({ id: result, inputs: fill(result), outputs: { ...fill(result), result } }),
    },
    "random:index/randomPet:RandomPet": {
        inputs: { keepers, length: "number^+", prefix: "string^", separator: "string^+" },
        outputs: {},
        create: pet,
    },
    "random:index/randomInteger:RandomInteger": {
        inputs: { keepers, max: "number!^", min: "number!^", seed: "string^" },
        outputs: { result: "number+" },
        create: ({ min, max, seed }) => {
            const [least, most] = [Number(min), Number(max)];
            if (least > most) {
                throw new ProviderError(`min is ${least} and max is ${most}`, { fix: "let max be at least min" });
            }
            const result = least + shuffled.pick(most - least + 1, seed);
            return { id: String(result), outputs: { result } };
        },
        import: (id) => {
            const [result = 0, min = result, max = result, seed] = id
                .split(",")
                .map((part, at) => (at < 3 ? Number(part) : part));
            const inputs = { min, max, ...(seed !== undefined && { seed }) } as Properties;
            return { id: String(result), inputs, outputs: { result: Number(result) } };
        },
    },
    "random:index/randomUuid:RandomUuid": uuid(randomUUID),
    "random:index/randomUuid4:RandomUuid4": uuid(randomUUID),
    "random:index/randomUuid7:RandomUuid7": uuid(uuid7),
    "random:index/randomShuffle:RandomShuffle": {
        inputs: { inputs: "string[]!^", keepers, resultCount: "number^", seed: "string^" },
        outputs: { results: "string[]+" },
        create: ({ inputs, resultCount, seed }) => {
            const all = Array.isArray(inputs) ? inputs : [];
            return { id: "-", outputs: { results: shuffled.list(all, Number(resultCount ?? all.length), seed) } };
        },
    },
    "random:index/randomBytes:RandomBytes": {
        inputs: { keepers, length: "number!^" },
        outputs: { base64: "string+*", hex: "string+*" },
        create: ({ length }) => ({ id: "none", outputs: byteValues(randomBytes(Number(length))) }),
        import: (id) => {
            const bytes = Buffer.from(id, "base64");
            return { id: "none", inputs: { length: bytes.length }, outputs: byteValues(bytes) };
        },
    },
};

/** A UUID that begins with the time. https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7 */
function uuid7(): string {
    const time = Date.now().toString(16).padStart(12, "0");
    const [, , , variant = "", rest = ""] = randomUUID().split("-");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${randomBytes(2).toString("hex").slice(1)}-${variant}-${rest}`;
}

/** `@pulumi/random`. Its values may differ from those of the real provider, also with a `seed`: they are random anyway. */
export const random: LocalPackage = { name: "random", types, functions: {} };
