import { strict as assert } from "node:assert";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { filesBelow, root, scriptFiles, sourceFiles } from "../project/sources";

/** Pronouns that make every person a man, and words that readers look up. What each is replaced by. */
const AVOIDED: Record<string, string> = {
    he: "they, it, or the noun",
    him: "them, it, or the noun",
    his: "their, its, or the noun",
    himself: "itself, or the noun",
    anew: "again",
    "in vain": "without success",
};
const PATTERN = new RegExp(`\\b(${Object.keys(AVOIDED).join("|")})\\b`, "gi");

function avoidedIn(text: string): string[] {
    return [...text.matchAll(PATTERN)].map(([word]) => `${word}: write ${AVOIDED[word.toLowerCase()] ?? ""}`);
}

describe("the words of the project", () => {
    it("are plain, in every source, test and page", () => {
        const pages = globSync(["*.md", "docs/*.md", ".changeset/*.md"], { cwd: root });
        const files = [...sourceFiles(), ...scriptFiles(), ...filesBelow("test"), ...filesBelow("examples"), ...pages];
        assert.ok(files.length > 1000, String(files.length));
        const found = files
            .filter((file) => file !== "test/docs/plain-words.test.ts")
            .flatMap((file) => avoidedIn(readFileSync(join(root, file), "utf8")).map((word) => `${file}: ${word}`));
        assert.deepEqual(found, []);
    });

    it("are found wherever a text has one, and not inside other words", () => {
        const other = fc.constantFrom("", "the caller ", "this ", "history, ", "// ", "a chest (", "Canewdon ");
        fc.assert(
            fc.property(
                fc.constantFrom(...Object.keys(AVOIDED)),
                other,
                other,
                fc.boolean(),
                (word, before, after, up) => {
                    const text = `${before}${up ? word.toUpperCase() : word} ${after}`;
                    assert.equal(avoidedIn(text).length, 1, text);
                    assert.deepEqual(avoidedIn(`${before}${after}`), []);
                },
            ),
        );
    });
});
