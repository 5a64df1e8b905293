// An MCP server with one tool, by the protocol's own library. It keeps no session, so that every instance can answer.
const { createServer } = require("node:http");
const { McpServer } = require("@modelcontextprotocol/sdk/server/mcp.js");
const { StreamableHTTPServerTransport } = require("@modelcontextprotocol/sdk/server/streamableHttp.js");
const { z } = require("zod");

function tools() {
    const server = new McpServer({ name: "tools", version: "1.0.0" });
    const described = { description: "how many of an item there are", inputSchema: { item: z.string() } };
    server.registerTool("stock", described, ({ item }) => ({
        content: [{ type: "text", text: item === "lamp" ? "7" : "0" }],
    }));
    return server;
}

createServer(async (request, response) => {
    if (request.url !== "/mcp") {
        response.writeHead(404).end();
        return;
    }
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true });
    response.on("close", () => void transport.close());
    await tools().connect(transport);
    await transport.handleRequest(request, response);
}).listen(Number(process.env.PORT ?? 8080));
