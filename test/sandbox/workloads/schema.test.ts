import { strict as assert } from "node:assert";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import fc from "fast-check";
import { parse, stringify } from "yaml";
import { loadMapping } from "../../../sandbox/workloads";
import { checkout } from "../../support/quickstart";

const schema = JSON.parse(readFileSync(join(checkout, "schemas", "sandbox.json"), "utf8")) as object;
const accepts = new Ajv({ unknownFormats: "ignore" }).compile(schema);

/** Values of each key: right ones, and wrong ones. */
const VALUES: Record<string, unknown[]> = {
    image: ["*/orders:*", 5],
    function: ["resize", true],
    host: ["api.example.com", ["x"]],
    handler: ["./handler.js", 5],
    command: [["node", "a.js"], "node a.js", []],
    container: [true, "other/image:1", false, 5],
    forward: ["https://api.example.com", 5],
    directory: ["./a", 5],
    environment: [["A"], "A", [5]],
    iap: ["app-backend", "App Backend", 5],
    headers: [["x-a"], "x-a"],
    query: [["page"], { page: 1 }],
    nothing: ["x"],
};

/** The right value of a key, or any that is named for it. */
const valueOf = (key: string): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 9, arbitrary: fc.constant(VALUES[key]?.[0]) }, fc.constantFrom(...(VALUES[key] ?? [])));

/** Entries that are nearly right: the key that they need, one that answers, and sometimes another. */
function entries(needed: string, answers: string[]): fc.Arbitrary<unknown[]> {
    const more = fc.oneof(
        { weight: 3, arbitrary: fc.constant<string[]>([]) },
        fc.array(fc.constantFrom(...Object.keys(VALUES)), { minLength: 1, maxLength: 2 }),
    );
    const needs = fc.oneof({ weight: 9, arbitrary: fc.constant([needed]) }, fc.constant([]));
    const answer = fc.constantFrom(...answers);
    const entry = fc
        .tuple(needs, answer, more)
        .chain(([first, second, others]) =>
            fc.record(Object.fromEntries([...first, second, ...others].map((key) => [key, valueOf(key)]))),
        );
    return fc.array(entry, { maxLength: 2 });
}

const rest = {
    resources: fc.constantFrom(
        "strict",
        "strict",
        { "a:b/*": "keep" },
        "loose",
        { "docker:*": "keep" },
        { "docker:*": "drop" },
        { "*": "keep" },
    ),
    groups: fc.constantFrom(
        {},
        { "b@example.com": [] },
        { "a@example.com": ["user:b@example.com"] },
        { "a@example.com": "user:b" },
        5,
    ),
    projects: fc.constantFrom([], ["shop-prod", "shop-test"], ["shop-prod"], ["Shop"], "shop", [5]),
};
const mapping = fc.record(
    {
        services: entries("image", ["handler", "command", "container"]),
        functions: entries("function", ["handler", "command"]),
        jobs: entries("image", ["command"]),
        workerPools: entries("image", ["command"]),
        hosts: entries("host", ["handler", "forward"]),
        ...rest,
    },
    { requiredKeys: [] },
);

describe("the JSON schema of sandbox.yaml", () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "schema-"));
        writeFileSync(join(folder, "handler.js"), "");
    });
    after(() => rmSync(folder, { recursive: true }));

    function loads(text: string): boolean {
        const file = join(folder, "sandbox.yaml");
        writeFileSync(file, text);
        try {
            loadMapping(file);
            return true;
        } catch {
            return false;
        }
    }

    it("accepts what the sandbox accepts, and nothing else", () => {
        let accepted = 0;
        fc.assert(
            fc.property(mapping, (value) => {
                const text = stringify(value);
                const loaded = loads(text);
                accepted += Number(loaded);
                assert.equal(accepts(value), loaded, text);
            }),
            { numRuns: 3000 },
        );
        assert.ok(accepted > 50, `only ${accepted} were right`);
    });

    it("refuses with the sandbox what an entry cannot use, and values of a wrong kind that it does not use", () => {
        for (const entry of [
            "hosts: [{ host: a.b, handler: ./handler.js, headers: [x-a] }]",
            "hosts: [{ host: a.b, handler: ./handler.js, query: page }]",
            "functions: [{ function: resize, handler: ./handler.js, directory: 5 }]",
            "services: [{ image: x, handler: ./handler.js, environment: A }]",
        ]) {
            assert.deepEqual([loads(`${entry}\n`), accepts(parse(entry))], [false, false], entry);
        }
        const right = "hosts: [{ host: a.b, forward: 'https://a.b', headers: [x-a], query: [page] }]";
        assert.deepEqual([loads(`${right}\n`), accepts(parse(right))], [true, true]);
    });

    it("is about what an alias stands for, and an alias of itself is an error", () => {
        const anchored = "services: [&a { image: x, handler: &h ./handler.js }]\nhosts: [{ host: a.b, handler: *h }]\n";
        assert.deepEqual([loads(anchored), accepts(parse(anchored))], [true, true]);
        for (const text of ["services: &a [*a]", "services: &a [{ image: *a }]", "services: [*none]"]) {
            assert.equal(loads(text), false, text);
        }
    });

    const examples = readdirSync(join(checkout, "examples"), { withFileTypes: true }).filter((each) =>
        each.isDirectory(),
    );
    for (const { name } of examples) {
        const file = join(checkout, "examples", name, "sandbox.yaml");
        it(`accepts that of the example ${name}`, () => {
            assert.equal(accepts(parse(readFileSync(file, "utf8"))), true, JSON.stringify(accepts.errors));
        });
    }
});
