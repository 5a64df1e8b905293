import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { report } = createRequire(__filename)("../../scripts/generate/api.cjs") as {
    report: (title: string, file: string) => string;
};

describe("the report of public types", () => {
    let folder = "";
    beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "api-report-"))));
    afterEach(() => rmSync(folder, { recursive: true }));

    const of = (files: Record<string, string>): string => {
        // A folder for each: files are read once.
        const at = mkdtempSync(join(folder, "dist-"));
        for (const [name, text] of Object.entries(files)) {
            writeFileSync(join(at, name), text);
        }
        return report("package", join(at, "index.d.ts"));
    };
    const base = {
        "index.d.ts": `export * from "./a";\nexport { inner as outer, type Kind } from "./b";\nexport { Output } from "@pulumi/pulumi";\n`,
        "a.d.ts": `import type { Hidden } from "./b";\n/** What it is for. */\nexport declare class A {\n    private secret;\n    /** Doc. */\n    run(options: Hidden): void;\n}\ninterface Unseen {\n    x: number;\n}\ndeclare function options(): Unseen;\n`,
        "b.d.ts": `export interface Hidden {\n    deep: Deeper[];\n}\ninterface Deeper {\n    value: string;\n}\nexport type Kind = "x" | "y";\nexport declare function inner(kind: Kind): void;\n`,
    };

    it("holds what an entry exports, through other files and under other names, and what that names", () => {
        const text = of(base);
        for (const part of [
            "export class A {\n    run(options: Hidden): void;\n}",
            'export { Output as Output } from "@pulumi/pulumi";',
            "// exported as outer\nexport function inner(kind: Kind): void;",
            'export type Kind = "x" | "y";',
            "// Not exported:\n\ninterface Deeper {\n    value: string;\n}\n\ninterface Hidden {\n    deep: Deeper[];\n}",
        ]) {
            assert.ok(text.includes(part), `${part}\n\nis not in\n\n${text}`);
        }
    });

    it("holds nothing that users do not see: comments, private members, what no export names", () => {
        assert.doesNotMatch(of(base), /What it is for|Doc\.|secret|Unseen/);
    });

    it("changes with each change of what users see, also deep inside, and with no other", () => {
        const before = of(base);
        const edit = (file: keyof typeof base, from: string, to: string): string =>
            of({ ...base, [file]: base[file].replace(from, to) });
        assert.notEqual(edit("b.d.ts", "value: string", "value?: string"), before);
        assert.notEqual(edit("b.d.ts", '"x" | "y"', '"x"'), before);
        assert.notEqual(edit("a.d.ts", "run(options", "start(options"), before);
        assert.notEqual(edit("index.d.ts", "inner as outer", "inner"), before);
        assert.equal(edit("a.d.ts", "What it is for", "Another word"), before);
        assert.equal(edit("a.d.ts", "private secret", "private other"), before);
        assert.equal(edit("a.d.ts", "x: number", "x: string"), before);
    });
});
