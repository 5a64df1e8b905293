import { strict as assert } from "node:assert";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { settle, UnknownArgument } from "../../plugin/arguments";
import { checked } from "../../plugin/checked";
import { schema } from "../../plugin/package-schema";

const { inputProperties: specs } = schema.resources["pulumi-gcp-invoke:index:AuthenticatedWorkflow"] ?? {
    inputProperties: {},
};

/** What the SDK knows about an output and does not have in its types. */
interface Settled {
    promise: () => Promise<unknown>;
    isKnown: Promise<boolean>;
    isSecret: Promise<boolean>;
}

function outputOf(value: unknown, isKnown: boolean, isSecret: boolean): pulumi.Output<unknown> {
    const Class = pulumi.Output as unknown as new (...args: unknown[]) => pulumi.Output<unknown>;
    return new Class(
        [],
        Promise.resolve(value),
        Promise.resolve(isKnown),
        Promise.resolve(isSecret),
        Promise.resolve([]),
    );
}

type Kind = "plain" | "known" | "secret";

/** A value in which each place may be an output, as programs in other languages give it. */
function wrapped(value: unknown, next: () => Kind): unknown {
    const inner = Array.isArray(value)
        ? value.map((each) => wrapped(each, next))
        : value !== null && typeof value === "object"
          ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, wrapped(each, next)]))
          : value;
    const kind = next();
    return kind === "plain" ? inner : kind === "known" ? pulumi.output(inner) : pulumi.secret(inner);
}

const TARGET = "#/types/pulumi-gcp-invoke:index:Target";
const target = {
    kind: "run",
    url: "https://orders-abc-ew.a.run.app",
    audience: "https://orders-abc-ew.a.run.app",
    resource: { type: "run-service", name: "orders", location: "europe-west1" },
    ingress: "all",
};

describe("the arguments of a component in another language", () => {
    it("are known where the component must know them, and outputs elsewhere, however they are wrapped", async () => {
        const kinds = fc.infiniteStream(fc.constantFrom<Kind[]>("plain", "known", "secret"));
        await fc.assert(
            fc.asyncProperty(kinds, async (stream) => {
                const next = (): Kind => (stream.next() as { value: Kind }).value;
                const given = {
                    location: "europe-west1",
                    targets: { orders: target },
                    invokers: ["group:a@example.com"],
                };
                const members = Object.entries(given).map(([key, value]) => [key, wrapped(value, next)] as const);
                const args = await settle(Object.fromEntries(members), specs);
                const { targets, invokers } = args as {
                    targets: { orders: Record<string, unknown> & { resource: Record<string, unknown> } };
                    invokers: unknown[];
                };
                assert.equal(targets.orders["kind"], "run");
                assert.equal(targets.orders["ingress"], "all");
                assert.equal(targets.orders.resource["type"], "run-service");
                assert.ok(Array.isArray(invokers));
                const whole = await (pulumi.output(args) as unknown as Settled).promise();
                assert.deepEqual(whole, given);
            }),
            { numRuns: 60 },
        );
    });

    it("stay secret where they were secret, also within what must be known", async () => {
        const args = await settle({ targets: outputOf({ orders: target }, true, true) }, specs);
        const { orders } = args["targets"] as { orders: Record<string, unknown> };
        assert.equal(orders["kind"], "run");
        assert.equal(await (orders["url"] as Settled).isSecret, true);
    });

    it("may be unknown where the component does not need them", async () => {
        const url = outputOf(undefined, false, false);
        const args = await settle({ targets: { orders: { ...target, url } } }, specs);
        const { orders } = args["targets"] as { orders: Record<string, unknown> };
        assert.equal(orders["url"], url);
    });

    it("are refused by their path where they are unknown and needed", async () => {
        const unknown = outputOf(undefined, false, false);
        const cases = {
            targets: { targets: unknown },
            "targets.orders": { targets: { orders: unknown } },
            "targets.orders.kind": { targets: { orders: { ...target, kind: unknown } } },
            "targets.orders.resource": { targets: { orders: { ...target, resource: unknown } } },
        };
        for (const [path, given] of Object.entries(cases)) {
            await assert.rejects(
                settle(given, specs),
                (error: unknown) => error instanceof UnknownArgument && error.path === path,
                path,
            );
        }
    });

    it("name what is no target by its path, in each component and however it is wrapped", async () => {
        const wrong: [unknown, RegExp][] = [
            [null, /is nothing,/],
            ["https://orders-abc-ew.a.run.app", /is a string,/],
            [7, /is a number,/],
            [[target], /is a list,/],
            [{ url: target.url }, /is an object without kind,/],
            [{ ...target, kind: null }, /is an object without kind,/],
        ];
        const places = Object.entries(schema.resources).flatMap(([type, { inputProperties }]) =>
            Object.entries(inputProperties).flatMap(([key, spec]) => {
                const isOne = spec.$ref === TARGET;
                const isMap = spec.additionalProperties?.$ref === TARGET;
                return isOne || isMap ? [{ type, key, inputProperties, isMap }] : [];
            }),
        );
        assert.ok(places.some(({ isMap }) => isMap) && places.some(({ isMap }) => !isMap));
        for (const { type, key, inputProperties, isMap } of places) {
            const path = isMap ? `${key}.orders` : key;
            const settled = (value: unknown) =>
                checked({ [key]: isMap ? { orders: value } : value }, { properties: inputProperties });
            await settled(pulumi.secret(target));
            for (const [value, reason] of wrong) {
                for (const given of [value, pulumi.output(value), pulumi.secret(value)]) {
                    await assert.rejects(settled(given), (error: unknown) => {
                        assert.ok(error instanceof pulumi.InputPropertyError, `${type}: ${String(error)}`);
                        assert.match(error.reason, reason);
                        assert.match(error.reason, /its output "target"/);
                        assert.doesNotMatch(error.reason, /run\.app/);
                        return error.propertyPath === path;
                    });
                }
            }
        }
    });
});
