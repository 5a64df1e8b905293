import { strict as assert } from "node:assert";
import * as pulumi from "@pulumi/pulumi";
import { provider } from "../../plugin";
import { schema } from "../../plugin/package-schema";
import { setMocks } from "../../testing";
import { COMPONENTS } from "./components";

const ways: Record<string, (value: unknown) => unknown> = {
    "as they are": (value) => value,
    "as outputs": (value) => pulumi.output(value),
    "as secrets": (value) => pulumi.secret(value),
};

function unknown(): pulumi.Output<unknown> {
    const Class = pulumi.Output as unknown as new (...args: unknown[]) => pulumi.Output<unknown>;
    const [no, nothing] = [Promise.resolve(false), Promise.resolve(undefined)];
    return new Class([], nothing, no, no, Promise.resolve([]));
}

/** Makes one component as the process of the plugin does. */
async function construct(kind: string, inputs: Record<string, unknown>, preview = false) {
    const mocked = await setMocks({ config: { "gcp:project": "demo" }, preview });
    const type = `pulumi-gcp-invoke:index:${kind}`;
    const made = await provider().construct?.("x", type, inputs, {});
    assert.ok(made);
    await (made.urn as unknown as { promise: () => Promise<string> }).promise();
    return { made, mocked };
}

async function refusalOf(kind: string, inputs: Record<string, unknown>): Promise<{ path: string; reason: string }> {
    try {
        await construct(kind, inputs);
    } catch (error) {
        assert.ok(error instanceof pulumi.InputPropertyError, `${kind}: ${String(error)}`);
        return { path: error.propertyPath, reason: error.reason };
    }
    assert.fail(`${kind} was made of ${Object.keys(inputs).join(", ")}`);
}

describe("a component that a program in another language makes", function () {
    this.timeout(120_000);

    it("has arguments here, whichever it is", () => {
        const kinds = Object.keys(schema.resources).map((type) => type.split(":")[2]);
        assert.deepEqual(kinds.toSorted(), Object.keys(COMPONENTS).toSorted());
    });

    for (const [kind, inputs] of Object.entries(COMPONENTS)) {
        const type = `pulumi-gcp-invoke:index:${kind}`;
        const { properties = {}, requiredInputs = [] } = schema.resources[type] ?? {};

        it(`${kind} is made of its arguments, as they are, as outputs and as secrets`, async () => {
            const counts = new Set<number>();
            for (const [way, wrap] of Object.entries(ways)) {
                const wrapped = Object.entries(inputs).map(([key, value]) => [key, wrap(value)] as const);
                const { made, mocked } = await construct(kind, Object.fromEntries(wrapped));
                await mocked.settled();
                assert.equal(mocked.resources[0]?.type, type, way);
                assert.deepEqual(Object.keys(made.state as object).toSorted(), Object.keys(properties).toSorted());
                counts.add(mocked.resources.length);
            }
            assert.equal(counts.size, 1, "it makes the same resources in each way");
        });

        it(`${kind} can be previewed while an argument is unknown, whichever that is`, async () => {
            for (const key of Object.keys(inputs)) {
                const { made, mocked } = await construct(kind, { ...inputs, [key]: unknown() }, true);
                assert.equal(mocked.resources[0]?.type, type, key);
                assert.deepEqual(Object.keys(made.state as object).toSorted(), Object.keys(properties).toSorted());
            }
        });

        it(`${kind} is refused by the path of what is missing, nothing or misspelt`, async () => {
            for (const key of requiredInputs) {
                const { [key]: _, ...rest } = inputs;
                for (const nothing of [{}, { [key]: null }, { [key]: pulumi.output(null) }]) {
                    const { path, reason } = await refusalOf(kind, { ...rest, ...nothing });
                    assert.equal(path, key);
                    assert.match(reason, /is (missing|nothing)/);
                }
            }
            const { path, reason } = await refusalOf(kind, { ...inputs, locatoin: "x" });
            assert.equal(path, "locatoin");
            assert.match(reason, /is not known; known are /);
        });
    }
});
