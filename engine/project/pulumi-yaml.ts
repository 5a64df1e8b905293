import { readFileSync } from "node:fs";

import { parse, type ScalarTag } from "yaml";
import { fileProblem, messageOf } from "../../errors";
import { ProjectError } from "../errors";

/** A value of a YAML file. Whole numbers of any length are exact. */
export type Yaml = null | boolean | number | bigint | string | Yaml[] | { [key: string]: Yaml };

/** The numbers that the Pulumi CLI reads in addition to YAML's core schema: `0777` is octal, and `1_000` is 1000. */
const wholeNumber: ScalarTag = {
    tag: "tag:yaml.org,2002:int",
    default: true,
    test: /^[-+]?(?:0[0-7_]+|[0-9][0-9_]*_[0-9_]*)$/,
    resolve: (text) => {
        const digits = text.replaceAll("_", "").replace(/^[-+]/, "");
        const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
        return text.startsWith("-") ? -value : value;
    },
};

/** The times that the Pulumi CLI reads. They become texts in Go's notation: `2020-01-02 00:00:00 +0000 UTC`. */
const time: ScalarTag = {
    tag: "tag:yaml.org,2002:timestamp",
    default: true,
    test: /^\d{4}-\d\d?-\d\d?(?:[Tt ]\d\d?:\d\d?:\d\d?(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)?)?$/,
    resolve: (text) => {
        const [, date = "", clock = "0:0:0", zone = "Z"] =
            /^([\d-]+)(?:[Tt ]([\d:.]+))?(Z|[-+]\d\d:\d\d)?$/.exec(text) ?? [];
        const [seconds = "0", fraction = ""] = (clock.split(":")[2] ?? "0").split(".");
        const pad = (part: string): string => part.padStart(2, "0");
        const hours = [...clock.split(":").slice(0, 2), seconds].map(pad).join(":");
        const part = fraction.replace(/0+$/, "");
        const offset = zone.replace(":", "");
        const where = offset === "Z" ? "+0000 UTC" : `${offset} ${offset}`;
        return `${date.split("-").map(pad).join("-")} ${hours}${part && `.${part}`} ${where}`;
    },
};

/** Reads a YAML file as the Pulumi CLI does. Throws, and names the file, if it is not valid YAML. */
export function parseYaml(file: string): Yaml {
    try {
        const text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
        return parse(text, {
            intAsBigInt: true,
            merge: true,
            customTags: (tags) => [wholeNumber, time, ...tags],
        }) as Yaml;
    } catch (error) {
        const { wrong, fix } = fileProblem(error) ?? { wrong: messageOf(error).trim() };
        throw new ProjectError(`${file}: ${wrong}`, { fix, cause: error });
    }
}

/** A value as a program gets it: a text as it is, and everything else as JSON with sorted keys. */
export function configText(value: Yaml): string {
    return typeof value === "string" ? value : json(value);
}

function json(value: Yaml): string {
    if (typeof value === "bigint") {
        return String(value);
    }
    if (Array.isArray(value)) {
        return `[${value.map(json).join(",")}]`;
    }
    if (value === null || typeof value !== "object") {
        return JSON.stringify(value);
    }
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${json(value[key] ?? null)}`).join(",")}}`;
}

/** Whether a value is a map. */
export function isMap(value: Yaml | undefined): value is Record<string, Yaml> {
    return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Returns a value that must be a map. Throws, and names its place, if it is not a map. */
export function mapAt(value: Yaml | undefined, where: string): Record<string, Yaml> {
    if (!isMap(value)) {
        throw new ProjectError(`${where}: expected a map, found ${json(value ?? null)}`);
    }
    return value;
}
