import { ProviderError } from "../../errors";
import { asText, type Properties } from "../../values";
import type { LocalPackage, LocalType } from "./provider";

const triggers = "{string}^";
const parts = {
    day: "number+",
    hour: "number+",
    minute: "number+",
    month: "number+",
    second: "number+",
    unix: "number+",
    year: "number+",
};
const steps = {
    years: "Years",
    months: "Months",
    days: "Days",
    hours: "Hours",
    minutes: "Minutes",
    seconds: "Seconds",
};

/** Inputs such as `offsetDays`, and the shift that they describe. */
const shiftInputs = (prefix: string): Record<string, string> =>
    Object.fromEntries(Object.values(steps).map((unit) => [`${prefix}${unit}`, "number"]));

function shifted(from: Date, inputs: Properties, prefix: string): Date {
    const by = (unit: string): number => Number(inputs[`${prefix}${unit}`] ?? 0);
    const date = new Date(from);
    date.setUTCFullYear(
        date.getUTCFullYear() + by("Years"),
        date.getUTCMonth() + by("Months"),
        date.getUTCDate() + by("Days"),
    );
    const seconds = (by("Hours") * 60 + by("Minutes")) * 60 + by("Seconds");
    return new Date(date.getTime() + seconds * 1000);
}

/** A time as the provider writes it: without fractions of a second. */
const rfc3339 = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, "Z");

function partsOf(date: Date): Properties {
    return {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
        hour: date.getUTCHours(),
        minute: date.getUTCMinutes(),
        second: date.getUTCSeconds(),
        unix: Math.floor(date.getTime() / 1000),
    };
}

/** The time that a program gives, or the present. */
function given(value: Properties[string] | undefined): Date {
    const date = value === undefined ? new Date() : new Date(asText(value));
    if (Number.isNaN(date.getTime())) {
        throw new ProviderError(`${asText(value ?? null)} is no time`, {
            fix: "give one such as 2026-01-31T00:00:00Z",
        });
    }
    return date;
}

const fixed = (inputs: Properties): { id: string; outputs: Properties } => {
    const date = given(inputs["rfc3339"]);
    return { id: rfc3339(date), outputs: { rfc3339: rfc3339(date), ...partsOf(date) } };
};

function offset(inputs: Properties, base = rfc3339(given(inputs["baseRfc3339"]))): Properties {
    const date = shifted(new Date(base), inputs, "offset");
    return { ...inputs, baseRfc3339: base, rfc3339: rfc3339(date), ...partsOf(date) };
}

function rotation(inputs: Properties, base = rfc3339(given(inputs["rfc3339"]))): Properties {
    const end = inputs["rotationRfc3339"] ?? rfc3339(shifted(new Date(base), inputs, "rotation"));
    return { ...inputs, rfc3339: base, rotationRfc3339: end, ...partsOf(new Date(base)) };
}

const sleep: LocalType = {
    inputs: { createDuration: "string", destroyDuration: "string", triggers },
    outputs: {},
    // Like all of the sandbox, it does not wait for what takes time only on Google Cloud.
    create: (inputs) => ({ id: rfc3339(new Date()), outputs: inputs }),
};

/** `@pulumiverse/time`. https://www.pulumi.com/registry/packages/time/api-docs/ */
export const time: LocalPackage = {
    name: "time",
    types: {
        "time:index/static:Static": {
            inputs: { rfc3339: "string^+", triggers },
            outputs: parts,
            create: fixed,
            import: (id) => ({ ...fixed({ rfc3339: id }), inputs: { rfc3339: id } }),
        },
        "time:index/offset:Offset": {
            inputs: { baseRfc3339: "string^+", triggers, ...shiftInputs("offset") },
            outputs: { rfc3339: "string+", ...parts },
            create: (inputs) => {
                const outputs = offset(inputs);
                return { id: asText(outputs["baseRfc3339"]), outputs };
            },
            update: (inputs, outputs) => offset(inputs, asText(outputs["baseRfc3339"])),
        },
        "time:index/rotating:Rotating": {
            inputs: { rfc3339: "string^+", rotationRfc3339: "string+", triggers, ...shiftInputs("rotation") },
            outputs: parts,
            create: (inputs) => {
                const outputs = rotation(inputs);
                return { id: asText(outputs["rfc3339"]), outputs };
            },
            update: (inputs, outputs) => rotation(inputs, asText(outputs["rfc3339"])),
        },
        "time:index/sleep:Sleep": sleep,
    },
    functions: {},
};
