import assert from "node:assert/strict";
import { createRequire } from "node:module";
import fc from "fast-check";
import { alignedInputs } from "../../../engine/provider/equivalence";
import { diffInputs } from "../../../engine/provider/inputs";
import {
    objectSchema,
    type PropertySchema,
    type ResourceSchema,
    resourceSchema,
    type TypeSchema,
} from "../../../engine/provider/schema";
import { isObject, parsePath, type Properties, type PropertyDiff, type Value } from "../../../engine/values";

/** What the source of the real provider says of a property. */
interface Known {
    replaces: boolean;
    isSet: boolean;
    filledIn?: Value;
}

const load = createRequire(__filename);
const { sourceOf } = load("../../../scripts/generate/provider-source.cjs") as {
    sourceOf: (owner: string) => Map<string, Known> | undefined;
};
const tokens = Object.keys((load("../../../scripts/generate/provider-source.json") as { resources: object }).resources);

/** Their region is a part of their name, whatever the provider's source says: it would look for them in the new one. */
const PLACED = /^gcp:compute\/region(BackendService|UrlMap):/;

/** Random inputs of a type. Lists have two or three members, and texts differ. */
function inputsOf(schema: Record<string, PropertySchema>, random: () => number, depth = 0): Properties {
    const value = (type: TypeSchema): Value => {
        switch (type.kind) {
            case "string":
                return `text-${random()}`;
            case "number":
                return random();
            case "boolean":
                return random() % 2 === 0;
            case "list":
                return Array.from({ length: 2 + (random() % 2) }, () => value(type.of));
            case "map":
                return { [`key-${random()}`]: value(type.of) };
            case "object":
                return inputsOf(objectSchema(type.name), random, depth + 1);
            default:
                return null;
        }
    };
    const given = Object.entries(schema).filter(
        ([, { required, type }]) => type.kind !== "asset" && (required || (depth < 5 && random() % (depth + 2) === 0)),
    );
    return Object.fromEntries(given.map(([key, { type }]) => [key, value(type)]));
}

/** Inputs as the real provider keeps them: with its defaults, each noted, and each set in another order. */
function asKept(owner: string, inputs: Properties, schema: Record<string, PropertySchema>): Properties {
    const inside = (value: Value, type: TypeSchema | undefined): Value => {
        if (Array.isArray(value)) {
            return value.map((each) => inside(each, type?.kind === "list" ? type.of : undefined));
        }
        return type?.kind === "object" && isObject(value) ? asKept(type.name, value, objectSchema(type.name)) : value;
    };
    const source = sourceOf(owner) ?? new Map<string, Known>();
    const kept = Object.entries(inputs).map(([key, value]): [string, Value] => {
        const now = inside(value, schema[key]?.type);
        return [key, source.get(key)?.isSet === true && Array.isArray(now) ? now.reverse() : now];
    });
    const filled = [...source].filter(([key, { filledIn }]) => filledIn !== undefined && inputs[key] === undefined);
    return {
        ...Object.fromEntries(kept),
        ...Object.fromEntries(filled.map(([key, { filledIn = null }]) => [key, filledIn])),
        __defaults: filled.map(([key]) => key),
    };
}

/** The paths of all plain values, each with whether the provider's source says that a change of it replaces the resource. */
function leaves(owner: string, value: Value, type: TypeSchema | undefined, replaces = false): [string[], boolean][] {
    if (Array.isArray(value)) {
        const of = type?.kind === "list" ? type.of : undefined;
        // A member of a set is taken out and put in with all that is inside.
        const whole = replaces || (type?.kind === "list" && type.isSet && isFixedInside(type.of));
        return value.flatMap((each, at) => leaves(owner, each, of, whole).map(beside(String(at))));
    }
    if (type?.kind === "object" && isObject(value)) {
        return ofObject(type.name, value, objectSchema(type.name), replaces);
    }
    return [[[], replaces]];
}

function isFixedInside(type: TypeSchema): boolean {
    const properties = type.kind === "object" ? [...(sourceOf(type.name) ?? [])] : [];
    return properties.some(([, { replaces }]) => replaces);
}

const beside =
    (step: string) =>
    ([path, replaces]: [string[], boolean]): [string[], boolean] => [[step, ...path], replaces];

function ofObject(
    owner: string,
    inputs: Properties,
    schema: Record<string, PropertySchema>,
    above = false,
): [string[], boolean][] {
    return Object.entries(inputs).flatMap(([key, value]) => {
        const known = sourceOf(owner)?.get(key);
        const replaces = known?.replaces ?? schema[key]?.replaces ?? false;
        return leaves(owner, value, schema[key]?.type, above || replaces).map(beside(key));
    });
}

/** A value with another one in it at a path. */
function changedAt(value: Value, [step, ...rest]: string[]): Value {
    if (step === undefined) {
        return typeof value === "number" ? value + 7777 : typeof value === "boolean" ? !value : "other";
    }
    if (Array.isArray(value)) {
        return value.map((each, at) => (at === Number(step) ? changedAt(each, rest) : each));
    }
    return isObject(value) ? { ...value, [step]: changedAt(value[step] ?? null, rest) } : value;
}

const place = { projects: ["demo", "111"], location: "us-central1" };

function differences(schema: ResourceSchema, kept: Properties, said: Properties): PropertyDiff[] {
    return diffInputs(alignedInputs(kept, said, place, schema.inputs), said, schema, undefined).detailed;
}

describe("a state as the real provider keeps it", () => {
    const cases = tokens.map((token) => {
        const schema = resourceSchema(token);
        assert.ok(schema, token);
        return { token, schema };
    });
    const said = fc.tuple(fc.constantFrom(...cases), fc.infiniteStream(fc.nat(9999)));
    /** What a program says, and what the provider has made of it. */
    function example([{ token, schema }, stream]: [(typeof cases)[number], Iterator<number>]) {
        const inputs = inputsOf(schema.inputs, () => Number(stream.next().value));
        return { token, schema, inputs, kept: asKept(token, inputs, schema.inputs) };
    }

    it("is unchanged for each type that is enforced", () => {
        fc.assert(
            fc.property(said, (given) => {
                const { token, schema, inputs, kept } = example(given);
                assert.deepEqual(differences(schema, kept, inputs), [], token);
            }),
            { numRuns: 300 },
        );
    });

    it("differs by each single value that a program changes, and is replaced where the provider says so", () => {
        fc.assert(
            fc.property(said, fc.nat(), (given, at) => {
                const { token, schema, inputs, kept } = example(given);
                const all = ofObject(token, inputs, schema.inputs);
                const [path, replaces] = all[at % all.length] ?? [[], false];
                if (path.length === 0) {
                    return;
                }
                const found = differences(schema, kept, changedAt(inputs, path) as Properties);
                assert.ok(found.length > 0, path.join("."));
                const roots = [...new Set(found.map((each) => parsePath(each.path)[0]))];
                assert.deepEqual(roots, [path[0]], token);
                const placed = PLACED.test(token) && path[0] === "region";
                assert.equal(
                    found.some((each) => each.replaces),
                    replaces || placed,
                    path.join("."),
                );
            }),
            { numRuns: 1000 },
        );
    });

    it("differs by the order of a list, and not by that of a set", () => {
        let lists = 0;
        for (const { token, schema } of cases) {
            for (const [key, { isSet }] of sourceOf(token) ?? []) {
                const type = schema.inputs[key]?.type;
                if (type?.kind !== "list" || type.of.kind !== "string") {
                    continue;
                }
                lists += 1;
                const found = differences(schema, { [key]: ["a", "b"] }, { [key]: ["b", "a"] });
                assert.equal(found.length > 0, !isSet, `${key} of ${token}`);
            }
        }
        assert.ok(lists > 10);
    });
});
