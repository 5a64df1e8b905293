import type { HttpResponse } from "../../credentials";
import { isObject } from "../../common";
import type { Attempt } from "../attempt";
import { isSuccess } from "../diagnosis";
import { readJson } from "../json";
import type { Exchange } from "./exchange";

/** The newest version of the protocol that this client knows. A server may answer with another. */
const VERSION = "2025-11-25";
const KNOWN = /^\d{4}-\d{2}-\d{2}$/;
/** How many pages of tools are read. A server could go on without end. */
const MOST_PAGES = 100;

const CLIENT = { name: "gcp-invoke", version: "1" };
const ACCEPT = { accept: "application/json, text/event-stream", "content-type": "application/json" };

type Message = Record<string, unknown>;

/** The message with which every session begins. */
export const beginning = {
    ...{ jsonrpc: "2.0", id: 1, method: "initialize" },
    params: { protocolVersion: VERSION, capabilities: {}, clientInfo: CLIENT },
};

/** Sends only the first message, as who must be refused. */
export const knock = (exchange: Exchange): Promise<HttpResponse | Attempt> =>
    exchange({ method: "POST", headers: ACCEPT, body: JSON.stringify(beginning), enough: (body) => body.length > 0 });

/**
 * Begins a session with a server of the Model Context Protocol, lists its tools, and ends the session. A server may answer each
 * request as JSON or as a stream of events, and may keep a session or none. What Google's front door refuses comes back as it is.
 * https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
 * @param wanted the tools that the server must have
 */
export async function listTools(exchange: Exchange, wanted: readonly string[]): Promise<HttpResponse | Attempt> {
    const begun = await call(exchange, {}, beginning);
    if (!("result" in begun)) {
        return begun;
    }
    const { protocolVersion: version, serverInfo } = begun.result;
    if (typeof version !== "string" || !KNOWN.test(version)) {
        return failed("the server answered initialize without the version of its protocol", "no MCP server");
    }
    const session = begun.answer.headers["mcp-session-id"];
    const headers = { "mcp-protocol-version": version, ...(session !== undefined && { "mcp-session-id": session }) };
    const listed = await toolsOf(exchange, headers);
    if (session !== undefined) {
        // A server may refuse to end a session: https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management
        await exchange({ method: "DELETE", headers });
    }
    if (!Array.isArray(listed)) {
        return listed;
    }
    const missing = wanted.filter((name) => !listed.includes(name));
    if (missing.length > 0) {
        const all = listed.length === 0 ? "it has none" : `it has ${listed.join(", ")}`;
        return failed(`the server lacks the tool ${missing.join(", ")}; ${all}`, "tools missing");
    }
    return { ...begun.answer, body: JSON.stringify({ protocolVersion: version, serverInfo, tools: listed }) };
}

async function toolsOf(
    exchange: Exchange,
    headers: Record<string, string>,
): Promise<string[] | HttpResponse | Attempt> {
    const told = await exchange({
        ...{ method: "POST", headers: { ...ACCEPT, ...headers } },
        body: JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" }),
        enough: () => true,
    });
    if ("outcome" in told || !isSuccess(told.status)) {
        return told;
    }
    const names: string[] = [];
    let cursor: unknown;
    for (let page = 0; page < MOST_PAGES; page++) {
        const params = cursor === undefined ? {} : { cursor };
        const listed = await call(exchange, headers, { jsonrpc: "2.0", id: page + 2, method: "tools/list", params });
        if (!("result" in listed)) {
            return listed;
        }
        const { tools, nextCursor } = listed.result;
        if (!Array.isArray(tools)) {
            return failed("the server answered tools/list without a list of tools", "no tools");
        }
        names.push(...tools.map((tool: { name?: unknown } | null) => String(tool?.name)));
        cursor = nextCursor;
        if (typeof cursor !== "string") {
            return names;
        }
    }
    return failed(`the server's list of tools has more than ${MOST_PAGES} pages`, "endless tools");
}

type Called = { answer: HttpResponse; result: Message } | HttpResponse | Attempt;

async function call(
    exchange: Exchange,
    headers: Record<string, string>,
    message: Message & { id: number; method: string },
): Promise<Called> {
    const answer = await exchange({
        ...{ method: "POST", headers: { ...ACCEPT, ...headers }, body: JSON.stringify(message) },
        enough: (body) => answerTo(message.id, body) !== undefined,
    });
    if ("outcome" in answer || !isSuccess(answer.status)) {
        return answer;
    }
    const { result, error } = answerTo(message.id, answer.body) ?? {};
    if (isObject(error)) {
        const { code, message: text } = error as { code?: unknown; message?: unknown };
        return failed(
            `the server answered ${message.method} with the error ${String(code)}: ${String(text)}`,
            "MCP error",
        );
    }
    if (!isObject(result)) {
        return failed(
            `the server did not answer ${message.method} as the Model Context Protocol says`,
            "no MCP server",
        );
    }
    return { answer, result };
}

/** The answer to a message, in JSON or among the events of a stream. Undefined if it has not come (yet). */
function answerTo(id: number, body: string): Message | undefined {
    return [body, ...eventsOf(body)]
        .flatMap((text) => readJson(text))
        .find((message): message is Message => isObject(message) && (message as Message)["id"] === id);
}

/** The data of the events that are whole. https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
function eventsOf(body: string): string[] {
    const lines = body.replaceAll(/\r\n?/g, "\n");
    const whole = lines.slice(0, lines.lastIndexOf("\n\n") + 1);
    return whole.split("\n\n").map((event) =>
        event
            .split("\n")
            .filter((line) => line.startsWith("data:"))
            .map((line) => line.slice(5).replace(/^ /, ""))
            .join("\n"),
    );
}

function failed(cause: string, got: string): Attempt {
    return { outcome: "failed", got, byCode: true, diagnosis: { code: "mcp-session", cause } };
}
