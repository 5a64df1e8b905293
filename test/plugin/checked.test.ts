import { strict as assert } from "node:assert";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { checked } from "../../plugin/checked";
import { type ObjectSpec, type PropertySpec, schema, typeOf } from "../../plugin/package-schema";

const ASSET = "pulumi.json#/Asset";

/** A value with all that the schema has in it, the way to each place in it, and what the schema says about that. */
interface Place {
    path: string;
    keys: (string | number)[];
    spec: PropertySpec;
}

function valueOf(spec: PropertySpec, depth = 0): unknown {
    if (spec.$ref === ASSET) {
        return new pulumi.asset.StringAsset("text");
    }
    const { type, properties } = typeOf(spec);
    switch (type) {
        case "object":
            return properties === undefined
                ? { one: valueOf(spec.additionalProperties ?? {}, depth + 1) }
                : objectOf(typeOf(spec), depth + 1);
        case "array":
            return [valueOf(spec.items ?? {}, depth + 1)];
        case "number":
            return 7;
        case "boolean":
            return true;
        case "string":
            return "text";
        default:
            return { any: ["thing"] };
    }
}

/** All members, and only the required ones far inside, because a type may contain itself. */
function objectOf({ properties = {}, required = [] }: ObjectSpec, depth: number): Record<string, unknown> {
    const members = Object.entries(properties).filter(([key]) => depth < 5 || required.includes(key));
    return Object.fromEntries(members.map(([key, spec]) => [key, valueOf(spec, depth)]));
}

function* placesIn(value: unknown, spec: PropertySpec, path: string, keys: (string | number)[]): Generator<Place> {
    yield { path, keys, spec };
    const { type, properties } = typeOf(spec);
    if (type === "array") {
        yield* placesIn((value as unknown[])[0], spec.items ?? {}, `${path}[0]`, [...keys, 0]);
    }
    if (type === "object") {
        for (const [key, member] of Object.entries(value as object)) {
            const of = properties?.[key] ?? spec.additionalProperties ?? {};
            yield* placesIn(member, of, `${path}.${key}`, [...keys, key]);
        }
    }
}

function replaced(value: unknown, [key, ...rest]: (string | number)[], change: (old: unknown) => unknown): unknown {
    if (key === undefined) {
        return change(value);
    }
    const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
        string,
        unknown
    >;
    copy[key] = replaced(copy[key], rest, change);
    return copy;
}

class Someone extends pulumi.ComponentResource {
    constructor() {
        super("test:index:Someone", "someone");
    }
}

const specs: ObjectSpec[] = Object.values(schema.resources).map(({ inputProperties, requiredInputs = [] }) => ({
    properties: inputProperties,
    required: requiredInputs,
}));
const whole = specs.map((spec) => ({ spec, value: objectOf(spec, 0) }));
const places = whole.flatMap(({ spec, value }) =>
    Object.entries(value).flatMap(([key, member]) =>
        [...placesIn(member, spec.properties?.[key] ?? {}, key, [key])].map((place) => ({ ...place, of: spec, value })),
    ),
);
const wraps = [(value: unknown) => value, pulumi.output, pulumi.secret] as ((value: unknown) => unknown)[];
const promised = (value: unknown) => (pulumi.output(value) as unknown as { promise: () => Promise<unknown> }).promise();

describe("the check of arguments against the schema", () => {
    before(() => {
        void pulumi.runtime.setMocks({
            newResource: ({ inputs }) => ({ id: "", state: inputs as object }),
            call: () => ({}),
        });
    });

    it("takes every argument that the schema has, also as an output", async () => {
        assert.ok(places.length > 500, String(places.length));
        for (const { spec, value } of whole) {
            const expected = await promised(value);
            assert.deepEqual(await promised(await checked(value, spec)), expected);
            const outputs = Object.entries(value).map(([key, member]) => [key, pulumi.output(member)] as const);
            assert.deepEqual(await promised(await checked(Object.fromEntries(outputs), spec)), expected);
        }
    });

    it("refuses a value of another type by its path, wherever it is, and says nothing of the value", async () => {
        const resource = new Someone();
        const wrong: Record<string, unknown[]> = {
            string: [["x"], { a: 1 }, resource],
            number: ["hush", "", true, ["x"], { a: 1 }, resource],
            boolean: ["hush", 1, ["x"], { a: 1 }, resource],
            object: ["hush", 1, true, ["x"], resource],
            asset: ["hush", 1, ["x"], { a: 1 }, resource],
            array: ["hush", 1, true, { a: 1 }, resource],
        };
        const kind = (spec: PropertySpec): string => (spec.$ref === ASSET ? "asset" : (typeOf(spec).type ?? "any"));
        const typed = places.filter(({ spec }) => kind(spec) !== "any");
        await fc.assert(
            fc.asyncProperty(
                fc.constantFrom(...typed),
                fc.nat(),
                fc.constantFrom(...wraps),
                async ({ path, keys, spec, of, value }, seed, wrap) => {
                    const candidates = wrong[kind(spec)] ?? [];
                    const bad = candidates[seed % candidates.length];
                    const given = replaced(value, keys, () => (bad === resource ? bad : wrap(bad)));
                    await assert.rejects(checked(given as Record<string, unknown>, of), (error: unknown) => {
                        assert.ok(error instanceof pulumi.InputPropertyError, String(error));
                        assert.equal(error.propertyPath, path);
                        assert.match(error.reason, /^is (a|an) .*(expected|which is no target)/);
                        assert.doesNotMatch(error.reason, /hush/);
                        return true;
                    });
                },
            ),
            { numRuns: 1000 },
        );
    });

    it("refuses what is missing or not known by its path, wherever that is", async () => {
        const objects = places.filter(({ spec }) => typeOf(spec).properties !== undefined);
        for (const { path, keys, spec, of, value } of objects) {
            const { required = [] } = typeOf(spec);
            const without = (key: string) => (old: unknown) =>
                Object.fromEntries(Object.entries(old as object).filter(([name]) => name !== key));
            const cases: [string, unknown][] = [
                ...required.map((key): [string, unknown] => [key, replaced(value, keys, without(key))]),
                ["unheardOf", replaced(value, keys, (old) => ({ ...(old as object), unheardOf: 1 }))],
            ];
            for (const [key, given] of cases) {
                await assert.rejects(checked(given as Record<string, unknown>, of), (error: unknown) => {
                    assert.ok(error instanceof pulumi.InputPropertyError, String(error));
                    // A target without kind is told as what is no target.
                    assert.ok([path, `${path}.${key}`].includes(error.propertyPath), error.propertyPath);
                    return true;
                });
            }
        }
    });

    it("reads numbers and booleans where texts are needed, and the other way round", async () => {
        const spec: ObjectSpec = {
            properties: { text: { type: "string" }, count: { type: "number" }, yes: { type: "boolean" } },
        };
        const given = { text: 8080, count: "8080", yes: "true" };
        assert.deepEqual(await checked(given, spec), { text: "8080", count: 8080, yes: true });
        const secret = await checked({ text: pulumi.secret(false) }, spec);
        assert.equal(await promised(secret["text"]), "false");
        assert.equal(await pulumi.isSecret(secret["text"] as pulumi.Output<unknown>), true);
    });
});
