import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { root } from "../project/sources";

interface Row {
    question: string;
    file: string;
    symbol: string;
}

const rows: Row[] = [
    ...readFileSync(join(root, "docs/map.md"), "utf8").matchAll(/^\| (.*\?) +\| `([^`]+)` +\| `([^`]+)` +\|$/gm),
].map(([, question = "", file = "", symbol = ""]) => ({ question, file, symbol }));

/** Whether a text declares a symbol at its top. */
function declares(text: string, symbol: string): boolean {
    return ts.createSourceFile("x.ts", text, ts.ScriptTarget.Latest).statements.some((statement) => {
        if (ts.isVariableStatement(statement)) {
            return statement.declarationList.declarations.some(
                ({ name }) => ts.isIdentifier(name) && name.text === symbol,
            );
        }
        const { name } = statement as { name?: ts.Node };
        return name !== undefined && ts.isIdentifier(name) && name.text === symbol;
    });
}

describe("the map of where things are decided", () => {
    it("answers thirty questions at least, each once", () => {
        assert.ok(rows.length >= 30, `docs/map.md has ${rows.length} rows`);
        assert.equal(new Set(rows.map(({ question }) => question)).size, rows.length);
        const lines = readFileSync(join(root, "docs/map.md"), "utf8").match(/^\| [^-Q]/gm) ?? [];
        assert.ok(lines.length <= rows.length, "a row is not of the form | question? | `file` | `symbol` |");
    });

    for (const { question, file, symbol } of rows) {
        it(`finds ${symbol} in ${file}`, () => {
            assert.ok(existsSync(join(root, file)), `${question} ${file} is not there`);
            assert.ok(declares(readFileSync(join(root, file), "utf8"), symbol), `${file} does not define ${symbol}`);
        });
    }

    it("does not take a use, an import or a comment for a definition", () => {
        for (const text of [
            `import { x } from "./y";`,
            `export { x } from "./y";`,
            `x();`,
            `// function x() {}`,
            `const y = () => { const x = 1; return x; };`,
        ]) {
            assert.equal(declares(text, "x"), false, text);
        }
        for (const text of [
            "export const x = 1;",
            "function x() {}",
            "export class x {}",
            "export interface x {}",
            "export type x = 1;",
        ]) {
            assert.equal(declares(text, "x"), true, text);
        }
    });
});
