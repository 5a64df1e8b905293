import {
    ErrorCodes,
    type Message,
    type MessageStrategy,
    type NotificationMessage,
    Position,
    Range,
    type RequestMessage,
    type ResponseMessage,
    StreamMessageReader,
    StreamMessageWriter,
    TextDocumentIdentifier,
} from "vscode-languageserver/node";
import { isObject } from "../../common";
import { Frames } from "./frames";

/** An error of the protocol: its code, and what it says. */
type Refusal = [code: number, message: string];

/** What the parameters of a request must have, by its method; those of documents have a document too. */
const NEEDED: Record<string, (params: Record<string, unknown>) => string | undefined> = {
    initialize: ({ capabilities }) => (isObject(capabilities) ? undefined : "capabilities"),
    "textDocument/hover": atPosition,
    "textDocument/completion": atPosition,
    "textDocument/definition": atPosition,
    "textDocument/documentSymbol": () => undefined,
    "textDocument/codeAction": ({ range, context }) => {
        const isContext = isObject(context) && Array.isArray(context["diagnostics"]);
        return Range.is(range) ? (isContext ? undefined : "context.diagnostics") : "range";
    },
};

function atPosition({ position }: Record<string, unknown>): string | undefined {
    return Position.is(position) ? undefined : "position";
}

/**
 * Keeps to the order of the protocol, which the library leaves to each server: nothing is answered before `initialize` and after
 * `shutdown`, and what is no message gets an answer too.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#lifeCycleMessages
 */
export class Lifecycle implements MessageStrategy {
    readonly reader: StreamMessageReader;
    readonly writer: StreamMessageWriter;
    private state: "new" | "running" | "shutDown" = "new";

    constructor(input: NodeJS.ReadableStream, output: NodeJS.WritableStream) {
        const frames = new Frames((wrong) => this.refuse(null, [ErrorCodes.InvalidRequest, wrong]));
        this.reader = new StreamMessageReader(input.pipe(frames));
        this.writer = new StreamMessageWriter(output);
        this.reader.onError((error) => {
            const isJson = !(error instanceof SyntaxError);
            this.refuse(
                null,
                isJson
                    ? [ErrorCodes.InvalidRequest, error.message]
                    : [ErrorCodes.ParseError, "the content of a message is no JSON"],
            );
        });
    }

    /** The code with which the server ends: a client that ends it without `shutdown` has failed. */
    get exitCode(): number {
        return this.state === "shutDown" ? 0 : 1;
    }

    /** Tells that `initialize` is answered now. */
    initialized(): void {
        this.state = "running";
    }

    handleMessage(message: Message, next: (message: Message) => unknown): void {
        if (isResponse(message)) {
            next(message);
        } else if (isRequest(message)) {
            const refusal = this.refusalOf(message);
            if (refusal !== undefined) {
                this.refuse(message.id, refusal);
                return;
            }
            this.state = message.method === "shutdown" ? "shutDown" : this.state;
            next(message);
        } else if (isNotification(message)) {
            if (this.state === "running" || message.method === "exit") {
                next(message);
            }
        } else {
            const { id } = (isObject(message) ? message : {}) as { id?: unknown };
            const known = typeof id === "string" || typeof id === "number" ? id : null;
            this.refuse(known, [
                ErrorCodes.InvalidRequest,
                "this is neither a request nor a notification nor an answer",
            ]);
        }
    }

    private refusalOf({ method, params }: RequestMessage): Refusal | undefined {
        if (this.state === "shutDown") {
            return [
                ErrorCodes.InvalidRequest,
                `${method} came after shutdown, after which the server takes exit alone`,
            ];
        }
        if (this.state === "new" && method !== "initialize") {
            return [
                ErrorCodes.ServerNotInitialized,
                `${method} came before initialize, which must be the first request`,
            ];
        }
        if (this.state === "running" && method === "initialize") {
            return [ErrorCodes.InvalidRequest, "initialize came a second time"];
        }
        const needed = Object.hasOwn(NEEDED, method) ? NEEDED[method] : undefined;
        if (needed === undefined) {
            return undefined;
        }
        const given = isObject(params) ? params : {};
        const hasDocument = method === "initialize" || TextDocumentIdentifier.is(given["textDocument"]);
        const missing = hasDocument ? needed(given) : "textDocument";
        return missing === undefined
            ? undefined
            : [ErrorCodes.InvalidParams, `${method} has no ${missing} of the form that the protocol wants`];
    }

    private refuse(id: number | string | null, [code, message]: Refusal): void {
        const answer: ResponseMessage = { jsonrpc: "2.0", id, error: { code, message } };
        // Whoever would read it may be gone.
        this.writer.write(answer).catch(() => undefined);
    }
}

// The library's own predicates take no message of another form.
const parts = (message: Message): Record<string, unknown> =>
    isObject(message) ? (message as object as Record<string, unknown>) : {};
const isId = (id: unknown): boolean => typeof id === "string" || typeof id === "number";
function isRequest(message: Message): message is RequestMessage {
    const { method, id } = parts(message);
    return typeof method === "string" && isId(id);
}
function isNotification(message: Message): message is NotificationMessage {
    const { method, id } = parts(message);
    return typeof method === "string" && id === undefined;
}
function isResponse(message: Message): message is ResponseMessage {
    const { method, id, result, error } = parts(message);
    return method === undefined && (isId(id) || id === null) && (result !== undefined || error !== undefined);
}
