import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PATIENCE } from "../smoke/diagnosis/patience";

const page = readFileSync(join(__dirname, "..", "..", "docs", "troubleshooting.md"), "utf8");

/** The codes that have an entry of their own: those before the colon of an item of a list. */
function explainedIn(text: string): string[] {
    return [...text.matchAll(/^- ((?:`[a-z-]+`(?:, )?)+): \S/gm)].flatMap(([, codes = ""]) =>
        [...codes.matchAll(/`([a-z-]+)`/g)].map(([, code = ""]) => code),
    );
}

describe("docs/troubleshooting.md", () => {
    const codes = Object.keys(PATIENCE);

    it("explains each cause of a failed check, and each once", () => {
        assert.deepEqual(explainedIn(page).sort(), [...codes].sort());
    });

    it("names no other code in its list of statuses", () => {
        const rows = page.split("\n").filter((line) => /^- \*\*/.test(line));
        const named = rows.flatMap((row) =>
            [...row.replace(/^.* See /, "").matchAll(/`([a-z-]+)`/g)].map(([, code = ""]) => code),
        );
        assert.ok(named.length > 10, String(named.length));
        assert.deepEqual(
            named.filter((code) => !codes.includes(code)),
            [],
        );
    });

    it("lacks a cause as soon as one has no entry", () => {
        for (const code of codes) {
            const without = page.replace(new RegExp(`^(- .*)\`${code}\`(.*: )`, "m"), "$1`x`$2");
            assert.ok(!explainedIn(without).includes(code), code);
        }
    });
});
