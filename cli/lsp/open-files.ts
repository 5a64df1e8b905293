import { fileURLToPath } from "node:url";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type AuditOptions, looksLikeWorkflow } from "../../workflow";
import { Reparser, WorkflowFile } from "../../workflow/editor";

/** A longer file is not read in an editor, where each edit reads it again. UTF-16 units. */
export const MAX_LENGTH = 2_000_000;

/** How definitions are often named; these files are read even while they do not look like definitions. */
const NAMED = /\.workflows?\.(ya?ml|json)$|\bworkflows?\.(ya?ml|json)$/i;

/** The workflow definitions among the files that are open, each read once a version. */
export class OpenFiles {
    private readonly read = new Map<string, { version: number; file: WorkflowFile; reparser: Reparser }>();

    constructor(private readonly options: AuditOptions) {}

    /**
     * A document as a file with definitions; undefined if it is something else, such as other YAML. What was a
     * definition once stays one while it is open, because it may be half written.
     */
    of(document: TextDocument): WorkflowFile | undefined {
        const { uri, version } = document;
        const known = this.read.get(uri);
        if (known?.version === version) {
            return known.file;
        }
        const text = document.getText();
        const path = pathOf(uri);
        if (text.length > MAX_LENGTH || (known === undefined && !NAMED.test(path) && !looksLikeWorkflow(text))) {
            this.read.delete(uri);
            return undefined;
        }
        const reparser = known?.reparser ?? new Reparser();
        const file = new WorkflowFile(text, path, this.options, (...args) => reparser.parse(...args));
        this.read.set(uri, { version, file, reparser });
        return file;
    }

    close(uri: string): void {
        this.read.delete(uri);
    }
}

/** The path of a file, or what stands for it in the address of something that is no file. */
function pathOf(uri: string): string {
    try {
        return fileURLToPath(uri);
    } catch {
        return uri;
    }
}
