/** A property value as it travels between a program and the engine, decoded from protobuf's `Struct`. */
export type Value = null | boolean | number | string | Value[] | Properties;

/** The properties of a resource, by name. */
export interface Properties {
    [name: string]: Value;
}

/** The value of a property that is not known before the update. The constants are the SDK's (`runtime/rpc.ts`). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key that marks an object as a secret, an asset and so on. Its value says which. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The values of {@link SIGNATURE}. */
export const KINDS = {
    secret: "1b47061264138c4ac30d75fd1eb44270",
    output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
    resource: "5cf8f73096256a8f31e491e813e4eb8e",
    asset: "c44067f5952c0a294b673a41bacd8c17",
    archive: "0def7320c3a5731c473e5ecbe6d01bc7",
} as const;

/** An object with a {@link SIGNATURE}. */
export type Marked = Properties & { readonly [SIGNATURE]: string };

/** Whether a value is an object, not an array and not null. */
export function isObject(value: unknown): value is Properties {
    return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Whether a value is marked as one of {@link KINDS}. */
export function isKind(value: unknown, kind: keyof typeof KINDS): value is Marked {
    return isObject(value) && value[SIGNATURE] === KINDS[kind];
}

/** Marks a value as secret, unless it is one already. */
export function secret(value: Value): Value {
    return isKind(value, "secret") ? value : { [SIGNATURE]: KINDS.secret, value };
}

/** A copy of an array or object in which every member is changed. */
export function mapMembers(value: Value[] | Properties, change: (member: Value, key: string) => Value): Value {
    return Array.isArray(value)
        ? value.map((member, index) => change(member, String(index)))
        : Object.fromEntries(Object.entries(value).map(([key, member]) => [key, change(member, key)]));
}

/** A value as providers get it: without marks of secrets, and without output values. */
export function plain(value: Value): Value {
    if (isKind(value, "secret")) {
        return plain(value["value"] ?? null);
    }
    if (isKind(value, "output")) {
        return "value" in value ? plain(value["value"] ?? null) : UNKNOWN;
    }
    return value !== null && typeof value === "object" ? mapMembers(value, plain) : value;
}

/** {@link plain} for a property bag. */
export function plainProperties(properties: Properties): Properties {
    return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, plain(value)]));
}

/** Whether a value, or any value inside of it, passes a test. */
export function contains(value: Value, test: (value: Value) => boolean): boolean {
    return (
        test(value) ||
        (value !== null && typeof value === "object" && Object.values(value).some((v) => contains(v, test)))
    );
}

/** Whether a value is unknown, or holds an unknown value. */
export function hasUnknown(value: Value): boolean {
    return contains(value, (v) => v === UNKNOWN || (isKind(v, "output") && !("value" in v)));
}

/** Whether a value is a secret, or holds one. */
export function hasSecret(value: Value): boolean {
    return contains(value, (v) => isKind(v, "secret") || (isKind(v, "output") && v["secret"] === true));
}

/**
 * Marks those values as secret whose inputs are secret, as providers do not know what is secret. If both are objects,
 * this is done member by member. Anything else becomes secret as a whole if its input holds a secret.
 */
export function markSecrets(values: Value, inputs: Value | undefined): Value {
    if (inputs === undefined) {
        return values;
    }
    if (isKind(inputs, "secret") || (isKind(inputs, "output") && inputs["secret"] === true)) {
        return secret(values);
    }
    if (isObject(values) && isObject(inputs)) {
        return mapMembers(values, (member, key) => markSecrets(member, inputs[key]));
    }
    return hasSecret(inputs) ? secret(values) : values;
}

/** {@link markSecrets} for a property bag. Additional properties are marked as secret too, even if they are null. */
export function markSecretProperties(values: Properties, inputs: Properties, additional: string[] = []): Properties {
    return Object.fromEntries(
        Object.entries(values).map(([key, value]) => [
            key,
            additional.includes(key) ? secret(value) : markSecrets(value, inputs[key]),
        ]),
    );
}

/** A value that may be shown: every secret in it is replaced by `[secret]`. */
export function hideSecrets(value: Value): Value {
    if (isKind(value, "secret")) {
        return "[secret]";
    }
    return value !== null && typeof value === "object" ? mapMembers(value, hideSecrets) : value;
}

/** A value as text. Objects and arrays become JSON, and null becomes the empty text. */
export function asText(value: Value | undefined): string {
    if (value === undefined || value === null) {
        return "";
    }
    return typeof value === "object" ? JSON.stringify(value) : String(value);
}
