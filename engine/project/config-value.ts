import { isCredential } from "../values";

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
        Object.entries(config).map(([key, { value, secret }]) => [
            key,
            secret === true || isCredential(key) ? "[secret]" : value,
        ]),
    );
}
