import { strict as assert } from "node:assert";
import fc from "fast-check";
import { parseText } from "../../../engine/yaml/expression";

const name = fc.stringMatching(/^[A-Za-z_][\w-]{0,8}$/);
const segment = fc.oneof(
    name,
    fc.nat(99),
    fc.string({ maxLength: 6 }).filter((text) => !text.includes("$")),
);
/** The name of something in the program, or a key of the configuration with its namespace. */
const rootName = fc.oneof(
    { weight: 3, arbitrary: name },
    fc.tuple(name, name).map((both) => both.join(":")),
);
const reference = fc.record({ name: rootName, path: fc.array(segment, { maxLength: 4 }) }, { noNullPrototype: true });
/** A text that holds no reference. */
const literal = fc.string({ maxLength: 8 }).filter((text) => !text.includes("$"));

function written({ name: root, path }: { name: string; path: (string | number)[] }): string {
    const rest = path.map((each) =>
        typeof each === "number"
            ? `[${each}]`
            : /^[A-Za-z_][\w-]*$/.test(each)
              ? `.${each}`
              : `[${JSON.stringify(each)}]`,
    );
    return `\${${root}${rest.join("")}}`;
}

describe("references in a YAML program", () => {
    it("are read as they are written, between any texts", () => {
        fc.assert(
            fc.property(fc.array(fc.tuple(literal, reference), { maxLength: 4 }), literal, (parts, end) => {
                const text = parts.map(([before, each]) => before + written(each)).join("") + end;
                assert.deepEqual(parseText(text, "here"), [...parts.flat(), end]);
            }),
        );
    });

    it("stand for themselves after another dollar sign", () => {
        assert.equal(
            parseText("a $${b} c ${d}", "here")
                .filter((each) => typeof each === "string")
                .join(""),
            "a ${b} c ",
        );
    });

    it("are refused with their place where they are not closed or have another form", () => {
        for (const text of ["${a", "x ${a.b", '${a["b]}']) {
            assert.throws(() => parseText(text, "Pulumi.yaml: outputs.x"), /Pulumi\.yaml: outputs\.x: .*not closed/);
        }
        for (const text of [
            "${a b}",
            "${a.}",
            "${a[b]}",
            "${a..b}",
            "${a:}",
            "${:a}",
            "${a:b:c}",
            "${a.b:c}",
            "${1 + 2}",
        ]) {
            assert.throws(
                () => parseText(text, "Pulumi.yaml: outputs.x"),
                /Pulumi\.yaml: outputs\.x: .*is no reference/,
            );
        }
    });
});
