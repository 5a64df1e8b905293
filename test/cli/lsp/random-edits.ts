import { strict as assert } from "node:assert";
import { DocumentSymbolRequest } from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { messagesOf } from "../../../cli/audit";
import { WorkflowFile } from "../../../workflow/editor";
import type { Editor } from "./editor";

/** What people type, paste and break. */
const PIECES = [
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
    const shown = (await editor.diagnostics(uri)).map(({ code, range }) => `${String(code)} ${JSON.stringify(range)}`);
    const file = new WorkflowFile(model.getText(), new URL(uri).pathname, {});
    const wanted = messagesOf(file.check()).map(
        ({ rule, span: { start, end } }) =>
            `${rule} ${JSON.stringify({ start: model.positionAt(start.offset), end: model.positionAt(end.offset) })}`,
    );
    assert.deepEqual(shown, wanted);
    await editor.close(uri);
    return answered;
}
