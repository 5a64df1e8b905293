import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { CancellationTokenSource, CompletionRequest, ResponseError } from "vscode-languageserver-protocol/node";
import { ownFiles } from "../../workflow/auth/corpus";
import { bigDefinition } from "./big";
import { Editor } from "./editor";
import { editAtRandom } from "./random-edits";

const CALL = "- ask:\n    call: http.get\n    args:\n      url: https://orders-abcdefghij-uc.a.run.app/x\n";

describe("gcp-invoke lsp, whatever an editor does", () => {
    let editor: Editor;
    before(async () => {
        editor = await Editor.start();
    });
    after(async () => {
        assert.equal(await editor.stop(), 0);
        assert.deepEqual(editor.logged, []);
    });

    it("answers every question about files that are edited at random, and knows their text", async () => {
        for (const [seed, { name, text }] of ownFiles().entries()) {
            assert.equal(await editAtRandom(editor, `file:///shop/${name}`, text, 60, seed), 240);
        }
    });

    it("answers while a file is typed from its beginning to its end", async () => {
        const uri = "file:///shop/typed.workflows.yaml";
        await editor.open(uri, "");
        for (let length = 1; length <= CALL.length; length++) {
            await editor.change(uri, { text: CALL.slice(0, length) });
            const line = CALL.slice(0, length).split("\n").length - 1;
            const character = CALL.slice(0, length).length - CALL.lastIndexOf("\n", length - 1) - 1;
            const list = await editor.complete(uri, { line, character });
            assert.ok(list !== null);
            if (CALL.slice(0, length).endsWith("call: htt")) {
                assert.ok(list.items.some(({ label }) => label === "http.get"));
            }
        }
        assert.deepEqual(
            (await editor.diagnostics(uri)).map(({ code }) => code),
            ["missing-auth"],
        );
        await editor.close(uri);
    });

    it("counts places in UTF-16 units, with either line end, a byte order mark and tabs", async () => {
        const uri = "file:///shop/places.yaml";
        const said = async (text: string): Promise<unknown> => {
            await editor.open(uri, text);
            const found = (await editor.diagnostics(uri)).filter(({ code }) => code === "undefined-step");
            await editor.close(uri);
            return found.map(({ range: { start, end } }) => [start.line, start.character, end.character]);
        };
        assert.deepEqual(await said("# 😀\n- a:\n    next: nowhere\n"), [[2, 10, 17]]);
        assert.deepEqual(await said('- a: {return: "😀"}\n- b: {next: nowhere}\n'), [[1, 12, 19]]);
        assert.deepEqual(await said('- a: {return: "😀😀", next: nowhere}\n'), [[0, 28, 35]]);
        assert.deepEqual(await said("- a:\r\n    next: nowhere\r\n"), [[1, 10, 17]]);
        assert.deepEqual(await said("\ufeff- a:\n    next: nowhere\n"), [[1, 10, 17]]);
        assert.deepEqual(await said("- a:\n    next:\tnowhere\n"), [[1, 10, 17]]);
    });

    it("checks the heredocs of Terraform, and fixes them with their escapes", async () => {
        const uri = "file:///shop/main.tf";
        const text = `resource "google_workflows_workflow" "w" {\n  source_contents = <<-EOF\n  - ask:\n      call: http.get\n      args:\n        url: $\${sys.get_env("ORDERS_URL") + "/x"}\n  - go:\n      next: nowhere\n  EOF\n}\n`;
        const server = await Editor.start(["--target", "orders=https://orders-abcdefghij-uc.a.run.app"]);
        try {
            await server.open(uri, text);
            const codes = (await server.diagnostics(uri)).map(({ code, range }) => [code, range.start.line]);
            assert.deepEqual(codes, [
                ["missing-auth", 5],
                ["undefined-step", 7],
            ]);
            const [fix] = await server.actions(uri, {
                start: { line: 5, character: 9 },
                end: { line: 5, character: 9 },
            });
            assert.match(JSON.stringify(fix?.edit), /audience: /);
            assert.doesNotMatch(JSON.stringify(fix?.edit), /[^$]\$\{/);
        } finally {
            assert.equal(await server.stop(), 0);
        }
    });

    it("says that a file is too long, and goes on", async () => {
        const uri = "file:///shop/long.yaml";
        await editor.open(uri, "- a:\n    next: end\n".repeat(120_000));
        const [first] = await editor.diagnostics(uri);
        assert.equal(first?.code, "limit");
        assert.equal(await editor.complete(uri, { line: 5, character: 0 }), null);
        await editor.close(uri);
        await editor.open(uri, bigDefinition(6_000));
        assert.equal((await editor.diagnostics(uri))[0]?.code, "limit");
        await editor.close(uri);
    });

    it("answers requests that are cancelled, and those after them", async () => {
        const uri = "file:///shop/cancelled.yaml";
        await editor.open(uri, CALL);
        const asked = Array.from({ length: 20 }, async () => {
            const source = new CancellationTokenSource();
            const params = { textDocument: { uri }, position: { line: 1, character: 10 } };
            const answer = editor.connection.sendRequest(CompletionRequest.type, params, source.token);
            source.cancel();
            return answer.catch((error: unknown) => error);
        });
        for (const answer of await Promise.all(asked)) {
            assert.ok(answer instanceof ResponseError || (typeof answer === "object" && answer !== null));
        }
        assert.ok(((await editor.complete(uri, { line: 1, character: 10 }))?.items.length ?? 0) > 0);
        await editor.close(uri);
    });

    it("ends with 1 where the editor ends it without shutting it down, or closes the stream", async () => {
        const first = await Editor.start();
        const ended = once(first.process, "exit");
        await first.connection.sendNotification("exit");
        assert.deepEqual(await ended, [1, null]);
        const second = await Editor.start();
        const closed = once(second.process, "exit");
        second.process.stdin?.end();
        assert.deepEqual(await closed, [1, null]);
    });

    it("ends when the editor has died, although the stream is open", async () => {
        const client = spawn(process.execPath, ["-e", "process.stdin.resume()"], {
            stdio: ["pipe", "ignore", "ignore"],
        });
        const server = await Editor.start([], client.pid ?? null);
        const ended = once(server.process, "exit");
        client.stdin.end();
        await once(client, "exit");
        assert.deepEqual(await ended, [1, null]);
    });
});
