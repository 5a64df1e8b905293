import assert from "node:assert/strict";
import fc from "fast-check";
import { compileMessageFilter } from "../../../../sandbox/apis/pubsub/message-filter";
import { ApiError } from "../../../../sandbox/cloud";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

type Attributes = Record<string, string>;

/** A filter with what it means. */
interface Filter {
    text: string;
    passes: (attributes: Attributes) => boolean;
}

const key = fc.constantFrom("a", "b", "domain-1", "iana.org/tag");
const value = fc.oneof(fc.constantFrom("", "x", "xy", "y"), fc.string({ maxLength: 4 }));
const attributesOf = fc.dictionary(key, value, { noNullPrototype: true });
const written = (name: string): string => (/^[\w-]+$/.test(name) ? name : JSON.stringify(name));
const quoted = (text: string): string => `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;

const { filter } = fc.letrec<{ filter: Filter; term: Filter }>((tie) => ({
    term: fc.oneof(
        { maxDepth: 3 },
        key.map((name) => ({
            text: `attributes:${written(name)}`,
            passes: (on: Attributes) => Object.hasOwn(on, name),
        })),
        fc.tuple(key, value, fc.boolean()).map(([name, wanted, same]) => ({
            text: `attributes.${written(name)} ${same ? "=" : "!="} ${quoted(wanted)}`,
            passes: (on: Attributes) => (on[name] === wanted) === same,
        })),
        fc.tuple(key, value).map(([name, begin]) => ({
            text: `hasPrefix(attributes.${written(name)}, ${quoted(begin)})`,
            passes: (on: Attributes) => on[name]?.startsWith(begin) ?? false,
        })),
        fc.tuple(fc.constantFrom("NOT ", "-"), tie("term")).map(([not, term]) => ({
            text: `${not}${term.text}`,
            passes: (on: Attributes) => !term.passes(on),
        })),
        tie("filter").map(({ text, passes }) => ({ text: `(${text})`, passes })),
    ),
    filter: fc
        .tuple(fc.constantFrom("AND", "OR"), fc.array(tie("term"), { minLength: 1, maxLength: 3 }))
        .map(([word, terms]) => ({
            text: terms.map(({ text }) => text).join(` ${word} `),
            passes: (on: Attributes) =>
                word === "AND" ? terms.every((term) => term.passes(on)) : terms.some((term) => term.passes(on)),
        })),
}));

describe("the filter of a subscription", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = testCloud();
        await cloud.call(owner, "PUT", `${pubsub}/topics/tee`, {});
    });
    afterEach(() => cloud.close());
    const pubsub = "https://pubsub.googleapis.com/v1/projects/demo";
    const subscribe = (wanted: string) =>
        cloud.status(owner, "PUT", `${pubsub}/subscriptions/sub`, {
            topic: "projects/demo/topics/tee",
            filter: wanted,
        });

    it("lets pass what Pub/Sub's language says, whatever is joined, negated and in brackets", () => {
        fc.assert(
            fc.property(filter, attributesOf, ({ text, passes }, attributes) => {
                fc.pre(Buffer.byteLength(text) <= 256);
                assert.equal(compileMessageFilter(text)(attributes), passes(attributes), text);
            }),
            { numRuns: 500 },
        );
    });

    it("reads escapes in texts", () => {
        const test = compileMessageFilter(String.raw`attributes.a = "\u0041\x42\103\n\""`);
        assert.deepEqual([test({ a: 'ABC\n"' }), test({ a: "A" })], [true, false]);
    });

    for (const wrong of [
        "attributes.a",
        "attributes.a = b",
        'attributes.a < "b"',
        'data = "x"',
        'attributes:a AND attributes:b OR attributes.c = "d"',
        'hasPrefix(attributes.a "x")',
        'hasSuffix(attributes.a, "x")',
        "(attributes:a",
        "attributes:a)",
        "NOT",
        "attributes:a attributes:b",
        '"',
        `attributes:${"a".repeat(256)}`,
        "(".repeat(255),
    ]) {
        it(`is refused with 400 where it is ${wrong.slice(0, 60)}`, async () => {
            assert.equal(await subscribe(wrong), 400);
        });
    }

    it("is never an error of the sandbox's, whatever it is", () => {
        const word = fc.constantFrom(...'attributes : . a = != "x" ( ) AND OR NOT - hasPrefix , \\ "'.split(" "));
        fc.assert(
            fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 3 })), { maxLength: 12 }), (words) => {
                try {
                    compileMessageFilter(words.join(" "));
                } catch (error) {
                    assert.ok(error instanceof ApiError && error.status === "INVALID_ARGUMENT");
                }
            }),
            { numRuns: 1000 },
        );
    });

    it("keeps back what does not match, which counts as acknowledged, and delivers the rest", async () => {
        assert.equal(await subscribe('attributes.kind = "order"'), 200);
        await cloud.call(owner, "PUT", `${pubsub}/subscriptions/all`, { topic: "projects/demo/topics/tee" });
        await cloud.call(owner, "POST", `${pubsub}/topics/tee:publish`, {
            messages: [{ attributes: { kind: "order", n: "1" } }, { attributes: { kind: "other" } }, { data: "eA==" }],
        });
        const pulled = async (id: string): Promise<number> => {
            const { receivedMessages = [] } = await cloud.call(owner, "POST", `${pubsub}/subscriptions/${id}:pull`, {
                maxMessages: 10,
            });
            return (receivedMessages as unknown[]).length;
        };
        assert.deepEqual([await pulled("sub"), await pulled("all")], [1, 3]);
    });

    it("cannot be changed, and stays when something else is changed", async () => {
        await subscribe("attributes:a");
        const change = (subscription: object, updateMask: string) =>
            cloud.status(owner, "PATCH", `${pubsub}/subscriptions/sub`, { subscription, updateMask });
        for (const [field, other] of [
            ["filter", "attributes:b"],
            ["topic", "projects/demo/topics/tee"],
            ["name", "projects/demo/subscriptions/sub"],
            ["enable_message_ordering", true],
        ] as const) {
            const subscription = { ackDeadlineSeconds: 20, [field]: other };
            const asked = { subscription, updateMask: `ackDeadlineSeconds,${field}` };
            const answer = await cloud.apis.request("PATCH", `${pubsub}/subscriptions/sub`, {
                principal: owner,
                body: asked,
            });
            assert.equal(answer?.status, 400, field);
            assert.match(
                JSON.stringify(answer.body),
                new RegExp(`'${field}' field in the Subscription is not mutable`),
            );
        }
        assert.equal(await change({ ackDeadlineSeconds: 20 }, "ackDeadlineSeconds"), 200);
        const kept = await cloud.call(owner, "GET", `${pubsub}/subscriptions/sub`);
        assert.deepEqual([kept.filter, kept.ackDeadlineSeconds], ["attributes:a", 20]);
    });

    it("is refused by its field's name where the messages would go elsewhere", async () => {
        for (const more of [{ bigqueryConfig: { table: "p.d.t" } }, { cloudStorageConfig: { bucket: "b" } }]) {
            const body = { topic: "projects/demo/topics/tee", ...more };
            assert.equal(await cloud.status(owner, "PUT", `${pubsub}/subscriptions/sub`, body), 501);
        }
    });
});
