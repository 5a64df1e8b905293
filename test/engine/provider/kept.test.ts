import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";

import { gcpProvider } from "../../../engine/provider/gcp";
import { resourceSchema, type ResourceSchema } from "../../../engine/provider/schema";
import { allTokens, tierOf } from "../../../engine/provider/tiers";
import type { Subject } from "../../../engine/provider/types";
import { type Properties, UNKNOWN, type Value } from "../../../engine/values/values";
import { AnyResource, Bench } from "../helper";
import { inputsOf } from "./generated-inputs";

const kept = allTokens().filter((token) => tierOf(token) === "kept");
const provider = gcpProvider((_, url) => Promise.reject(new Error(`a kept resource asks for ${url}`)));

const subjectOf = (type: string): Subject => ({
    type,
    name: "thing",
    urn: `urn:pulumi:dev::kept::${type}::thing`,
    config: { project: "demo", region: "europe-west1" },
});

const schemaOf = (token: string): ResourceSchema => {
    const schema = resourceSchema(token);
    assert.ok(schema, token);
    return schema;
};

async function checked(subject: Subject, inputs: Properties, olds: Properties = {}): Promise<Properties> {
    const { inputs: news, failures } = await provider.check(subject, olds, inputs);
    assert.deepEqual(failures, [], subject.type);
    return news;
}

const everyMember = (
    left: Value | undefined,
    right: Value | undefined,
    same: (a: Value | undefined, b: Value | undefined) => boolean,
): boolean =>
    left !== null &&
    right !== null &&
    typeof left === "object" &&
    typeof right === "object" &&
    Object.entries(left).every(([key, value]) => same(value, (right as Properties)[key]));

/** Whether what was made is what a preview showed, but for what the preview did not know. */
const agrees = (shown: Value | undefined, made: Value | undefined): boolean =>
    shown === UNKNOWN || isDeepStrictEqual(shown, made) || everyMember(shown, made, agrees);

/** Whether an output has all that the program gave. */
const contains = (output: Value | undefined, given: Value | undefined): boolean =>
    isDeepStrictEqual(output, given) || everyMember(given, output, (a, b) => contains(b, a));

/** Another value of the same type. */
function changed(value: Value | undefined): Value {
    switch (typeof value) {
        case "number":
            return value + 1;
        case "boolean":
            return !value;
        case "string":
            return `${value}-changed`;
        default:
            return Array.isArray(value) ? [...value, ...value] : { ...(value as Properties), key: "changed" };
    }
}

describe("resource types that are only kept", function () {
    it("are more than a thousand, and no type is without a tier", () => {
        assert.ok(kept.length > 900, String(kept.length));
        for (const token of allTokens()) {
            assert.match(tierOf(token), /^(enforced|policy|kept|refused)$/);
        }
    });

    it("are created, unchanged, updated, replaced, read, imported and deleted by their schema, and call nothing", async () => {
        for (const type of kept) {
            const subject = subjectOf(type);
            const schema = schemaOf(type);
            for (const seed of [1, 2]) {
                const given = inputsOf(schema.inputs, seed);
                const inputs = await checked(subject, given);
                const planned = await provider.create(subject, inputs, true);
                const { id = "", outputs } = await provider.create(subject, inputs, false);
                assert.ok(id !== "", type);
                assert.ok(agrees(planned.outputs, outputs), `${type}: a preview shows what is not made`);
                for (const [key, value] of Object.entries(given)) {
                    assert.ok(contains(outputs[key], value), `${type}.${key}`);
                }
                for (const [key, { computed }] of Object.entries(schema.outputs)) {
                    assert.ok(!computed || (outputs[key] ?? null) !== null, `${type}.${key} has no value`);
                }
                const old = { id, inputs, outputs };
                const again = await checked(subject, given, inputs);
                assert.deepEqual((await provider.diff(subject, old, again)).detailed, [], type);
                const read = await provider.read(subject, id, old);
                assert.deepEqual(read, { id, inputs, outputs }, type);
                const imported = await provider.read(subject, id, undefined, given);
                assert.ok(imported, type);
                const afterImport = await checked(subject, given, imported.inputs);
                const { detailed: differing } = await provider.diff(subject, imported, afterImport);
                assert.deepEqual(differing, [], `import of ${type}`);
                for (const [key, property] of Object.entries(schema.inputs)) {
                    if (given[key] === undefined || ["object", "list", "asset"].includes(property.type.kind)) {
                        continue;
                    }
                    const news = await checked(subject, { ...given, [key]: changed(given[key]) }, inputs);
                    const { detailed } = await provider.diff(subject, old, news);
                    assert.ok(detailed.length > 0, `${type}.${key} has not changed`);
                    assert.equal(
                        detailed.every(({ replaces }) => replaces),
                        property.replaces,
                        `${type}.${key}`,
                    );
                    const updated = await provider.update(subject, old, news, false);
                    assert.deepEqual(updated[key], news[key], `${type}.${key}`);
                }
                await provider.delete(subject, old);
            }
        }
    });

    it("refuse what their schema refuses: each unknown, missing and wrong property, by its name", async () => {
        for (const type of kept) {
            const subject = subjectOf(type);
            const schema = schemaOf(type);
            const given = inputsOf(schema.inputs, 1);
            const failures = async (inputs: Properties): Promise<string[]> =>
                (await provider.check(subject, {}, inputs)).failures.map(({ property }) => property);
            assert.deepEqual(await failures({ ...given, noSuchProperty: 1 }), ["noSuchProperty"], type);
            for (const [key, { required, type: wanted }] of Object.entries(schema.inputs)) {
                const { [key]: _, ...rest } = given;
                assert.deepEqual(await failures(rest), required ? [key] : [], `${type}.${key} is missing`);
                const wrong = wanted.kind === "list" || wanted.kind === "map" || wanted.kind === "object" ? 1 : [1];
                assert.deepEqual(await failures({ ...rest, [key]: wrong }), [key], `${type}.${key} is wrong`);
            }
        }
    });

    it("go through a whole stack: created, unchanged, refreshed and destroyed", async function () {
        const bench = new Bench("");
        const some = kept.filter((_, at) => at % 8 === 0);
        try {
            const program = (): Promise<void> => {
                for (const type of some) {
                    new AnyResource(type, "thing", inputsOf(schemaOf(type).inputs, 1));
                }
                return Promise.resolve();
            };
            const stack = await bench.open({ "gcp:project": "demo" }, { program });
            const up = await stack.up({ preview: true });
            // The stack itself is one of them.
            assert.equal(up.changes.create, some.length + 1);
            const notice = up.diagnostics.find(({ message }) => message.startsWith("kept, not enforced: "));
            assert.ok(notice);
            assert.ok(some.every((type) => notice.message.includes(type)));
            assert.equal((await stack.preview()).changes.same, some.length + 1);
            assert.equal((await stack.refresh()).changes.update, undefined);
            assert.equal((await stack.destroy()).changes.delete, some.length + 1);
            assert.deepEqual(bench.cloud.requests, []);
        } finally {
            bench.close();
        }
    });
});
