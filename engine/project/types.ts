/** A configuration value; objects and arrays stand as JSON text, as programs read them. */
export interface ConfigValue {
    value: string;
    secret?: boolean;
    /** Whether it is an object or an array. */
    object?: boolean;
}
