import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { isObject } from "../../common";
import { redact } from "../../common/redact";
import { InvokeError, messageOf } from "../../errors";
import { UserError } from "../errors";
import { runCommand } from "./run";
import { givenTo, listed, TOOLS } from "./tools";

/** The versions of the protocol that this server speaks, the newest first. Tools are the same in all of them. */
const VERSIONS = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

type Message = Record<string, unknown>;

/** An error with a code of JSON-RPC. https://www.jsonrpc.org/specification#error_object */
const rpcError = (rpcCode: number, message: string): UserError => Object.assign(new UserError(message), { rpcCode });

/**
 * Answers a client of the Model Context Protocol on standard input. Calls of tools run one after the other, because the sandbox has
 * one state. It ends when the input ends and all calls have ended.
 * https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio
 */
export async function serve(input: Readable, out: { write(text: string): unknown }, version: string): Promise<void> {
    const running = new Map<unknown, AbortController>();
    let last: Promise<unknown> = Promise.resolve();
    const print = (message: object): void => void out.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

    /** @returns undefined if the client has cancelled the call, and so expects no answer */
    async function callTool(id: unknown, { name, arguments: given = {} }: Message): Promise<object | undefined> {
        const tool = typeof name === "string" && Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
        if (tool === undefined || !isObject(given)) {
            throw rpcError(-32602, `there is no tool ${String(name)}; there are ${Object.keys(TOOLS).join(", ")}`);
        }
        if (running.has(id)) {
            throw rpcError(
                -32600,
                `the request ${JSON.stringify(id)} is still running: give each request an id of its own`,
            );
        }
        const cancelled = new AbortController();
        running.set(id, cancelled);
        const turn = last;
        const run = async (): Promise<object | undefined> => {
            await turn;
            try {
                if (cancelled.signal.aborted) {
                    return undefined;
                }
                return textOf(await runCommand(tool.command(givenTo(String(name), tool, given)), cancelled.signal));
            } catch (error) {
                const { fix } = error instanceof InvokeError ? error : {};
                return textOf({ code: 2, text: redact([messageOf(error), fix].filter(Boolean).join("; ")) });
            }
        };
        const called = run();
        last = called;
        const result = await called.finally(() => running.delete(id));
        return cancelled.signal.aborted ? undefined : result;
    }

    async function answer(id: unknown, method: string, params: Message): Promise<object | undefined> {
        switch (method) {
            case "initialize": {
                const { protocolVersion: asked } = params;
                if (typeof asked !== "string") {
                    throw rpcError(-32602, "initialize has no protocolVersion");
                }
                return {
                    protocolVersion: VERSIONS.includes(asked) ? asked : VERSIONS[0],
                    capabilities: { tools: {} },
                    serverInfo: { name: "gcp-invoke", version },
                };
            }
            case "ping":
                return {};
            case "tools/list":
                if (params["cursor"] !== undefined) {
                    throw rpcError(-32602, "there is no further page of tools: leave the cursor out");
                }
                return { tools: Object.entries(TOOLS).map(listed) };
            case "tools/call":
                return callTool(id, params);
            default:
                throw rpcError(-32601, `there is no method ${method}`);
        }
    }

    async function take(message: unknown): Promise<void> {
        const { jsonrpc, id, method, params = {}, result, error } = isObject(message) ? message : {};
        const isId = typeof id === "string" || typeof id === "number";
        if (isId && method === undefined && (result !== undefined || error !== undefined)) {
            // It answers a request, and this server sends none.
            return;
        }
        try {
            if (jsonrpc !== "2.0" || typeof method !== "string" || !(isId || id === undefined)) {
                throw rpcError(
                    -32600,
                    'a message is no request of JSON-RPC 2.0, with "jsonrpc", an "id" and a "method"',
                );
            }
            if (id === undefined) {
                if (method === "notifications/cancelled" && isObject(params)) {
                    running.get(params["requestId"])?.abort();
                }
                return;
            }
            if (!isObject(params)) {
                throw rpcError(-32602, `the params of ${method} are no object`);
            }
            const answered = await answer(id, method, params);
            if (answered !== undefined) {
                print({ id, result: answered });
            }
        } catch (thrown) {
            const { rpcCode: code = -32603 } = thrown as { rpcCode?: number };
            print({ id: isId ? id : null, error: { code, message: redact(messageOf(thrown)) } });
        }
    }

    const open: Promise<void>[] = [];
    for await (const line of createInterface({ input })) {
        if (line.trim() === "") {
            continue;
        }
        let message: unknown;
        try {
            message = JSON.parse(line);
        } catch {
            print({ id: null, error: { code: -32700, message: "a line of the input is no JSON" } });
            continue;
        }
        // Older versions of the protocol have batches. https://www.jsonrpc.org/specification#batch
        open.push(...(Array.isArray(message) && message.length > 0 ? message : [message]).map(take));
    }
    await Promise.all(open);
}

const textOf = ({ code, text }: { code: number; text: string }): object => ({
    content: [{ type: "text", text: text === "" ? `it printed nothing, and ended with ${code}` : text }],
    isError: code !== 0,
});
