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

    describe("and that names a target by its URN", () => {
        const typeOf = (kind: string): string => `pulumi-gcp-invoke:index:${kind}`;
        type Made = Record<string, Record<string, unknown>>;

        /** Makes one component after another in one program, each of what the ones before have as outputs. */
        async function inOneProgram(steps: [string, (made: Made) => Record<string, unknown>][], preview = false) {
            const mocked = await setMocks({ config: { "gcp:project": "demo" }, preview });
            const { construct: make } = provider();
            assert.ok(make);
            const made: Made = {};
            for (const [kind, inputs] of steps) {
                const { urn, state } = await make(kind.toLowerCase(), typeOf(kind), inputs(made), {});
                made[kind] = { ...(state as object), urn };
            }
            await mocked.settled();
            return mocked.resources;
        }
        const callers: [string, (target: unknown) => Record<string, unknown>][] = [
            ["AuthenticatedSchedule", (target) => ({ target })],
            ["AuthenticatedQueue", (target) => ({ target })],
            ["AuthenticatedPush", (target) => ({ target })],
            ["AuthenticatedTrigger", (target) => ({ target })],
            ["AuthenticatedWorkerPool", (target) => ({ invokes: { orders: target }, vpc: { subnetwork: "default" } })],
            ["AuthenticatedWorkflow", (target) => ({ targets: { orders: target }, privateServices: {} })],
            ["ContinuousCheck", (target) => ({ requests: { orders: { target, path: "/" } } })],
        ];
        const callees = [
            "InvokableService",
            "InvokableFunction",
            "InvokableBackend",
            "InvokableMcpServer",
            "InvokableJob",
            "InvokableGateway",
            "ExternalApi",
        ];
        /** A workflow sends a token that Google signs, and in `Authorization` alone. */
        const forWorkflows: Record<string, object> = {
            InvokableMcpServer: { usesAuthorization: false },
            InvokableGateway: { idTokens: true },
        };
        const withTarget = (caller: string, target: unknown) => ({
            ...COMPONENTS[caller],
            ...callers.find(([kind]) => kind === caller)?.[1](target),
        });

        it("makes the same as with the data of the target, for each caller and each callee", async () => {
            const pairs = [
                ...callers.map(([caller]) => [caller, "InvokableService"] as const),
                ...callees.map((callee) => ["AuthenticatedWorkflow", callee] as const),
            ];
            for (const [caller, callee] of pairs) {
                const resources = async (target: (made: Made) => unknown): Promise<unknown[]> => {
                    const all = await inOneProgram([
                        [callee, () => ({ ...COMPONENTS[callee], ...forWorkflows[callee] })],
                        [caller, (made) => withTarget(caller, target(made))],
                    ]);
                    const text = JSON.stringify(all.map(({ type, name, inputs }) => ({ type, name, inputs })));
                    return JSON.parse(text.replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"a time"')) as unknown[];
                };
                const byData = await resources((made) => made[callee]?.["target"]);
                assert.ok(byData.length > 2, `${caller} of ${callee}`);
                assert.deepEqual(await resources((made) => ({ component: made[callee]?.["urn"] })), byData);
            }
        });

        it("waits in a preview for one of which nothing is known yet", async () => {
            const service = { ...COMPONENTS["InvokableService"], ingress: unknown() };
            for (const [caller] of callers) {
                for (const named of [(made: Made) => made["InvokableService"]?.["urn"], unknown]) {
                    const inputs = (made: Made) => withTarget(caller, { component: named(made) });
                    const all = await inOneProgram(
                        [
                            ["InvokableService", () => service],
                            [caller, inputs],
                        ],
                        true,
                    );
                    assert.deepEqual(
                        all.map(({ type }) => type),
                        [typeOf("InvokableService"), typeOf(caller)],
                    );
                }
            }
        });

        it("is refused for one that nothing can call, that this program has not made, or that says no kind", async () => {
            const wrong: [Record<string, unknown>, string, RegExp][] = [
                [{ component: "urn:of-another-stack" }, ".component", /this program has not made.*pass the URN/],
                [{ component: "urn:of-another-stack", url: "https://a.example" }, "", /an object without kind/],
                [{ component: null }, "", /an object without kind/],
                [{ kind: "run" }, ".url", /is missing/],
            ];
            for (const [target, path, reason] of wrong) {
                const refusal = await refusalOf("AuthenticatedSchedule", withTarget("AuthenticatedSchedule", target));
                assert.equal(refusal.path, `target${path}`);
                assert.match(refusal.reason, reason);
            }
            await assert.rejects(
                inOneProgram([
                    ["AuthenticatedWorkflow", () => COMPONENTS["AuthenticatedWorkflow"] ?? {}],
                    [
                        "AuthenticatedSchedule",
                        (made) =>
                            withTarget("AuthenticatedSchedule", { component: made["AuthenticatedWorkflow"]?.["urn"] }),
                    ],
                ]),
                (error: unknown) =>
                    error instanceof pulumi.InputPropertyError && /which nothing can call/.test(error.reason),
            );
        });
    });
});
