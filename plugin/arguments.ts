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

/** The type of targets, which programs in other languages get wrong most easily: they cannot pass a component itself. */
const TARGET = "#/types/pulumi-gcp-invoke:index:Target";

/**
 * The arguments as a component's constructor takes them. A program in another language may give an output everywhere. If
 * the component needs the value itself, such as the kind of a target, it is waited for; what lies within and may be an output
 * stays one, with what it depends on and whether it is secret.
 * @throws UnknownArgument for a value that only an update will tell
 * @throws InputPropertyError for what stands where a target is needed and is none
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
    if (spec.$ref === TARGET) {
        checkTarget(value, path);
    }
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

/** The message tells what kind of value was given and not the value, which may be a secret. */
function checkTarget(value: unknown, path: string): void {
    const wrong = whatIsNoTarget(value);
    if (wrong !== undefined) {
        throw new pulumi.InputPropertyError({
            propertyPath: path,
            reason: `is ${wrong}, which is no target; pass what a component such as InvokableService has as its output "target", or plain data with kind and url`,
        });
    }
}

function whatIsNoTarget(value: unknown): string | undefined {
    if (value === null || value === undefined) {
        return "nothing";
    }
    if (pulumi.Resource.isInstance(value)) {
        return "a resource";
    }
    if (Array.isArray(value)) {
        return "a list";
    }
    if (!isObject(value)) {
        return `a ${typeof value}`;
    }
    return (value["kind"] ?? undefined) === undefined ? "an object without kind" : undefined;
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
