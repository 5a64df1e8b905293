import assert from "node:assert/strict";
import fc from "fast-check";
import { message, selected, type Json } from "../../../../../sandbox/apis";
import { ApiError } from "../../../../../sandbox/cloud";
import { owner, type TestCloud } from "../../../support/cloud";
import { cloudForKinds, kinds, P } from "../../kinds";

const QUEUE = "google.cloud.tasks.v2.Queue";
const queues: Json[] = [
    { name: "a", state: "RUNNING", rateLimits: { maxDispatchesPerSecond: 5 }, purgeTime: "2030-01-01T00:00:00Z" },
    { name: "b", state: "PAUSED", rateLimits: { maxDispatchesPerSecond: 40 }, retryConfig: { minBackoff: "3.5s" } },
    { name: "ab", purgeTime: "2031-01-01T00:00:00.5Z", stackdriverLoggingConfig: { samplingRatio: 1 } },
];
const names = (filter: string, orderBy = ""): string =>
    selected(message(QUEUE), queues, { filter, orderBy })
        .map(({ name }) => String(name))
        .join();

/** A filter with what it means. */
interface Filter {
    text: string;
    passes: (queue: Json) => boolean;
}

const fact: fc.Arbitrary<Filter> = fc.oneof(
    fc
        .constantFrom("a", "b", "ab", "c")
        .map((name) => ({ text: `name = "${name}"`, passes: (q: Json) => q.name === name })),
    fc.constantFrom("A", "b", "c").map((part) => ({
        text: `name:${part}`,
        passes: ({ name }: Json) => String(name).includes(part.toLowerCase()),
    })),
    fc
        .constantFrom("RUNNING", "PAUSED")
        .map((state) => ({ text: `state=${state}`, passes: (q: Json) => q.state === state })),
    fc.integer({ min: 0, max: 50 }).map((rate) => ({
        text: `rate_limits.max_dispatches_per_second > ${rate}`,
        passes: ({ rateLimits }: Json) =>
            ((rateLimits as { maxDispatchesPerSecond?: number } | undefined)?.maxDispatchesPerSecond ?? -1) > rate,
    })),
    fc.constant({ text: "purgeTime:*", passes: ({ purgeTime }: Json) => purgeTime !== undefined }),
);
const { filter: anyFilter } = fc.letrec<{ filter: Filter; term: Filter; either: Filter }>((tie) => ({
    term: fc.oneof(
        { maxDepth: 3 },
        fact,
        fc.tuple(fc.constantFrom("NOT ", "-"), tie("term")).map(([not, { text, passes }]) => ({
            text: `${not}${text}`,
            passes: (q: Json) => !passes(q),
        })),
        tie("filter").map(({ text, passes }) => ({ text: `(${text})`, passes })),
    ),
    either: fc.array(tie("term"), { minLength: 1, maxLength: 2 }).map((terms) => ({
        text: terms.map(({ text }) => text).join(" OR "),
        passes: (q: Json) => terms.some(({ passes }) => passes(q)),
    })),
    filter: fc
        .tuple(fc.constantFrom(" AND ", " "), fc.array(tie("either"), { minLength: 1, maxLength: 2 }))
        .map(([and, parts]) => ({
            text: parts.map(({ text }) => text).join(and),
            passes: (q: Json) => parts.every(({ passes }) => passes(q)),
        })),
}));

describe("the filter and the order of a list", () => {
    it("mean what AIP-160 says, whatever is joined, negated and in brackets; OR binds tighter than AND", () => {
        fc.assert(
            fc.property(anyFilter, ({ text, passes }) => {
                const wanted = queues.filter((queue) => passes(queue)).map(({ name }) => String(name));
                assert.equal(names(text), wanted.join(), text);
            }),
            { numRuns: 500 },
        );
    });

    for (const [filter, wanted] of [
        ['name = "a*"', "a,ab"],
        ['name = "*b"', "b,ab"],
        ["name != a", "b,ab"],
        ["state = STATE_UNSPECIFIED", "ab"],
        ["purge_time > 2030-06-01", "ab"],
        ['purge_time < "2030-01-01T01:00:00+01:00"', ""],
        ["retryConfig.minBackoff >= 3s", "b"],
        ["stackdriver_logging_config:*", "ab"],
        ['name = starts_with("a")', "a,ab"],
        ["'ab'", "ab"],
        ["paused", "b"],
    ] as const) {
        it(`finds ${wanted === "" ? "nothing" : wanted} by ${filter}`, () => {
            assert.equal(names(filter), wanted);
        });
    }

    it("order by several fields, up and down", () => {
        assert.deepEqual(
            [names("", "name desc"), names("", "state, name"), names("", "rate_limits.max_dispatches_per_second desc")],
            ["b,ab,a", "b,a,ab", "b,a,ab"],
        );
    });

    for (const wrong of [
        "nothing = 1",
        "name =",
        "= a",
        "name < ",
        "(name = a",
        "name = a)",
        "state = LOUD",
        "rate_limits.max_dispatches_per_second > fast",
        "purge_time > yesterday",
        "retry_config = x",
        "name = one_of(a)",
        "name.more = a",
        '"',
        "AND",
        "(".repeat(5000),
    ]) {
        it(`are refused with INVALID_ARGUMENT: ${wrong.slice(0, 50)}`, () => {
            assert.throws(
                () => names(wrong),
                (error) => error instanceof ApiError && error.status === "INVALID_ARGUMENT",
            );
        });
    }

    it("are never an error of the sandbox's, whatever they are", () => {
        const word = fc.constantFrom(
            ...'name state = != < : ( ) AND OR NOT - "x" \' . * a( , purge_time labels'.split(" "),
        );
        fc.assert(
            fc.property(
                fc.array(fc.oneof(word, fc.string({ maxLength: 3 })), { maxLength: 10 }),
                fc.boolean(),
                (words, order) => {
                    try {
                        names(order ? "" : words.join(" "), order ? words.join(" ") : "");
                    } catch (error) {
                        assert.ok(error instanceof ApiError && error.status === "INVALID_ARGUMENT", String(error));
                    }
                },
            ),
            { numRuns: 1000 },
        );
    });
});

describe("lists that can be filtered", () => {
    let cloud: TestCloud;
    before(async () => {
        cloud = await cloudForKinds();
        for (const { create } of kinds.filter(({ what }) => what !== "a deny policy")) {
            await cloud.call(owner, ...create);
        }
    });
    after(() => cloud.close());
    const L = `${P}/locations/europe-west1`;
    const countOf = async (url: string): Promise<unknown> => {
        const [first = []] = Object.values(await cloud.call(owner, "GET", `https://${url}`)).filter(Array.isArray);
        return first.length;
    };

    for (const list of [
        `workflows.googleapis.com/v1/${L}/workflows`,
        `secretmanager.googleapis.com/v1/${P}/secrets`,
        `artifactregistry.googleapis.com/v1/${L}/repositories`,
        `cloudtasks.googleapis.com/v2/${L}/queues`,
        `cloudfunctions.googleapis.com/v2/${L}/functions`,
        `eventarc.googleapis.com/v1/${L}/triggers`,
    ]) {
        it(`are those of ${list}`, async () => {
            const all = await countOf(list);
            assert.ok(Number(all) > 0);
            assert.equal(await countOf(`${list}?filter=name:*`), all);
            assert.equal(await countOf(`${list}?filter=name:nowhere`), 0);
            assert.equal(await cloud.status(owner, "GET", `https://${list}?filter=nothing%3D1`), 400);
        });
    }

    it("are those of projects, with the fields of a search", async () => {
        const base = "cloudresourcemanager.googleapis.com";
        for (const [query, count] of [
            ["", 1],
            ["id:demo", 1],
            ["name:dem*", 1],
            ["state:ACTIVE", 1],
            ["labels.color:red", 0],
            ["projectId=other", 0],
        ] as const) {
            const asked = encodeURIComponent(query);
            assert.equal(await countOf(`${base}/v1/projects?filter=${asked}`), count, query);
            assert.equal(await countOf(`${base}/v3/projects:search?query=${asked}`), count, query);
        }
        const stranger = { kind: "user" as const, email: "stranger@example.com" };
        assert.deepEqual(await cloud.call(stranger, "GET", `https://${base}/v3/projects:search`), {});
    });

    it("keep a task's body from who may not see it whole", async () => {
        const url = `https://cloudtasks.googleapis.com/v2/${L}/queues/one/tasks`;
        const httpRequest = { url: "https://a.example/", body: "eA==" };
        const task = { httpRequest, scheduleTime: new Date(cloud.clock.now() + 3_600_000).toISOString() };
        const { name } = await cloud.call(owner, "POST", url, { task });
        const address = `https://cloudtasks.googleapis.com/v2/${String(name)}`;
        const bodyOf = async (view: string): Promise<unknown> =>
            ((await cloud.call(owner, "GET", `${address}?responseView=${view}`)).httpRequest as Json).body;
        assert.deepEqual([await bodyOf("BASIC"), await bodyOf("FULL")], [undefined, "eA=="]);
        const maker = { kind: "user" as const, email: "maker@example.com" };
        const statuses = async (roleId: string, ...more: string[]): Promise<number[]> => {
            const role = { includedPermissions: ["cloudtasks.tasks.create", ...more] };
            await cloud.call(owner, "POST", `https://iam.googleapis.com/v1/${P}/roles`, { roleId, role });
            const binding = { role: `${P}/roles/${roleId}`, members: ["user:maker@example.com"] };
            const queue = `https://cloudtasks.googleapis.com/v2/${L}/queues/one`;
            await cloud.call(owner, "POST", `${queue}:setIamPolicy`, { policy: { bindings: [binding] } });
            const found = [];
            for (const responseView of ["BASIC", "FULL"]) {
                found.push(await cloud.status(maker, "POST", url, { task, responseView }));
            }
            return found;
        };
        assert.deepEqual(await statuses("maker"), [200, 403]);
        assert.deepEqual(await statuses("seer", "cloudtasks.tasks.fullView"), [200, 200]);
    });
});
