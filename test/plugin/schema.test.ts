import { strict as assert } from "node:assert";
import * as components from "../../components";
import { provider } from "../../plugin";
import { schema } from "../../plugin/package-schema";

interface Property {
    $ref?: string;
    type?: string;
    plain?: boolean;
    description?: string;
    items?: Property;
    additionalProperties?: Property;
}
interface Served {
    version: string;
    resources: Record<string, { inputProperties: Record<string, Property>; properties: Record<string, Property> }>;
    types: Record<string, { enum?: unknown[]; properties?: Record<string, Property> }>;
}

const { schema: text = "", version } = provider();
const served = JSON.parse(text) as Served;

/** The properties of a kind of thing, by their paths. */
function all(of: "inputProperties" | "properties"): [string, Property][] {
    return Object.entries(served.resources).flatMap(([type, resource]) =>
        Object.entries(resource[of]).map(([key, property]) => [`${type}.${key}`, property] as [string, Property]),
    );
}
const members = Object.entries(served.types).flatMap(([type, { properties = {} }]) =>
    Object.entries(properties).map(([key, property]) => [`${type}.${key}`, property] as [string, Property]),
);

/** The types of this package that a property leads to. */
function reached(property: Property, found = new Set<string>()): Set<string> {
    const name = property.$ref?.replace("#/types/", "") ?? "";
    if (served.types[name] !== undefined && !found.has(name)) {
        found.add(name);
        Object.values(served.types[name].properties ?? {}).forEach((each) => reached(each, found));
    }
    for (const inner of [property.items, property.additionalProperties]) {
        if (inner !== undefined) {
            reached(inner, found);
        }
    }
    return found;
}

describe("the schema for other languages", () => {
    it("has every component, and the version of the package", () => {
        const made = Object.entries(components).filter(
            ([, value]) => typeof value === "function" && "registerOutputs" in (value.prototype as object),
        );
        const named = Object.keys(served.resources).map((type) => type.split(":")[2]);
        assert.deepEqual(named.toSorted(), made.map(([name]) => name).toSorted());
        assert.equal(served.version, version);
    });

    it("says what each input, output and member is for", () => {
        const silent = [...all("inputProperties"), ...all("properties"), ...members].filter(
            ([, { description = "" }]) => description === "",
        );
        assert.deepEqual(
            silent.map(([path]) => path),
            [],
        );
    });

    it("takes any value only for the data of a workload, of which nobody knows the type", () => {
        const isAny = ({ $ref, items, additionalProperties }: Property): boolean =>
            $ref === "pulumi.json#/Any" ||
            [items, additionalProperties].some((inner) => inner !== undefined && isAny(inner));
        const free = [...all("inputProperties"), ...all("properties"), ...members].filter(([, each]) => isAny(each));
        const wrong = free.filter(([path]) => !/\.(argument|arguments|expect|result|at|spec)$/.test(path));
        assert.ok(free.length > 0);
        assert.deepEqual(
            wrong.map(([path]) => path),
            [],
        );
    });

    it("says it in words of every language, without what only the compiler of TypeScript reads", () => {
        const described = [...all("inputProperties"), ...all("properties"), ...members];
        const unreadable = described.filter(([, { description = "" }]) => /\[object|\{@|^\s*@/m.test(description));
        assert.deepEqual(
            unreadable.map(([path]) => path),
            [],
        );
    });

    it("takes an output for every argument, and has no output that is an enum", () => {
        assert.ok(JSON.stringify(schema).includes('"plain":true'));
        assert.ok(!text.includes('"plain"'));
        for (const [path, property] of all("properties")) {
            const enums = [...reached(property)].filter((name) => served.types[name]?.enum !== undefined);
            assert.deepEqual(enums, [], path);
        }
    });

    it("has no argument that is a function, which other languages do not have", () => {
        const functions = all("inputProperties").filter(([path]) => path.endsWith(".transform"));
        assert.deepEqual(functions, []);
    });

    it("has no type whose name ends as languages end the types of inputs", () => {
        const wrong = Object.keys(served.types).filter((name) => /(Args|Input|Output)$/.test(name));
        assert.deepEqual(wrong, []);
    });

    it("has no name that a language or Pulumi keeps for itself", () => {
        const kept = new Set([
            ...[
                "urn",
                "id",
                "pulumi",
                "opts",
                "self",
                "provider",
                "getResource",
                "resourceName",
                "hashCode",
                "toString",
            ],
            ...[
                "from",
                "import",
                "class",
                "def",
                "lambda",
                "pass",
                "global",
                "None",
                "True",
                "False",
                "async",
                "await",
            ],
            ...[
                "func",
                "type",
                "map",
                "chan",
                "select",
                "package",
                "range",
                "var",
                "interface",
                "struct",
                "defer",
                "go",
            ],
            ...["new", "default", "final", "public", "private", "static", "void", "throws", "int", "long", "native"],
            ...[
                "event",
                "object",
                "string",
                "namespace",
                "params",
                "ref",
                "out",
                "lock",
                "base",
                "is",
                "in",
                "operator",
            ],
        ]);
        // `type` is no keyword of Python or C#, and Go writes the fields of its types with a capital letter.
        const allowed = [/GrantResource\.type$/];
        const wrong = [...all("inputProperties"), ...all("properties"), ...members].filter(
            ([path]) => kept.has(path.split(".").at(-1) ?? "") && !allowed.some((each) => each.test(path)),
        );
        assert.deepEqual(
            wrong.map(([path]) => path),
            [],
        );
    });

    it("has a target on everything that can be called, which fits where callers take one", () => {
        const invokable = Object.entries(served.resources).filter(([type]) =>
            /:(Invokable\w+|ExternalApi)$/.test(type),
        );
        assert.ok(invokable.length >= 6, String(invokable.length));
        for (const [type, { properties }] of invokable) {
            assert.equal(properties["target"]?.$ref, "#/types/pulumi-gcp-invoke:index:Target", type);
        }
        const workflow = served.resources["pulumi-gcp-invoke:index:AuthenticatedWorkflow"];
        assert.equal(
            workflow?.inputProperties["targets"]?.additionalProperties?.$ref,
            "#/types/pulumi-gcp-invoke:index:Target",
        );
    });
});
