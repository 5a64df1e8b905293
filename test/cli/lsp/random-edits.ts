import { strict as assert } from "node:assert";
import { DocumentSymbolRequest } from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { messagesOf } from "../../../cli/audit";
import { diagnosticOf, textEditOf } from "../../../cli/lsp/convert";
import { WorkflowFile } from "../../../workflow/editor";
import type { Editor } from "./editor";

/** What people type, paste and break. */
export const PIECES = [
    ..."{}[]:,'\"|>#&*?%\\".split(""),
    ": ",
    "- ",
    "\n",
    "\r\n",
    "\n      ",
    "\t",
    "${",
    "$${",
    "\ufeff",
    "😀",
    "call: http.get\n",
    "next: end",
    "args:\n",
    "try:\n",
    "main:\n",
    "<<: *a\n",
    "---\n",
    'sys.get_env("',
    "<<EOF\n",
    "EOF\n",
    "a.b[",
];

/** Numbers that are the same for the same seed. */
export function random(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
        return state % below;
    };
}

/**
 * Edits a document at random in a server, and asks it after each edit. Every question gets an answer, and in the end what
 * the server says is what is said of the text that an editor has after the same edits.
 *
 * @returns how many questions were answered
 */
export async function editAtRandom(
    editor: Editor,
    uri: string,
    text: string,
    edits: number,
    seed: number,
): Promise<number> {
    const next = random(seed);
    const model = TextDocument.create(uri, "yaml", 1, text);
    await editor.open(uri, text);
    let answered = 0;
    for (let edit = 0; edit < edits; edit++) {
        const { length } = model.getText();
        const from = next(length + 1);
        const to = Math.min(length, from + (next(3) === 0 ? next(40) : 0));
        const changes = [
            {
                range: { start: model.positionAt(from), end: model.positionAt(to) },
                text: next(4) === 0 ? "" : (PIECES[next(PIECES.length)] ?? ""),
            },
        ];
        TextDocument.update(model, changes, model.version + 1);
        await editor.change(uri, ...changes);
        const position = model.positionAt(Math.min(from + next(4), model.getText().length));
        const answers = await Promise.all([
            editor.complete(uri, position),
            editor.hover(uri, position),
            editor.definition(uri, position),
            editor.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } }),
        ]);
        answered += answers.length;
    }
    // A file that is read as a whole, and only once.
    const file = new WorkflowFile(model.getText(), new URL(uri).pathname, {});
    const wanted = messagesOf(file.check()).map((message) => diagnosticOf(model, message));
    assert.deepEqual(await editor.diagnostics(uri), wanted);
    const whole = { start: model.positionAt(0), end: model.positionAt(model.getText().length) };
    const fixes = (await editor.actions(uri, whole, ["quickfix"])).map(({ edit }) => edit?.changes?.[uri]);
    assert.deepEqual(
        fixes,
        file.fixes().map((fix) => fix.edits.map((edit) => textEditOf(model, edit))),
    );
    await editor.close(uri);
    return answered;
}
