import { isKind, isObject, KINDS, mapMembers, type Properties, secret, SIGNATURE, UNKNOWN, type Value } from "./values";

/**
 * Inputs as transforms are given them: what is secret, unknown or comes from another resource is an output, which says
 * so itself. What a resource's own transforms are given also says where it comes from.
 */
export function withOutputs(inputs: Properties, dependencies: Record<string, string[]> = {}): Properties {
    return Object.fromEntries(
        Object.entries(inputs).map(([key, value]) => {
            const upgraded = upgrade(value);
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

function upgrade(value: Value): Value {
    if (value === UNKNOWN) {
        return { [SIGNATURE]: KINDS.output };
    }
    if (isKind(value, "secret")) {
        const inner = upgrade(value["value"] ?? null);
        return isKind(inner, "output")
            ? { ...inner, secret: true }
            : { [SIGNATURE]: KINDS.output, value: inner, secret: true };
    }
    return value !== null && typeof value === "object" ? mapMembers(value, upgrade) : value;
}

/** {@link withOutputs} undone: secrets and unknowns are marked as everywhere else, and where things come from is lost. */
export function withoutOutputs(inputs: Properties): Properties {
    return mapMembers(inputs, downgrade) as Properties;
}

function downgrade(value: Value): Value {
    if (isKind(value, "output")) {
        const inner = "value" in value ? downgrade(value["value"] ?? null) : UNKNOWN;
        return value["secret"] === true ? secret(inner) : inner;
    }
    if (isKind(value, "resource") && !("packageVersion" in value)) {
        return downgrade({ ...value, packageVersion: "" });
    }
    return value !== null && typeof value === "object" ? mapMembers(value, downgrade) : value;
}

/** The resources that the outputs in a value come from. */
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
