import { isKind, isObject, KINDS, mapMembers, type Properties, secret, SIGNATURE, UNKNOWN, type Value } from "./values";

/**
 * Inputs as transforms get them: secrets and unknown values become output values, which say so themselves.
 *
 * @param dependencies - the resources that each input comes from. The output values name these too
 */
export function toOutputValues(inputs: Properties, dependencies: Record<string, string[]> = {}): Properties {
    return Object.fromEntries(
        Object.entries(inputs).map(([key, value]) => {
            const upgraded = toOutputValue(value);
            const from = dependencies[key] ?? [];
            const known = dependenciesIn(upgraded);
            if (from.every((urn) => known.has(urn))) {
                return [key, upgraded];
            }
            const output = isKind(upgraded, "output") ? upgraded : { [SIGNATURE]: KINDS.output, value: upgraded };
            const before = Array.isArray(output["dependencies"]) ? output["dependencies"] : [];
            return [key, { ...output, dependencies: [...new Set([...before, ...from])] }];
        }),
    );
}

function toOutputValue(value: Value): Value {
    if (value === UNKNOWN) {
        return { [SIGNATURE]: KINDS.output };
    }
    if (isKind(value, "secret")) {
        const inner = toOutputValue(value["value"] ?? null);
        return isKind(inner, "output")
            ? { ...inner, secret: true }
            : { [SIGNATURE]: KINDS.output, value: inner, secret: true };
    }
    return value !== null && typeof value === "object" ? mapMembers(value, toOutputValue) : value;
}

/** Inputs without output values: secrets and unknown values are marked as elsewhere, and their dependencies are removed. */
export function fromOutputValues(inputs: Properties): Properties {
    return mapMembers(inputs, fromOutputValue) as Properties;
}

function fromOutputValue(value: Value): Value {
    if (isKind(value, "output")) {
        const inner = "value" in value ? fromOutputValue(value["value"] ?? null) : UNKNOWN;
        return value["secret"] === true ? secret(inner) : inner;
    }
    if (isKind(value, "resource") && !("packageVersion" in value)) {
        return fromOutputValue({ ...value, packageVersion: "" });
    }
    return value !== null && typeof value === "object" ? mapMembers(value, fromOutputValue) : value;
}

/** The URNs of the resources that the output values in a value come from. */
export function dependenciesIn(value: Value, found = new Set<string>()): Set<string> {
    if (isKind(value, "output") && Array.isArray(value["dependencies"])) {
        for (const urn of value["dependencies"]) {
            if (typeof urn === "string") {
                found.add(urn);
            }
        }
    }
    if (Array.isArray(value) || isObject(value)) {
        for (const member of Object.values(value)) {
            dependenciesIn(member, found);
        }
    }
    return found;
}
