import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { parseDocument } from "yaml";
import { bigDefinition } from "../cli/lsp/big";
import { Editor } from "../cli/lsp/editor";
import { editAtRandom } from "../cli/lsp/random-edits";
import { corpusFiles, ownFiles } from "../workflow/auth/corpus";

const URI = "file:///shop/big.yaml";
const EDITS = 10_000;
const EDITS_EACH = 100;

/** How long an editor waits, and how long the server computes for it; in milliseconds. */
export interface EditorFigures {
    /** From the first whole text to its problems, with all that a process does once. */
    first: number;
    /** The same for the texts after it. */
    later: number[];
    /** How long the server's main thread computed for each of them; absent where the system does not tell. */
    computed: (number | undefined)[];
    /** How long the YAML library computes for one of these texts, here. */
    yaml: number;
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
        const computed: (number | undefined)[] = [];
        for (let round = 0; round < 10; round++) {
            const [begun, before] = [performance.now(), computing(editor.process.pid)];
            await editor.change(URI, { text: edited(text, round) });
            await editor.diagnostics(URI);
            later.push(performance.now() - begun);
            const after = computing(editor.process.pid);
            computed.push(before === undefined || after === undefined ? undefined : after - before);
        }
        for (let round = 0; round < 5; round++) {
            const begun = performance.now();
            await editor.change(URI, { text: text.replace("total}", `total - ${round}}`) });
            await editor.complete(URI, { line: 1000, character: 12 });
            completions.push(performance.now() - begun);
            await editor.diagnostics(URI);
        }
        return { first, later, computed, yaml: yamlAlone(text), completions };
    } finally {
        await editor.stop();
    }
}

/** The text with one change in another place each time. */
function edited(text: string, round: number): string {
    let count = 0;
    return text.replace(/total\}/g, (found) => (count++ === round * 12 ? `total + ${round}}` : found));
}

/** How many milliseconds the main thread of a process has computed. */
function computing(pid = 0): number | undefined {
    try {
        return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
    } catch {
        return undefined;
    }
}

/** How many milliseconds the YAML library computes for the whole text, once it has warmed up. */
function yamlAlone(text: string): number {
    const times = Array.from({ length: 11 }, (_, round) => {
        const before = process.cpuUsage();
        parseDocument(edited(text, round), { intAsBigInt: true, uniqueKeys: false });
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000;
    });
    return times.sort((a, b) => a - b)[5] ?? 0;
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
            if (seed % 10 === 0) {
                const seconds = (performance.now() - start) / 1000;
                console.error(`    ${seed * EDITS_EACH} edits, ${answered} answers, ${seconds.toFixed(0)} s`);
            }
            answered += await editAtRandom(editor, `file:///shop/${seed}/${name}`, text, EDITS_EACH, seed);
        }
        return { answered, seconds: (performance.now() - start) / 1000 };
    } finally {
        await editor.stop();
    }
}
