import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { Yaml } from "../project";
import { ProgramError } from "../errors";
import { fullToken } from "./tokens";
import { lift } from "./lift";
import { isMap } from "./read";

/** Gives the value of a part of the program. */
export type Evaluate = (value: Yaml, place: string) => unknown;

type Call = (given: Yaml, evaluate: Evaluate, place: string) => unknown;

/** A function of values that are known. */
function of(work: (value: never, place: string) => unknown): Call {
    return (given, evaluate, place) => lift(evaluate(given, place)).apply((value) => work(value as never, place));
}

const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** What `fn::NAME` does. https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/#expressions */
const FUNCTIONS: Record<string, Call> = {
    invoke: (given, evaluate, place) => invoke(given, evaluate, place),
    toJSON: of((value) => JSON.stringify(value)),
    join: of(([separator, list]: [string, unknown[]]) => list.map(text).join(separator)),
    split: of(([separator, value]: [string, string]) => value.split(separator)),
    select: of(([index, list]: [number, unknown[]], place) => {
        if (index in list) {
            return list[index];
        }
        throw new ProgramError(`${place}: the list has no item ${index}`);
    }),
    toBase64: of((value: string) => Buffer.from(value).toString("base64")),
    fromBase64: of((value: string) => Buffer.from(value, "base64").toString("utf8")),
    readFile: of((path: string) => readFileSync(path, "utf8")),
    secret: (given, evaluate, place) => pulumi.secret(evaluate(given, place)),
    fileAsset: of((path: string) => new pulumi.asset.FileAsset(path)),
    stringAsset: of((value: string) => new pulumi.asset.StringAsset(value)),
    remoteAsset: of((uri: string) => new pulumi.asset.RemoteAsset(uri)),
    fileArchive: of((path: string) => new pulumi.asset.FileArchive(path)),
    remoteArchive: of((uri: string) => new pulumi.asset.RemoteArchive(uri)),
    assetArchive: of((members: pulumi.asset.AssetMap) => new pulumi.asset.AssetArchive(members)),
};

/** The function of a map with one key, `fn::NAME`, and what it is given; undefined for any other map. */
export function callIn(value: Record<string, Yaml>, place: string): { call: Call; given: Yaml } | undefined {
    const [first, ...more] = Object.entries(value);
    if (first === undefined || !/^fn::/i.test(first[0]) || more.length > 0) {
        return undefined;
    }
    const [key, given] = first;
    const name = key.slice("fn::".length);
    const known = Object.keys(FUNCTIONS).find((each) => each.toLowerCase() === name.toLowerCase());
    if (known !== undefined) {
        return { call: FUNCTIONS[known] ?? invoke, given };
    }
    // `fn::gcp:organizations:getProject: {…}` is short for an invoke without options.
    if (name.includes(":")) {
        return { call: invoke, given: { function: name, arguments: given } };
    }
    throw new ProgramError(`${place}: there is no function ${key}`, {
        fix: `use one of ${Object.keys(FUNCTIONS)
            .map((each) => `fn::${each}`)
            .join(", ")}, or the Pulumi CLI`,
    });
}

function invoke(given: Yaml, evaluate: Evaluate, place: string): unknown {
    if (!isMap(given) || typeof given["function"] !== "string") {
        throw new ProgramError(`${place}: fn::invoke names no function`, {
            fix: "add function: gcp:organizations:getProject",
        });
    }
    const { function: name, arguments: args = {}, return: wanted, options = {} } = given;
    const { provider, parent } = evaluate(options, `${place}.options`) as pulumi.InvokeOptions;
    const found = lift(evaluate(args, place)).apply((known) =>
        pulumi.runtime.invoke(fullToken(name, false), known as pulumi.Inputs, {
            ...(provider !== undefined && { provider }),
            ...(parent !== undefined && { parent }),
        }),
    );
    return typeof wanted === "string" ? found.apply((result) => (result as Record<string, unknown>)[wanted]) : found;
}
