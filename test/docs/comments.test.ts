import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout } from "../support/quickstart";
import { manifest } from "../support/packed";
import { missingComments } from "./comments";

describe("the comments of what the package exports", () => {
    const entries = Object.entries(manifest()["exports"] as Record<string, Record<string, string> | string>).flatMap(
        ([name, conditions]) => (typeof conditions === "string" ? [] : [[name, conditions] as const]),
    );

    for (const [name, conditions] of entries) {
        it(`say of each name of ${name} what it is, when it throws, and the default of what users may leave out`, () => {
            const source = conditions["pulumi-gcp-invoke-source"];
            assert.ok(source !== undefined);
            assert.deepEqual(missingComments(join(checkout, source)), []);
        });
    }

    it("are missed where they are missing, through other files and under other names, and not elsewhere", () => {
        const folder = mkdtempSync(join(tmpdir(), "comments-"));
        try {
            writeFileSync(join(folder, "index.ts"), 'export * from "./a";\nexport { inner as outer } from "./b";\n');
            writeFileSync(
                join(folder, "a.ts"),
                `export type Bare = string;
/** It is told. */
export interface ToldArgs {
    bare: string;
    /** Told. */
    undefaulted?: string;
    /** Told. @default - none */
    told?: string;
    /** Told. It is required unless the other is given. */
    required?: string;
}
/** A result: what is left out has no default. */
export interface Result {
    found?: string;
}
/** It is told. */
export class Told {
    private hidden(): void { throw new Problem(); }
    open(): void { throw new Problem(); }
    /** @throws Problem always */
    told(): void { throw new Problem(); }
    again(error: Error): void { throw error; }
}
class Unseen {}
`,
            );
            writeFileSync(join(folder, "b.ts"), "export function inner(): void { if (1) { throw new Problem(); } }\n");
            assert.deepEqual(missingComments(join(folder, "index.ts")).sort(), [
                "Bare has no comment",
                "Told.open does not say when it throws",
                "ToldArgs.bare has no comment",
                "ToldArgs.undefaulted has no default",
                "outer does not say when it throws",
                "outer has no comment",
            ]);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
});
