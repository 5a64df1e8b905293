import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { filesBelow, root, sourceFiles } from "../project/sources";

const page = readFileSync(join(root, "docs/glossary.md"), "utf8");
const rows = [...page.matchAll(/^\| ([a-z][^|]*?) +\| ([^|]*?) +\| `([^`]+)` +\|$/gm)].map(
    ([, term = "", meaning = "", path = ""]) => ({ term, meaning, path }),
);

/** The text of each comment of a source, lines that follow one another taken as one. */
function commentsOf(text: string): string[] {
    const comments = text.match(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*(?:\n[ \t]*\/\/.*)*/g) ?? [];
    return comments.map((comment) => comment.replaceAll(/\s*\n\s*(\*|\/\/)?\s*/g, " "));
}

/** What is wrong with the marks of a source: [K] stands for all that is not verified, and nothing else does. */
function problemsOf(text: string): string[] {
    return commentsOf(text).flatMap((comment) => {
        const marks = comment.match(/\[(?:[A-Z]{1,4}|\?+)(?::[^\]]*)?\]/g) ?? [];
        const other = marks.filter((mark) => !/^\[K[\]:]/.test(mark));
        const words = /\b(not verified|unverified(?!\.md)|from memory|presumably|probably|TODO|FIXME|XXX)\b/i.exec(
            comment,
        )?.[0];
        return [
            ...other.map((mark) => `${mark} is no mark: write [K]`),
            ...(words !== undefined && !/\[K[\]:]/.test(comment) ? [`"${words}" without [K]: ${comment}`] : []),
        ];
    });
}

describe("the glossary", () => {
    it("has each term once, in the order of the alphabet, with a whole sentence and a place in the code", () => {
        const terms = rows.map(({ term }) => term);
        assert.ok(terms.length >= 25, `${terms.length} terms`);
        assert.equal(
            page.match(/^\| [a-z]/gm)?.length,
            terms.length,
            "a row is not of the form | term | meaning | `path` |",
        );
        assert.deepEqual(terms, [...new Set(terms)].toSorted());
        for (const { term, meaning, path } of rows) {
            assert.match(meaning, /^[A-Z].*\.$/, term);
            assert.ok(existsSync(join(root, path)), `${term}: there is no ${path}`);
        }
    });

    it("is linked from the documents that new readers begin with", () => {
        for (const document of ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"]) {
            assert.match(readFileSync(join(root, document), "utf8"), /\]\(docs\/glossary\.md\)/, document);
        }
    });
});

describe("the mark [K]", () => {
    it("is the one mark of what is not verified, in every source and test", () => {
        const files = [...sourceFiles(), ...filesBelow("test")].filter((file) => file !== "test/docs/glossary.test.ts");
        const found = files.flatMap((file) =>
            problemsOf(readFileSync(join(root, file), "utf8")).map((problem) => `${file}: ${problem}`),
        );
        assert.deepEqual(found, []);
    });

    it("is missed where a comment has another mark or other words, however it is written", () => {
        const written = fc.constantFrom(
            (text: string) => `// ${text}\nconst x = 1;\n`,
            (text: string) => `const x = 1; // ${text}\n`,
            (text: string) => `/** ${text} */\nconst x = 1;\n`,
            (text: string) => `/**\n * Some sentence.\n * ${text}\n */\nconst x = 1;\n`,
        );
        const wrong = fc.constantFrom(
            "[INF]",
            "[INF: the tag]",
            "[?]",
            "[U]",
            "not verified",
            "TODO",
            "Unverified",
            "from memory",
        );
        fc.assert(
            fc.property(written, wrong, fc.boolean(), (write, mark, ends) => {
                const text = ends ? `Google says so ${mark}.` : `${mark} so Google says.`;
                assert.equal(problemsOf(write(text)).length, 1, text);
            }),
        );
        fc.assert(
            fc.property(
                written,
                fc.constantFrom("[K]", "[K: the wording]", "not verified [K]", "a list of T[K]"),
                (write, mark) => {
                    assert.deepEqual(problemsOf(write(`Google says so ${mark}.`)), []);
                },
            ),
        );
    });
});
