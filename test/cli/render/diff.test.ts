import { strict as assert } from "node:assert";
import fc from "fast-check";
import { renderDiff } from "../../../cli/render";
import { screen } from "../../support/screen";

describe("the diff of a generated source", () => {
    it("shows the added lines with their numbers and the lines around them", () => {
        const before =
            "main:\n  steps:\n  - call: http.get\n    args:\n      url: x\n    result: r\n  - a: b\n  - c: d\n";
        const after = before.replace("url: x\n", "url: x\n      auth:\n        type: OIDC\n");
        assert.equal(
            renderDiff(before, after, screen()),
            [
                " 4       args:",
                " 5         url: x",
                " 6 +       auth:",
                " 7 +         type: OIDC",
                " 8       result: r",
                " 9     - a: b",
            ].join("\n"),
        );
    });

    it("marks the lines left out between two changes", () => {
        const lines = Array.from({ length: 20 }, (_, i) => `line ${i}`);
        const changed = lines.with(2, "first").with(17, "second");
        const shown = renderDiff(lines.join("\n"), changed.join("\n"), screen()).split("\n");
        assert.equal(shown.filter((line) => line === "  ...").length, 1);
        assert.deepEqual(
            shown.filter((line) => /^ ?\d+ [+-]/.test(line)).map((line) => line.trim()),
            ["2 - line 2", "3 + first", "17 - line 17", "18 + second"],
        );
    });

    it("is empty if nothing differs", () => {
        assert.equal(renderDiff("a\nb", "a\nb", screen()), "");
    });

    it("names every added line for any two texts", () => {
        const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 });
        fc.assert(
            fc.property(text, text, (before, after) => {
                const rows = renderDiff(before.join("\n"), after.join("\n"), screen()).split("\n");
                const count = (mark: string): number => rows.filter((row) => row.includes(` ${mark} `)).length;
                const [b, a] = [before.length || 1, after.length || 1];
                assert.equal(count("+") - count("-"), a - b);
            }),
        );
    });
});
