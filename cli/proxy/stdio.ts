import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { isObject } from "../../common";
import type { Http } from "../../credentials";
import { redact } from "../../common/redact";
import { messageOf } from "../../errors";
import { UserError } from "../errors";
import { eventData } from "./events";
import { sendOn } from "./send";

interface Out {
    write(text: string): unknown;
}

/** Where the messages of a client on standard input go. */
export interface Bridge {
    target: URL;
    http: Http;
    token: () => Promise<string>;
    input: Readable;
    /** Gets the messages for the client, one a line, and nothing else. */
    out: Out;
    /** Gets what people should know. */
    log: Out;
}

type Message = Record<string, unknown>;

/**
 * Lets a client that speaks the Model Context Protocol over standard input use a server on Cloud Run. Each message is a request of
 * its own, with a token that is valid then. It ends when the input ends and all answers have come.
 * https://modelcontextprotocol.io/specification/2025-11-25/basic/transports
 */
export async function bridge({ target, http, token, input, out, log }: Bridge): Promise<void> {
    let session: Record<string, string> = {};
    const ended = new AbortController();
    const open = new Set<Promise<void>>();
    const print = (message: unknown): void => void out.write(`${JSON.stringify(message)}\n`);

    const send = (
        method: string,
        body?: string,
        signal: AbortSignal = new AbortController().signal,
    ): Promise<Response> =>
        sendOn(http, token, {
            ...{ method, url: target, signal },
            headers: {
                accept: method === "GET" ? "text/event-stream" : "application/json, text/event-stream",
                ...(body !== undefined && { "content-type": "application/json" }),
                ...session,
            },
            ...(body !== undefined && { body }),
        });

    /** Hands the messages of an answer on as they come. */
    async function receive(answer: Response): Promise<void> {
        if ((answer.headers.get("content-type") ?? "").startsWith("text/event-stream")) {
            for await (const data of eventData(answer)) {
                take(data);
            }
            return;
        }
        const text = await answer.text();
        if (text.trim() !== "") {
            take(text);
        }
    }

    function take(text: string): void {
        for (const message of [JSON.parse(text) as unknown].flat()) {
            const { result } = message as { result?: { protocolVersion?: unknown } };
            if (isObject(result) && typeof result.protocolVersion === "string") {
                session = { ...session, "mcp-protocol-version": result.protocolVersion };
            }
            print(message);
        }
    }

    async function pass(line: string): Promise<void> {
        let message: unknown;
        try {
            message = JSON.parse(line);
        } catch {
            print({ jsonrpc: "2.0", id: null, error: { code: -32700, message: "a line of the input is no JSON" } });
            return;
        }
        const { id, method } = (isObject(message) ? message : {}) as Message;
        try {
            const answer = await send("POST", line);
            const given = answer.headers.get("mcp-session-id");
            if (given !== null) {
                session = { ...session, "mcp-session-id": given };
            }
            if (!answer.ok) {
                throw new UserError(`${target.href} answered ${answer.status}: ${whyRefused(answer.status)}`);
            }
            await receive(answer);
            if (method === "notifications/initialized") {
                listen();
            }
        } catch (error) {
            const text = redact(messageOf(error));
            log.write(`${text}\n`);
            if (id !== undefined && method !== undefined) {
                print({ jsonrpc: "2.0", id, error: { code: -32000, message: text } });
            }
        }
    }

    /** Waits for messages that the server sends on its own. Most servers send none, and say so by the status 405. */
    function listen(): void {
        void send("GET", undefined, ended.signal)
            .then((answer) => (answer.ok ? receive(answer) : answer.body?.cancel()))
            .catch(() => undefined);
    }

    let first: Promise<void> | undefined;
    for await (const line of createInterface({ input })) {
        if (line.trim() === "") {
            continue;
        }
        // The answer to the first message says which session the later ones belong to.
        const passed = first === undefined ? pass(line) : first.then(() => pass(line));
        first ??= passed;
        open.add(passed);
        void passed.finally(() => open.delete(passed));
    }
    await Promise.all(open);
    ended.abort();
    if (session["mcp-session-id"] !== undefined) {
        await send("DELETE").catch(() => undefined);
    }
}

function whyRefused(status: number): string {
    switch (status) {
        case 401:
            return "the token was not accepted; --audience must be the root URL of the service, or one of its custom audiences";
        case 403:
            return "the caller may not invoke the service; it needs roles/run.invoker on it";
        case 404:
            return "the path is not served, the session has ended, or the service has internal ingress";
        default:
            return "the server refused the message";
    }
}
