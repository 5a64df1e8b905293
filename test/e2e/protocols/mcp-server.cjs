/**
 * A server of the Model Context Protocol by its official SDK, unmodified: MODE says how it answers. It listens at /mcp, and tells at
 * no other path that it is there.
 */
const { randomUUID } = require("node:crypto");
const { createServer } = require("node:http");
const { McpServer } = require("@modelcontextprotocol/sdk/server/mcp.js");
const { StreamableHTTPServerTransport } = require("@modelcontextprotocol/sdk/server/streamableHttp.js");
const { z } = require("zod");

const { MODE = "json", PORT } = process.env;
const sessions = new Map();

function tools() {
    const server = new McpServer({ name: "tools", version: "1.0.0" });
    const numbers = { inputSchema: { a: z.number(), b: z.number() } };
    server.registerTool("add", numbers, ({ a, b }) => ({ content: [{ type: "text", text: String(a + b) }] }));
    server.registerTool("whoami", {}, (extra) => ({
        content: [{ type: "text", text: JSON.stringify(extra.requestInfo?.headers ?? {}) }],
    }));
    return server;
}

async function transportOf(request) {
    const known = sessions.get(request.headers["mcp-session-id"]);
    if (known) {
        return known;
    }
    const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: MODE === "session" ? () => randomUUID() : undefined,
        enableJsonResponse: MODE === "json",
        onsessioninitialized: (id) => void sessions.set(id, transport),
        onsessionclosed: (id) => void sessions.delete(id),
    });
    await tools().connect(transport);
    return transport;
}

createServer(async (request, response) => {
    if (request.url !== "/mcp") {
        response.writeHead(404).end(JSON.stringify({ open: sessions.size }));
        return;
    }
    await (await transportOf(request)).handleRequest(request, response);
}).listen(Number(PORT), "127.0.0.1");
