import { strict as assert } from "node:assert";
import { setTimeout } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { provider } from "../../plugin";
import { type PropertySpec, schema, typeOf } from "../../plugin/package-schema";
import { setMocks } from "../../testing";
import { COMPONENTS } from "./components";

const unknown = (): pulumi.Output<unknown> => {
    const Class = pulumi.Output as unknown as new (...args: unknown[]) => pulumi.Output<unknown>;
    const [no, nothing] = [Promise.resolve(false), Promise.resolve(undefined)];
    return new Class([], nothing, no, no, Promise.resolve([]));
};

/** Values that programs without types can give, whatever the argument is. */
const ODD: Record<string, () => unknown> = {
    null: () => null,
    "an output of null": () => pulumi.output(null),
    "an empty text": () => "",
    "a blank text": () => " \n",
    "a text of other scripts": () => "süß-наказ-注文-🛒",
    "a very long text": () => "x".repeat(5_000),
    "a text like a template": () => "${orders.target}",
    "a text with a prototype's name": () => "__proto__",
    zero: () => 0,
    "a negative number": () => -1,
    "a fraction": () => 1.5,
    "no number": () => Number.NaN,
    true: () => true,
    "an empty list": () => [],
    "a list of nothing": () => [null],
    "a list of secrets": () => [pulumi.secret("never-shown")],
    "an empty object": () => ({}),
    "a map with odd keys": () => ({ "": "a", ключ: "b", constructor: "c" }),
    "a map of secrets": () => ({ one: pulumi.secret("never-shown"), two: { three: pulumi.secret("never-shown") } }),
    "a secret": () => pulumi.secret("never-shown"),
    "an unknown value": unknown,
    "a list of unknown values": () => [unknown(), unknown()],
    "a map of unknown values": () => ({ one: unknown() }),
    "a resource": () => new pulumi.DependencyResource("urn:pulumi:dev::shop::test:index:Own::own"),
};

/** What only a defect says. */
const DEFECT =
    /Cannot read|is not a function|is not iterable|undefined \(|Cannot convert|Invalid array|\[object |Calling \[|never-shown|toString|Maximum call|Reduce of/;

/** What the process of a plugin waits for before it answers. The SDK does not have it in its types. */
const runtime = pulumi.runtime as unknown as { waitForRPCs: () => Promise<void> };

/** Each path of an argument gets each twelfth of the values, and the next path other ones. */
const EACH = 12;

/** How long an answer may take. */
const HANGS = 20_000;

/** What is wrong with an answer. */
function defect(told: unknown): string | undefined {
    if (told === undefined) {
        return undefined;
    }
    const said = told instanceof Error ? `${told.constructor.name}: ${told.message}` : JSON.stringify(told);
    const isOfArgument = told instanceof pulumi.InputPropertyError || (told as { code?: string }).code === "argument";
    const path = (told as { propertyPath?: string }).propertyPath ?? (told as { argument?: string }).argument;
    return isOfArgument && path && !DEFECT.test(said + (told as pulumi.InputPropertyError).reason)
        ? undefined
        : said.slice(0, 300);
}

/** The path of each argument, and of those within, at most three deep. */
function paths(specs: Record<string, PropertySpec>, depth = 3): string[][] {
    return Object.entries(specs).flatMap(([key, spec]) => {
        const { properties = {} } = typeOf(spec);
        const inner = depth === 1 ? [] : paths(properties, depth - 1);
        const each = spec.items ?? spec.additionalProperties;
        const within =
            each === undefined || depth === 1
                ? []
                : [["*"], ...paths(typeOf(each).properties ?? {}, depth - 1).map((path) => ["*", ...path])];
        return [[key], ...inner.map((path) => [key, ...path]), ...within.map((path) => [key, ...path])];
    });
}

/** A value with another one at a path. What is missing on the way there is made. */
function withAt(value: unknown, [key, ...rest]: string[], spec: PropertySpec, odd: unknown): unknown {
    if (key === undefined) {
        return odd;
    }
    if (key === "*") {
        if (spec.items !== undefined) {
            const [first] = Array.isArray(value) ? (value as unknown[]) : [];
            return [withAt(first, rest, spec.items, odd)];
        }
        const [[name, first] = ["orders", undefined]] = Object.entries(value ?? {});
        return { [name]: withAt(first, rest, spec.additionalProperties ?? {}, odd) };
    }
    const { properties = {} } = typeOf(spec);
    const members = (value ?? {}) as Record<string, unknown>;
    return { ...members, [key]: withAt(members[key], rest, properties[key] ?? {}, odd) };
}

describe("an odd argument of a program in another language", function () {
    this.timeout(600_000);
    const { construct } = provider();

    /** What a program is told, as the process of the plugin answers: of the first failure, or nothing when all went well. */
    async function outcome(kind: string, inputs: Record<string, unknown>): Promise<unknown> {
        await setMocks({ config: { "gcp:project": "demo" }, preview: true });
        const late = new AbortController();
        const others = process.listeners("unhandledRejection");
        process.removeAllListeners("unhandledRejection");
        const failed = new Promise<never>((_resolve, reject) => process.on("unhandledRejection", reject));
        const answer = async () => {
            const made = await construct?.("x", `pulumi-gcp-invoke:index:${kind}`, inputs, {});
            await pulumi.runtime.serializeProperties("x", { ...made?.state, urn: made?.urn });
            await runtime.waitForRPCs();
            return undefined;
        };
        const hung = setTimeout(HANGS, "it hangs", { signal: late.signal });
        try {
            return await Promise.race([answer(), failed, hung]);
        } catch (error) {
            return error;
        } finally {
            late.abort();
            hung.catch(() => undefined);
            await new Promise((resolve) => setImmediate(resolve));
            process.removeAllListeners("unhandledRejection");
            for (const other of others) {
                process.on("unhandledRejection", other);
            }
        }
    }

    for (const [kind, inputs] of Object.entries(COMPONENTS)) {
        it(`of ${kind} is taken, or refused by its path in words for the user, and without secrets`, async () => {
            const { inputProperties = {} } = schema.resources[`pulumi-gcp-invoke:index:${kind}`] ?? {};
            const all = paths(inputProperties);
            const defects: string[] = [];
            let tried = 0;
            for (const [at, path] of all.entries()) {
                for (const [index, [name, odd]] of Object.entries(ODD).entries()) {
                    if ((at + index) % EACH !== 0) {
                        continue;
                    }
                    const [first = "", ...rest] = path;
                    const given = {
                        ...inputs,
                        [first]: withAt(inputs[first], rest, inputProperties[first] ?? {}, odd()),
                    };
                    const told = await outcome(kind, given);
                    tried += 1;
                    const bad = defect(told);
                    if (bad !== undefined) {
                        defects.push(`${path.join(".")} = ${name}: ${bad}`);
                    }
                }
            }
            assert.ok(tried > 5, `only ${tried} were tried`);
            assert.deepEqual(defects, []);
        });
    }
});
