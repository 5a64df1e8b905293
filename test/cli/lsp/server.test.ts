import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic } from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { auditFile, injectFile } from "../../../workflow";
import { messagesOf } from "../../../cli/audit";
import { beside } from "../../support/beside";
import { Editor } from "./editor";

const uri = "file:///shop/fulfil.yaml";
const ORDERS = "https://orders-abcdefghij-uc.a.run.app";
const CALL = `- ask:\n    call: http.get\n    args:\n      url: ${ORDERS}/x\n    result: r\n- done:\n    return: \${r.body}\n`;
const everywhere = { start: { line: 0, character: 0 }, end: { line: 9_999, character: 0 } };

function position(marked: string): { text: string; at: { line: number; character: number } } {
    const before = marked.slice(0, marked.indexOf("‸"));
    const lines = before.split("\n");
    return {
        text: marked.replace("‸", ""),
        at: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
    };
}

/** Our own definitions, and those of other people that lie beside the checkout. */
function sources(): { path: string; text: string }[] {
    const folders = [
        resolve(__dirname, "../../workflow/definitions"),
        resolve(__dirname, "../../../examples"),
        beside("corpus"),
    ];
    return folders
        .filter((folder) => folder !== undefined)
        .flatMap((folder) =>
            globSync("**/*.{yaml,json,tf}", { cwd: folder, exclude: ["**/node_modules/**"] }).map((name) =>
                resolve(folder, name),
            ),
        )
        .sort()
        .map((path) => ({ path, text: readFileSync(path, "utf8") }))
        .filter(({ path, text }) => auditFile(text, path).workflows > 0);
}

describe("gcp-invoke lsp", () => {
    let editor: Editor;
    before(async () => {
        editor = await Editor.start();
    });
    after(async () => {
        assert.equal(await editor.stop(), 0);
        assert.deepEqual(editor.logged, []);
    });

    it("says of every definition what gcp-invoke audit says, with the same rules, words and places", async function () {
        const files = sources();
        assert.ok(files.length > 4);
        for (const { path, text } of files) {
            const file = pathToFileURL(path).href;
            await editor.open(file, text);
            const told = await editor.diagnostics(file);
            const audit = messagesOf(auditFile(text, path));
            const of = (
                rule: unknown,
                line: number,
                column: number,
                endLine: number,
                endColumn: number,
                what: string,
            ): string => `${String(rule)} ${line}:${column}-${endLine}:${endColumn} ${what}`;
            const shown = told.map(({ code, range: { start, end }, message }) =>
                of(
                    code,
                    start.line + 1,
                    start.character + 1,
                    end.line + 1,
                    end.character + 1,
                    textOf(message).split("\n")[0] ?? "",
                ),
            );
            for (const {
                rule,
                span: { start, end },
                what,
            } of audit) {
                const wanted = of(rule, start.line, start.column, end.line, end.column, what);
                assert.ok(shown.includes(wanted), `${path}: ${wanted} is not among\n${shown.join("\n")}`);
            }
            await editor.close(file);
        }
    });

    it("says what a deploy would refuse", async () => {
        await editor.open(uri, "- a:\n    next: nowhere\n");
        const [first] = await editor.diagnostics(uri);
        assert.equal(first?.code, "undefined-step");
        assert.deepEqual(first.range, { start: { line: 1, character: 10 }, end: { line: 1, character: 17 } });
        await editor.change(uri, { text: "- a:\n    next: end\n" });
        assert.deepEqual(await editor.diagnostics(uri), []);
        await editor.close(uri);
    });

    it("says nothing of other YAML", async () => {
        for (const text of ["a: 1\n", "", "apiVersion: v1\nkind: Pod\n"]) {
            await editor.open(uri, text);
            assert.deepEqual(await editor.diagnostics(uri), []);
            assert.equal(await editor.hover(uri, { line: 0, character: 0 }), null);
            await editor.close(uri);
        }
    });

    it("completes, explains and finds through the protocol", async () => {
        const { text, at } = position(
            "- a:\n    call: http.g‸et\n    args:\n      url: https://x-abcdefghij-uc.a.run.app/y\n- b:\n    next: a\n",
        );
        await editor.open(uri, text);
        const list = await editor.complete(uri, at);
        const get = list?.items.find(({ label }) => label === "http.get");
        assert.deepEqual(get?.textEdit, {
            range: { start: { line: 1, character: 10 }, end: { line: 1, character: 16 } },
            newText: "http.get",
        });
        const hover = JSON.stringify(await editor.hover(uri, at));
        assert.match(hover, /http\.get\(url: string/);
        assert.match(hover, /needs an ID token for https:\/\/x-abcdefghij-uc\.a\.run\.app/);
        assert.match(hover, /It sends no credential/);
        assert.deepEqual(await editor.definition(uri, { line: 5, character: 10 }), {
            uri,
            range: { start: { line: 0, character: 2 }, end: { line: 0, character: 3 } },
        });
        assert.deepEqual(
            (await editor.symbols(uri))?.map(({ name, children }) => [name, children?.map((child) => child.name)]),
            [["main", ["a", "b"]]],
        );
        await editor.close(uri);
    });

    it("answers null for a document that is not open", async () => {
        assert.equal(await editor.complete("file:///nowhere.yaml", { line: 0, character: 0 }), null);
        assert.equal(await editor.hover("untitled:Untitled-1", { line: 5, character: 5 }), null);
        assert.equal(await editor.symbols("not a uri at all"), null);
    });

    it("gives exactly the bytes of gcp-invoke inject by its fixes, all at once or one after the other", async function () {
        const server = await Editor.start(["--env", `ORDERS_URL=${ORDERS}`]);
        try {
            const options = { env: { ORDERS_URL: ORDERS } };
            let changed = 0;
            for (const { path, text } of sources()) {
                const wanted = injectFile(text, path, options).text;
                const file = pathToFileURL(path).href;
                await server.open(file, text);
                const [all, ...others] = await server.actions(file, everywhere, ["source.fixAll"]);
                assert.deepEqual(others, []);
                assert.equal(applied(file, text, all?.edit?.changes?.[file] ?? []), wanted, path);
                if (wanted !== text) {
                    changed++;
                    assert.equal(await oneByOne(server, file, text), wanted, path);
                }
                await server.close(file);
            }
            assert.ok(changed > 0, "some definitions lack credentials");
        } finally {
            assert.equal(await server.stop(), 0);
        }
    });

    it("offers the fix of the call at the cursor, for the problem that it mends", async () => {
        await editor.open(uri, CALL);
        const found = await editor.actions(uri, { start: { line: 3, character: 12 }, end: { line: 3, character: 12 } });
        assert.deepEqual(
            found.map(({ title, kind, diagnostics }) => [title, kind, diagnostics?.map(({ code }) => code)]),
            [[`ask adds auth OIDC, audience ${ORDERS}`, "quickfix", ["missing-auth"]]],
        );
        assert.deepEqual(
            await editor.actions(uri, { start: { line: 6, character: 4 }, end: { line: 6, character: 4 } }),
            [],
        );
        await editor.close(uri);
    });

    async function oneByOne(server: Editor, file: string, source: string): Promise<string> {
        let text = source;
        for (;;) {
            const [first] = await server.actions(file, everywhere, ["quickfix"]);
            if (first === undefined) {
                return text;
            }
            const edits = first.edit?.changes?.[file] ?? [];
            assert.notDeepEqual(edits, []);
            text = applied(file, text, edits);
            await server.change(file, { text });
        }
    }
});

function textOf(message: Diagnostic["message"]): string {
    return typeof message === "string" ? message : message.value;
}

function applied(file: string, text: string, edits: Parameters<typeof TextDocument.applyEdits>[1]): string {
    return TextDocument.applyEdits(TextDocument.create(file, "yaml", 1, text), edits);
}
