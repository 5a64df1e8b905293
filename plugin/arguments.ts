import * as pulumi from "@pulumi/pulumi";
import { isObject } from "../common";
import { knownValue } from "./known-value";
import { membersOf, type PropertySpec } from "./package-schema";

/** An argument that a component must know before it is made, and that only an update will tell. */
export class UnknownArgument extends Error {
    constructor(
        readonly path: string,
        readonly value: pulumi.Output<unknown>,
    ) {
        super(path);
    }
}

/**
 * The arguments as a component's constructor takes them. A program in another language may give an output everywhere. If
 * the component needs the value itself, such as the kind of a target, it is waited for; what lies within and may be an output
 * stays one, with what it depends on and whether it is secret.
 * @throws UnknownArgument for a value that only an update will tell
 */
export async function settle(
    values: Record<string, unknown>,
    specs: Record<string, PropertySpec>,
    place = "",
): Promise<Record<string, unknown>> {
    const found = Object.entries(values).map(async ([key, value]) => {
        const path = place === "" ? key : `${place}.${key}`;
        const spec = specs[key];
        return [key, spec === undefined ? value : await settleOne(value, spec, path)] as const;
    });
    return Object.fromEntries(await Promise.all(found));
}

async function settleOne(given: unknown, spec: PropertySpec, path: string): Promise<unknown> {
    const isPlain = spec.plain === true;
    if (!isPlain && !hasPlainMembers(spec)) {
        return given;
    }
    const output = pulumi.Output.isInstance(given) ? given : undefined;
    const value = output === undefined ? given : await valueOf(output, path);
    const memberOf = (key: string | number): unknown =>
        output?.apply((whole) => (whole as Record<string | number, unknown>)[key]) ??
        (value as Record<string | number, unknown>)[key];
    if (Array.isArray(value)) {
        const { items = {} } = spec;
        return await Promise.all(value.map((_, index) => settleOne(memberOf(index), items, `${path}[${index}]`)));
    }
    if (!isObject(value)) {
        return value;
    }
    const members = Object.fromEntries(Object.keys(value).map((key) => [key, memberOf(key)]));
    const known = membersOf(spec);
    const { additionalProperties: each = {} } = spec;
    return await settle(members, known ?? Object.fromEntries(Object.keys(members).map((key) => [key, each])), path);
}

/** Whether a component must know something within values of this kind. */
function hasPlainMembers(spec: PropertySpec): boolean {
    const members = membersOf(spec) ?? {};
    return [spec.items, spec.additionalProperties, ...Object.values(members)].some((each) => each?.plain === true);
}

async function valueOf(output: pulumi.Output<unknown>, path: string): Promise<unknown> {
    const known = await knownValue(output);
    if (known === undefined) {
        throw new UnknownArgument(path, output);
    }
    return known.value;
}
