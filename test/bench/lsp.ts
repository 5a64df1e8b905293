import { performance } from "node:perf_hooks";
import { bigDefinition } from "../cli/lsp/big";
import { Editor } from "../cli/lsp/editor";
import { editAtRandom } from "../cli/lsp/random-edits";
import { corpusFiles, ownFiles } from "../workflow/auth/corpus";

const URI = "file:///shop/big.yaml";
const EDITS = 10_000;
const EDITS_EACH = 100;

/** How long an editor waits, in milliseconds. */
export interface EditorFigures {
    /** From the first whole text to its problems, with all that a process does once. */
    first: number;
    /** The same for the texts after it. */
    later: number[];
    /** From a text to what can be written at a place of it. */
    completions: number[];
}

export async function measureEditor(): Promise<EditorFigures> {
    const editor = await Editor.start();
    try {
        const text = bigDefinition(2000);
        const start = performance.now();
        await editor.open(URI, text);
        await editor.diagnostics(URI);
        const first = performance.now() - start;
        const later: number[] = [];
        const completions: number[] = [];
        for (let round = 0; round < 10; round++) {
            const begun = performance.now();
            await editor.change(URI, { text: text.replace("total}", `total + ${round}}`) });
            await editor.diagnostics(URI);
            later.push(performance.now() - begun);
        }
        for (let round = 0; round < 5; round++) {
            const begun = performance.now();
            await editor.change(URI, { text: text.replace("total}", `total - ${round}}`) });
            await editor.complete(URI, { line: 1000, character: 12 });
            completions.push(performance.now() - begun);
            await editor.diagnostics(URI);
        }
        return { first, later, completions };
    } finally {
        await editor.stop();
    }
}

/** Edits files at random, and asks after each edit. @returns how many questions were answered, and in how many seconds */
export async function measureRandomEdits(): Promise<{ answered: number; seconds: number }> {
    const editor = await Editor.start();
    const start = performance.now();
    try {
        const files = [...ownFiles(), ...corpusFiles()];
        let answered = 0;
        for (let seed = 0; seed * EDITS_EACH < EDITS; seed++) {
            const { name = "", text = "" } = files[seed % files.length] ?? {};
            answered += await editAtRandom(editor, `file:///shop/${seed}/${name}`, text, EDITS_EACH, seed);
        }
        return { answered, seconds: (performance.now() - start) / 1000 };
    } finally {
        await editor.stop();
    }
}
