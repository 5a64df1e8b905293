import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
    type CodeAction,
    CodeActionRequest,
    type CompletionList,
    CompletionRequest,
    createProtocolConnection,
    DefinitionRequest,
    type Diagnostic,
    DidChangeTextDocumentNotification,
    DidCloseTextDocumentNotification,
    DidOpenTextDocumentNotification,
    type DocumentSymbol,
    DocumentSymbolRequest,
    ExitNotification,
    type Hover,
    HoverRequest,
    InitializedNotification,
    InitializeRequest,
    type InitializeResult,
    type Location,
    type Position,
    LogMessageNotification,
    type ProtocolConnection,
    PublishDiagnosticsNotification,
    type Range,
    ShutdownRequest,
    StreamMessageReader,
    StreamMessageWriter,
    type TextDocumentContentChangeEvent,
} from "vscode-languageserver-protocol/node";
import { cli } from "../../support/command";

/** An editor that talks to `gcp-invoke lsp`, a process of its own, as editors do. */
export class Editor {
    /** What the server wrote to the editor's log. */
    readonly logged: string[] = [];
    private readonly versions = new Map<string, number>();
    private readonly told = new Map<string, { version: number | undefined; diagnostics: Diagnostic[] }>();
    private heard: (() => void)[] = [];

    private constructor(
        readonly process: ChildProcess,
        readonly connection: ProtocolConnection,
        readonly initialized: InitializeResult,
    ) {
        connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
            this.told.set(uri, { version, diagnostics });
            this.heard.splice(0).forEach((each) => each());
        });
        connection.onNotification(LogMessageNotification.type, ({ message }) => {
            this.logged.push(message);
        });
    }

    /**
     * Starts a server.
     *
     * @param processId the process whose end ends the server
     * @param command what starts gcp-invoke, by default that of this checkout
     */
    static async start(
        args: readonly string[] = [],
        processId: number | null = process.pid,
        command: readonly string[] = cli,
    ): Promise<Editor> {
        const [node = "", ...rest] = [...command, "lsp", "--stdio", ...args];
        const child = spawn(node, rest, { stdio: ["pipe", "pipe", "inherit"] });
        const connection = createProtocolConnection(
            new StreamMessageReader(child.stdout),
            new StreamMessageWriter(child.stdin),
        );
        connection.listen();
        const workspace = { workspaceEdit: { documentChanges: false } };
        const initialized = await connection.sendRequest<InitializeResult>(InitializeRequest.method, {
            processId,
            workspaceFolders: null,
            capabilities: { workspace },
        });
        const editor = new Editor(child, connection, initialized);
        await connection.sendNotification(InitializedNotification.type, {});
        return editor;
    }

    async open(uri: string, text: string): Promise<void> {
        this.versions.set(uri, 1);
        const textDocument = { uri, languageId: "yaml", version: 1, text };
        await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    }

    async change(uri: string, ...contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
        const version = (this.versions.get(uri) ?? 0) + 1;
        this.versions.set(uri, version);
        const textDocument = { uri, version };
        await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
            textDocument,
            contentChanges,
        });
    }

    async close(uri: string): Promise<void> {
        this.told.delete(uri);
        await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
    }

    /** What the server says of the newest version of a document, as soon as it has said so. */
    async diagnostics(uri: string): Promise<Diagnostic[]> {
        for (;;) {
            const told = this.told.get(uri);
            if (told !== undefined && told.version === this.versions.get(uri)) {
                return told.diagnostics;
            }
            await new Promise<void>((resolve) => this.heard.push(resolve));
        }
    }

    async complete(uri: string, position: Position): Promise<CompletionList | null> {
        return (await this.connection.sendRequest(CompletionRequest.type, {
            textDocument: { uri },
            position,
        })) as CompletionList | null;
    }

    hover(uri: string, position: Position): Promise<Hover | null> {
        return this.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
    }

    async definition(uri: string, position: Position): Promise<Location | null> {
        return (await this.connection.sendRequest(DefinitionRequest.type, {
            textDocument: { uri },
            position,
        })) as Location | null;
    }

    async symbols(uri: string): Promise<DocumentSymbol[] | null> {
        return (await this.connection.sendRequest(DocumentSymbolRequest.type, {
            textDocument: { uri },
        })) as DocumentSymbol[] | null;
    }

    async actions(uri: string, range: Range, only?: string[]): Promise<CodeAction[]> {
        const context = { diagnostics: await this.diagnostics(uri), ...(only !== undefined && { only }) };
        const found = await this.connection.sendRequest(CodeActionRequest.type, {
            textDocument: { uri },
            range,
            context,
        });
        return (found ?? []) as CodeAction[];
    }

    /** Ends the server as the protocol wants it. @returns its exit code */
    async stop(): Promise<number | null> {
        const { connection, process: child } = this;
        await connection.sendRequest(ShutdownRequest.type);
        const ended = once(child, "exit") as Promise<[number | null]>;
        await connection.sendNotification(ExitNotification.type);
        const [code] = await ended;
        connection.dispose();
        return code;
    }

    /** Kills a server that a test left behind. */
    kill(): void {
        this.process.kill("SIGKILL");
        this.connection.dispose();
    }
}
