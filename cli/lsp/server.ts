import { TextDocument } from "vscode-languageserver-textdocument";
import {
    type CodeAction,
    CodeActionKind,
    type CodeActionParams,
    type Connection,
    createConnection,
    type Diagnostic,
    DiagnosticSeverity,
    type InitializeParams,
    type InitializeResult,
    MarkupKind,
    PositionEncodingKind,
    ProposedFeatures,
    type TextDocumentPositionParams,
    TextDocuments,
    TextDocumentSyncKind,
    type TextEdit,
    type WorkspaceEdit,
} from "vscode-languageserver/node";
import { redact } from "../../common/redact";
import { toError } from "../../errors";
import type { AuditOptions, Edit } from "../../workflow";
import { completionsAt, definitionAt, type Fix, hoverAt, outlineOf, type WorkflowFile } from "../../workflow/editor";
import { messagesOf } from "../audit";
import { targetsBeside } from "./beside";
import { completionOf, diagnosticOf, rangeOf, symbolOf, textEditOf } from "./convert";
import { Lifecycle } from "./lifecycle";
import { MAX_LENGTH, OpenFiles } from "./open-files";

/** Edits that come within this many milliseconds are checked together. */
const DELAY = 10;
const FIX_ALL = `${CodeActionKind.SourceFixAll}.gcp-invoke`;

/** Answers an editor over the standard input and output until it ends the server, or is gone. */
export function serve(options: AuditOptions): void {
    const lifecycle = new Lifecycle(process.stdin, process.stdout);
    // The editor is gone.
    process.stdin.once("close", () => process.exit(lifecycle.exitCode));
    const { reader, writer } = lifecycle;
    const connection = createConnection(ProposedFeatures.all, reader, writer, { messageStrategy: lifecycle });
    new Server(connection, options, lifecycle).listen();
}

class Server {
    private readonly documents = new TextDocuments(TextDocument);
    private readonly files: OpenFiles;
    private readonly waiting = new Map<string, NodeJS.Timeout>();
    /** Whether the editor takes edits with the version of the document that they are for. */
    private versioned = false;

    constructor(
        private readonly connection: Connection,
        options: AuditOptions,
        private readonly lifecycle: Lifecycle,
    ) {
        this.files = new OpenFiles(options);
    }

    listen(): void {
        const { connection, documents, lifecycle } = this;
        connection.onInitialize((params) => {
            lifecycle.initialized();
            return this.initialize(params);
        });
        connection.onHover((params) =>
            this.at(params, (file, offset) => {
                const value = hoverAt(file, offset);
                return value === undefined ? null : { contents: { kind: MarkupKind.Markdown, value } };
            }),
        );
        connection.onCompletion((params) =>
            this.at(params, (file, offset, document) => {
                const { items, start, isIncomplete } = completionsAt(file, offset, targetsBeside(document.uri));
                const range = { start: document.positionAt(start), end: document.positionAt(offset) };
                return { isIncomplete, items: items.map((item) => completionOf(item, range)) };
            }),
        );
        connection.onDefinition((params) =>
            this.at(params, (file, offset, document) => {
                const span = definitionAt(file, offset);
                return span === undefined ? null : { uri: document.uri, range: rangeOf(document, span) };
            }),
        );
        connection.onDocumentSymbol(({ textDocument }) =>
            this.in(textDocument.uri, (file, document) => outlineOf(file).map((each) => symbolOf(document, each))),
        );
        connection.onCodeAction((params) =>
            this.in(params.textDocument.uri, (file, document) => this.actions(file, document, params)),
        );
        documents.onDidOpen(({ document }) => this.check(document, 0));
        documents.onDidChangeContent(({ document }) => this.check(document, DELAY));
        documents.onDidClose(({ document: { uri } }) => {
            clearTimeout(this.waiting.get(uri));
            this.waiting.delete(uri);
            this.files.close(uri);
            void connection.sendDiagnostics({ uri, diagnostics: [] });
        });
        documents.listen(connection);
        connection.listen();
    }

    private initialize({ capabilities }: InitializeParams): InitializeResult {
        this.versioned = capabilities.workspace?.workspaceEdit?.documentChanges === true;
        return {
            serverInfo: { name: "gcp-invoke" },
            capabilities: {
                positionEncoding: PositionEncodingKind.UTF16,
                textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
                completionProvider: { triggerCharacters: [".", " ", "{", '"'] },
                hoverProvider: true,
                definitionProvider: true,
                documentSymbolProvider: true,
                codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
            },
        };
    }

    /** Tells the editor what is wrong with a document, after a time in which no other edit comes. */
    private check(document: TextDocument, delay: number): void {
        const { uri } = document;
        clearTimeout(this.waiting.get(uri));
        const timer = setTimeout(() => {
            this.waiting.delete(uri);
            const diagnostics = this.safely(() => this.diagnostics(document)) ?? [];
            void this.connection.sendDiagnostics({ uri, version: document.version, diagnostics });
        }, delay);
        this.waiting.set(uri, timer);
    }

    private diagnostics(document: TextDocument): Diagnostic[] {
        const { length } = document.getText();
        if (length > MAX_LENGTH) {
            const message = `the file has ${length} characters, more than the ${MAX_LENGTH} that an editor gets checked: use gcp-invoke audit`;
            const start = { line: 0, character: 0 };
            const severity = DiagnosticSeverity.Information;
            return [{ range: { start, end: start }, severity, code: "limit", source: "gcp-invoke", message }];
        }
        const file = this.files.of(document);
        return file === undefined ? [] : messagesOf(file.check()).map((each) => diagnosticOf(document, each));
    }

    private actions(file: WorkflowFile, document: TextDocument, { range, context }: CodeActionParams): CodeAction[] {
        const asks = (kind: string): boolean =>
            context.only === undefined || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
        const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
        const near = ({ span }: Fix): boolean => span.start.offset <= to && from <= span.end.offset;
        const fixes = asks(CodeActionKind.QuickFix) || asks(FIX_ALL) ? file.fixes() : [];
        const edit = (edits: readonly Edit[]): WorkspaceEdit =>
            this.workspaceEdit(
                document,
                edits.map((each) => textEditOf(document, each)),
            );
        const single = asks(CodeActionKind.QuickFix) ? fixes.filter(near) : [];
        const all = {
            title: `write all ${fixes.length} credentials that are missing or wrong`,
            edit: edit(file.allEdits()),
        };
        return [
            ...single.map(({ title, edits, span }): CodeAction => ({
                title,
                kind: CodeActionKind.QuickFix,
                diagnostics: context.diagnostics.filter(
                    (each) =>
                        each.source === "gcp-invoke" &&
                        document.offsetAt(each.range.start) >= span.start.offset &&
                        document.offsetAt(each.range.end) <= span.end.offset,
                ),
                edit: edit(edits),
            })),
            ...(single.length > 0 && fixes.length > 1 ? [{ ...all, kind: CodeActionKind.QuickFix }] : []),
            ...(fixes.length > 0 && context.only !== undefined && asks(FIX_ALL) ? [{ ...all, kind: FIX_ALL }] : []),
        ];
    }

    private workspaceEdit({ uri, version }: TextDocument, edits: TextEdit[]): WorkspaceEdit {
        return this.versioned
            ? { documentChanges: [{ textDocument: { uri, version }, edits }] }
            : { changes: { [uri]: edits } };
    }

    /** Answers a question about a place of a document; null if the document is not open, or is no workflow. */
    private at<Answer>(
        { textDocument, position }: TextDocumentPositionParams,
        answer: (file: WorkflowFile, offset: number, document: TextDocument) => Answer,
    ): Answer | null {
        return this.in(textDocument.uri, (file, document) => answer(file, document.offsetAt(position), document));
    }

    private in<Answer>(uri: string, answer: (file: WorkflowFile, document: TextDocument) => Answer): Answer | null {
        const document = this.documents.get(uri);
        const result = this.safely(() => {
            const file = document && this.files.of(document);
            return document === undefined || file === undefined ? null : answer(file, document);
        });
        return result ?? null;
    }

    /** A mistake in this package is told to the editor's log, and does not end the server. */
    private safely<Result>(work: () => Result): Result | undefined {
        try {
            return work();
        } catch (error) {
            const { stack, message } = toError(error);
            this.connection.console.error(redact(stack ?? message));
            return undefined;
        }
    }
}
