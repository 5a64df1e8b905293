import { isCredential, type Value } from "../values";

/** A configuration value. Objects and arrays are JSON texts, as programs read them. */
export interface ConfigValue {
    value: string;
    secret?: boolean;
    /** Whether the value is an object or an array. */
    object?: boolean;
}

/** A configuration that may be shown: secrets and credentials are replaced by `[secret]`. */
export function redactConfig(config: Record<string, ConfigValue>): Record<string, string> {
    return Object.fromEntries(
        Object.entries(config).map(([key, given]) => [key, isSecret(key, given) ? "[secret]" : given.value]),
    );
}

/** The secrets and credentials of a configuration, and what is in those that are objects or lists. */
export function secretValues(config: Record<string, ConfigValue>): Value[] {
    return Object.entries(config).flatMap(([key, given]) => (isSecret(key, given) ? [given.value, parsed(given)] : []));
}

function isSecret(key: string, { secret }: ConfigValue): boolean {
    return secret === true || isCredential(key);
}

function parsed({ value, object }: ConfigValue): Value {
    try {
        return object === true || /^\s*[[{]/.test(value) ? (JSON.parse(value) as Value) : null;
    } catch {
        return null;
    }
}
